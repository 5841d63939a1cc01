import fc from 'fast-check';
import {
  readWebhookParameters,
  type WebhookParameters,
  withWebhookParameters,
} from '../../delivery/webhook_url.ts';
import { holds } from '../support/holds.ts';

const URL_OF_HOOK = 'https://hooks.zapier.example/hooks/standard/1/a/';

test('parameters are added to the URL, and empty ones are left out', () => {
  expect(
    withWebhookParameters(`${URL_OF_HOOK}?keep=1`, { reference: 'row 7&x=ü', forwarded: false }),
  ).toBe(`${URL_OF_HOOK}?keep=1&reference=row+7%26x%3D%C3%BC`);
  expect(withWebhookParameters(URL_OF_HOOK, { reference: '', group_size: undefined })).toBe(
    URL_OF_HOOK,
  );
  expect(withWebhookParameters('https://A.example?x=%7e', {})).toBe('https://A.example?x=%7e');
});

test('a parameter that already exists is replaced', () => {
  expect(withWebhookParameters(`${URL_OF_HOOK}?secret=other`, { secret: 'S' })).toBe(
    `${URL_OF_HOOK}?secret=S`,
  );
});

test("parameters that are not in the query string read as '', false or undefined", () => {
  expect(readWebhookParameters('')).toEqual({
    service: '',
    reference: '',
    operation: '',
    secret: '',
    forwarded: false,
    quiet: false,
    ping: false,
    overdue: '',
    resume: '',
    group: '',
    group_size: undefined,
  });
});

test('a URL of an earlier version, where nothing was encoded twice, reads the same', () => {
  holds(
    fc.property(
      text.filter((value) => !value.startsWith('%:')),
      (reference) => {
        const before = new URLSearchParams({ reference });
        expect(readWebhookParameters(before.toString()).reference).toBe(reference);
      },
    ),
    500,
  );
});

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '{{',
        '}}',
        'x',
        '%',
        '%7B',
        '%7d',
        '%25',
        '%:',
        '&',
        '=',
        '+',
        ' ',
      ),
    )
    .map((parts) => parts.join('')),
);
const parameters: fc.Arbitrary<WebhookParameters> = fc.record({
  service: text,
  reference: text,
  operation: text,
  secret: text,
  forwarded: fc.boolean(),
  quiet: fc.boolean(),
  ping: fc.boolean(),
  overdue: text,
  resume: text,
  group: text,
  group_size: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
});

const queryOf = (url: string): string => new URL(url).search.slice(1);

test('any values that are written are read back the same', () => {
  holds(
    fc.property(parameters, (written) => {
      const url = withWebhookParameters(URL_OF_HOOK, written);
      expect(readWebhookParameters(queryOf(url))).toEqual(written);
    }),
    1000,
  );
});

test('core finds no {{…}} in the decoded URL, whatever the values', () => {
  holds(
    fc.property(parameters, (written) => {
      const url = withWebhookParameters(URL_OF_HOOK, written);
      const decoded = [...new URL(url).searchParams.values()];
      expect(decoded.filter((value) => value.includes('{{'))).toEqual([]);
    }),
    1000,
  );
});
