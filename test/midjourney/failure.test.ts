import fc from 'fast-check';
import { cleanText, failureOf } from '../../midjourney/failure.ts';
import { holds } from '../support/holds.ts';

describe('failureOf', () => {
  test.each([
    ['Banned Prompt: blood', 'banned_prompt'],
    ['failed to check prompt', 'banned_prompt'],
    ['BANNED WORD in your text', 'banned_prompt'],
    ['Invalid link\nTimeout while downloading this image', 'invalid_link'],
    ['Could not fetch image', 'invalid_link'],
    ['derive from origin task: parent task is outdated', 'outdated_parent'],
    ['Request moderated', 'moderated'],
    ['This goes against our content policy', 'moderated'],
    ['blocked by our filter', 'moderated'],
    ['sensitive content was found', 'moderated'],
    ['insufficient credits', 'quota'],
    ['your balance is too low', 'quota'],
    ['daily limit reached', 'quota'],
    ['Task time-out', 'timeout'],
    ['task timed out', 'timeout'],
    ['timeout', 'timeout'],
    ['it took too long', 'timeout'],
    ['Invalid parameter --ar', 'invalid_input'],
    ['Unrecognized argument', 'invalid_input'],
    ['the moon is out of cheese', 'unknown'],
    ['', 'unknown'],
  ])('"%s" is of the kind %s', (text, kind) => {
    expect(failureOf(text).kind).toBe(kind);
  });

  test('the more specific kind wins when a text names two', () => {
    expect(failureOf('Invalid parameter: banned prompt').kind).toBe('banned_prompt');
  });

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
