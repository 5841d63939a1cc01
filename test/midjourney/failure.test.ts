import fc from 'fast-check';
import { cleanText, failureOf } from '../../midjourney/failure.ts';
import { holds } from '../support/holds.ts';

describe('failureOf', () => {
  test.each([
    ['Banned Prompt: blood', 'banned_prompt'],
    ['failed to check prompt', 'banned_prompt'],
    ['BANNED WORD in your text', 'banned_prompt'],
    ['Banned image prompt', 'banned_prompt'],
    ['The prompt has banned keywords', 'banned_prompt'],
    ['Invalid link\nTimeout while downloading this image', 'invalid_link'],
    ['Could not fetch image', 'invalid_link'],
    ['failed to download image from https://a.example/a.png', 'invalid_link'],
    ['https://a.example/a is not a valid URL', 'invalid_link'],
    ['Could not validate this link. Please try again later.', 'invalid_link'],
    ['derive from origin task: parent task is outdated', 'outdated_parent'],
    ['No available capacity — please retry shortly', 'busy'],
    ['Request moderated', 'moderated'],
    ['This goes against our content policy', 'moderated'],
    ['blocked by our filter', 'moderated'],
    ['sensitive content was found', 'moderated'],
    ['Blocked by our image filters', 'moderated'],
    ['This may be against our community standards', 'moderated'],
    ['insufficient credits', 'quota'],
    ['your balance is too low', 'quota'],
    ['daily limit reached', 'quota'],
    ['You have used all relax tasks of today', 'quota'],
    ['You have run out of fast hours', 'quota'],
    ['HTTP 402', 'quota'],
    ['Payment Required', 'quota'],
    ['Task time-out', 'timeout'],
    ['task timed out', 'timeout'],
    ['timeout', 'timeout'],
    ['it took too long', 'timeout'],
    ['Invalid parameter --ar', 'invalid_input'],
    ['Your prompt is too long', 'invalid_input'],
    ['prompt too long: 8,300 characters', 'invalid_input'],
    ['This is too long for a prompt', 'invalid_input'],
    ['Unrecognized argument', 'invalid_input'],
    ['the moon is out of cheese', 'unknown'],
    ['', 'unknown'],
  ])('"%s" is of the kind %s', (text, kind) => {
    expect(failureOf(text).kind).toBe(kind);
  });

  test('the more specific kind wins when a text names two', () => {
    expect(failureOf('Invalid parameter: banned prompt').kind).toBe('banned_prompt');
  });

  test.each([
    'Banned Prompt: blood',
    'Invalid parameter --ar',
    'Invalid link',
    'empty prompt',
    'Request moderated',
    'the moon is out of cheese',
  ])(
    'what counts against a daily limit is not answered with running the step again: %s',
    (text) => {
      expect(failureOf(text).advice).not.toMatch(/^Run the step again|then run the step again/i);
      expect(failureOf(text).advice).not.toContain('again later');
    },
  );

  test('there is advice in whole sentences for any text', () => {
    holds(
      fc.property(fc.string(), (text) => {
        expect(failureOf(text).advice).toMatch(/^[A-Z].+\.$/);
      }),
    );
  });
});

describe('cleanText', () => {
  test('line breaks, tabs and control characters become single spaces', () => {
    expect(cleanText('  Invalid link\r\n\tTime\u0000out\u202e ')).toBe('Invalid link Time out');
  });

  test('a long text ends in an ellipsis after 500 characters', () => {
    expect(cleanText('a'.repeat(500))).toBe('a'.repeat(500));
    expect(cleanText('a'.repeat(501))).toBe(`${'a'.repeat(499)}…`);
  });

  test('any text becomes one short line, and cleaning it again changes nothing', () => {
    holds(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (text) => {
        const line = cleanText(text);
        expect(line.length).toBeLessThanOrEqual(500);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(cleanText(line)).toBe(line);
      }),
    );
  });
});
