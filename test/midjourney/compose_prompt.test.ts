import fc from 'fast-check';
import * as zod from 'zod/mini';
import { aspectRatio, processMode, prompt } from '../../fields/common_fields.ts';
import { inputFieldsOf } from '../../fields/input.ts';
import { PROMPT_HELP, parameterFields } from '../../fields/parameter_fields.ts';
import { readInput } from '../../fields/read_input.ts';
import { type ComposedPrompt, composePrompt } from '../../midjourney/compose_prompt.ts';
import { holds } from '../support/holds.ts';

const schema = zod.object({
  prompt,
  aspect_ratio: aspectRatio,
  process_mode: processMode,
  ...parameterFields,
});

/** As a step does it: reads the fields, then composes the prompt. */
const compose = (inputData: Record<string, unknown>): ComposedPrompt => {
  const { input, problems } = readInput(schema, { prompt: 'red fox', ...inputData });
  return problems ? { problems } : composePrompt(input);
};

const A = 'https://a.example/a.png';
const B = 'https://b.example/w_300,h_200/b.png';

test('every field is in the group, is optional and has a help text with an example', () => {
  const forms = inputFieldsOf(zod.object(parameterFields));
  expect(forms.map(({ key }) => key)).toEqual(Object.keys(parameterFields));
  for (const { key, group, required, helpText, type } of forms) {
    expect([key, group, required]).toEqual([key, PROMPT_HELP.key, false]);
    expect(type === 'boolean' || /`[^`]+`/.test(String(helpText))).toBe(true);
  }
});

test('images stand in front of the text, parameters behind it in a fixed order', () => {
  expect(
    compose({
      seed: 7,
      image_prompts: [A, B],
      character_reference: A,
      style_reference: ['12345::2', B],
      no: ' cars,\npeople, ',
      tile: true,
      quality: '.5',
      weird: '3000',
      chaos: 0,
      stylize: 250,
      version: '6.1',
      aspect_ratio: '16:9',
      process_mode: 'fast',
    }),
  ).toEqual({
    prompt: `${A} ${B} red fox --v 6.1 --stylize 250 --chaos 0 --weird 3000 --quality 0.5 --tile --seed 7 --sref 12345::2 ${B} --cref ${A} --no cars, people`,
  });
});

test.each([
  [{ version: 6.1 }, '--v 6.1'],
  [{ version: '7.0' }, '--v 7'],
  [{ version: ' V8.1 ' }, '--v 8.1'],
  [{ version: 'Niji6' }, '--niji 6'],
  [{ quality: 4 }, '--quality 4'],
  [{ quality: ' 0.25 ' }, '--quality 0.25'],
  [{ tile: 'yes' }, '--tile'],
  [{ seed: '4294967295' }, '--seed 4294967295'],
  [{ style_reference: 2213253170 }, '--sref 2213253170'],
  [{ style_reference: 'random' }, '--sref random'],
  [{ style_reference: `1,2,${B},${A}, 3` }, `--sref 1 2 ${B} ${A} 3`],
  [{ character_reference: [`${A}, ${B}`, null, ''] }, `--cref ${A} ${B}`],
])('%j is written %s', (inputData, parameter) => {
  expect(compose(inputData)).toEqual({ prompt: `red fox ${parameter}` });
});

test.each([
  [{ tile: 'no' }],
  [{ style_reference: [''] }],
  [{ image_prompts: [null] }],
  [{ no: ' ' }],
])('%j adds nothing', (inputData) => {
  expect(compose(inputData)).toEqual({ prompt: 'red fox' });
});

const wrong = (inputData: Record<string, unknown>, problem: string) =>
  [inputData, problem] as const;

const REFUSED: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ stylize: 1001 }, 'Stylize: Enter a whole number from 0 to 1000.'],
  [{ chaos: '-1' }, 'Chaos: Enter a whole number from 0 to 100.'],
  [{ weird: 0.5 }, 'Weird: Enter a whole number from 0 to 3000.'],
  [{ seed: '4294967296' }, 'Seed: Enter a whole number from 0 to 4294967295.'],
  [{ quality: '0x1' }, 'Quality: Choose one of: 0.25, 0.5, 1, 2, 4.'],
  [{ tile: 'maybe' }, 'Tile: Choose yes or no.'],
  ...['0', 'niji', 'six', '123', {}].map((version) =>
    wrong({ version }, 'Version: Enter a version such as 8.2, 7 or niji 7.'),
  ),
  ...['cars --v 6', 'cars —v 6', ',—v6', '--', ', ,', 5].map((no) =>
    wrong(
      { no },
      'Leave Out: Name what to leave out, for example "cars, people", without -- and other parameters.',
    ),
  ),
  ...['red', '12345678901', 'ftp://a.example/a.png', [{}]].map((style_reference) =>
    wrong(
      { style_reference },
      'Style References: Enter public links to pictures that start with https://, style codes such as 2213253170, or the word random.',
    ),
  ),
  [
    { character_reference: [A, 'random'] },
    'Character References: Enter public links to pictures that start with https://.',
  ],
  [
    { image_prompts: ['file:///etc/passwd', 'https://'] },
    'Image Prompts: Choose files, or enter public links to pictures that start with https://.',
  ],
];

test.each(REFUSED)('%j is refused', (inputData, problem) => {
  expect(compose(inputData).problems).toEqual([problem]);
});

test.each([
  ['--ar 1:1', { aspect_ratio: '2:3' }, 'Aspect Ratio', '--ar 1:1'],
  ['--aspect 1:1', { aspect_ratio: '2:3' }, 'Aspect Ratio', '--aspect 1:1'],
  ['--turbo', { process_mode: 'fast' }, 'Speed', '--turbo'],
  ['--niji 6', { version: '7' }, 'Version', '--niji 6'],
  ['--version 6', { version: 'niji 6' }, 'Version', '--version 6'],
  ['--S 250', { stylize: 0 }, 'Stylize', '--S 250'],
  ['--c 1', { chaos: 2 }, 'Chaos', '--c 1'],
  ['--w 1', { weird: 2 }, 'Weird', '--w 1'],
  ['--q 1', { quality: 2 }, 'Quality', '--q 1'],
  ['--no cars, people', { no: 'snow' }, 'Leave Out', '--no cars, people'],
  ['--seed 1', { seed: 2 }, 'Seed', '--seed 1'],
  ['--sref 12 34', { style_reference: 'random' }, 'Style References', '--sref 12 34'],
  [`--cref ${A}`, { character_reference: B }, 'Character References', `--cref ${A}`],
])('%s in the prompt and %j are one too many', (inPrompt, inputData, label, quoted) => {
  expect(compose({ prompt: `red fox ${inPrompt}`, ...inputData }).problems).toEqual([
    `${label}: The prompt already says ${quoted.toLowerCase()}. Keep one of the two.`,
  ]);
});

test.each([
  ['--ar 16:9', { aspect_ratio: '16x9' }],
  ['--ar 16x9', { aspect_ratio: '16:9' }],
  ['--fast', { process_mode: 'Fast' }],
  ['--niji 7', { version: 'Niji 7' }],
  ['--v 7', { version: '7.0' }],
  ['--s 250', { stylize: '250.0' }],
  ['--tile', { tile: 'yes' }],
])('%s in the prompt and the same in %j is no clash, and written once', (inPrompt, inputData) => {
  expect(compose({ prompt: `red fox ${inPrompt}`, ...inputData })).toEqual({
    prompt: `red fox ${inPrompt.replace('x', ':')}`,
  });
});

test('a misspelt parameter in the prompt counts as the one that was meant', () => {
  expect(compose({ prompt: 'fox --s250 —v 6', stylize: 1, version: 7 }).problems).toEqual([
    'Version: The prompt already says --v 6. Keep one of the two.',
    'Stylize: The prompt already says --s 250. Keep one of the two.',
  ]);
});

test('images are added to those in the prompt, and can replace the text', () => {
  expect(compose({ prompt: `${A} red fox`, image_prompts: B })).toEqual({
    prompt: `${B} ${A} red fox`,
  });
  expect(composePrompt({ prompt: '--ar 1:1', image_prompts: [A] })).toEqual({
    prompt: `${A} --ar 1:1`,
  });
  expect(composePrompt({ prompt: '', image_prompts: [A] })).toEqual({ prompt: A });
});

const link = fc.webUrl({ withQueryParameters: true, withFragments: true });
const valid = fc.record(
  {
    version: fc.constantFrom('7', '6.1', 'niji 6', 5),
    stylize: fc.integer({ min: 0, max: 1000 }),
    chaos: fc.integer({ min: 0, max: 100 }),
    weird: fc.integer({ min: 0, max: 3000 }),
    quality: fc.constantFrom(0.25, '0.5', 1, 2, '4'),
    tile: fc.boolean(),
    no: fc.oneof(
      fc.constantFrom('cars', 'cars, people', 'a – b', '{', 'x}', '—no', '--'),
      fc.string(),
    ),
    seed: fc.integer({ min: 0, max: 4_294_967_295 }),
    style_reference: fc.array(fc.oneof(link, fc.constantFrom('random', '12::2')), { maxLength: 3 }),
    character_reference: fc.array(link, { maxLength: 3 }),
    image_prompts: fc.array(link, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const pieces = [
  'fox',
  '--',
  '—',
  '–',
  '-',
  'ar',
  'v',
  's',
  'no',
  'tile',
  'fast',
  'niji',
  'sref',
  'xyz',
  '16:9',
  '6',
  '5000',
  ' ',
  ' ',
  ' ',
  '\n',
  '{',
  '}',
  ',',
  '=',
  A,
  '__proto__',
  'constructor',
  '\ud800',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);
const keys = Object.keys(schema.shape);

describe('whatever is entered', () => {
  test('the result is either a prompt or problems in sentences', () => {
    const entered = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'toString'), fc.anything());
    holds(
      fc.property(entered, fc.oneof(text, fc.anything()), (inputData, prompt) => {
        const { prompt: composed, problems } = compose({ ...inputData, prompt });
        expect(composed === undefined).toBe(problems !== undefined && problems.length > 0);
        expect(problems?.every((problem) => /^[A-Z][A-Za-z ]+: .+\.$/s.test(problem))).not.toBe(
          false,
        );
        expect({}).not.toHaveProperty('flags');
      }),
      1000,
    );
  });

  test('a prompt without mistakes and without fields is sent unchanged', () => {
    holds(
      fc.property(text, (prompt) => {
        const { prompt: composed } = composePrompt({ prompt });
        fc.pre(composed !== undefined);
        expect(composed).toBe(prompt.trim());
      }),
      1000,
    );
  });

  test('words without hyphens and dashes are never refused', () => {
    const word = fc
      .string({ minLength: 1 })
      .filter((word) => /[^\s]/.test(word) && !/[-—–]/.test(word));
    holds(
      fc.property(word, (prompt) => {
        expect(composePrompt({ prompt })).toEqual({ prompt: prompt.trim() });
      }),
    );
  });

  test('each field that is filled in is written once', () => {
    const flags = {
      version: /^--(v|niji)$/,
      stylize: /^--stylize$/,
      chaos: /^--chaos$/,
      weird: /^--weird$/,
      quality: /^--quality$/,
      tile: /^--tile$/,
      no: /^--no$/,
      seed: /^--seed$/,
      style_reference: /^--sref$/,
      character_reference: /^--cref$/,
    };
    holds(
      fc.property(valid, (inputData) => {
        const { prompt } = compose(inputData);
        const { input = {} } = readInput(zod.object(parameterFields), inputData);
        fc.pre(prompt !== undefined);
        const values = new Map<string, unknown>(Object.entries(input));
        for (const [key, flag] of Object.entries(flags)) {
          const value = values.get(key);
          const empty = value === undefined || value === false || String(value) === '';
          expect(prompt?.split(' ').filter((word) => flag.test(word))).toHaveLength(empty ? 0 : 1);
        }
      }),
    );
  });

  test('a composed prompt is valid, and composing it again changes nothing', () => {
    holds(
      fc.property(text, valid, (prompt, inputData) => {
        const { prompt: composed } = compose({ ...inputData, prompt: `fox ${prompt}` });
        fc.pre(composed !== undefined);
        expect(composePrompt({ prompt: String(composed) })).toEqual({ prompt: composed });
      }),
      1000,
    );
  });

  test('reading a value that was already read changes nothing', () => {
    const fields = zod.object(parameterFields);
    holds(
      fc.property(valid, (inputData) => {
        const { input } = readInput(fields, inputData);
        fc.pre(input !== undefined);
        expect(zod.parse(fields, input)).toEqual(input);
      }),
    );
  });
});
