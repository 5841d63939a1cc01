import fc from 'fast-check';
import { readJson } from '../../fields/read_json.ts';
import { holds } from '../support/holds.ts';

test.each([
  ['{"prompt": "a fox\nin snow"}', { prompt: 'a fox\nin snow' }],
  ['{"prompt": "a\tfox\r\n"}', { prompt: 'a\tfox\r\n' }],
  ['{\n\t"prompt": "a \\"red\\" fox",\r\n "n": 1\n}', { prompt: 'a "red" fox', n: 1 }],
])('a line break inside a value of %j is taken', (text, json) => {
  expect(readJson(text)).toEqual({ json });
});

test.each([
  ['{"prompt": "a "red" fox"}', 'red" fox'],
  ['{"prompt": "fox", }', '"fox", }'],
  ['{"prompt": "fox"', '"fox"'],
])('%s is named with the place where it cannot be read', (text, near) => {
  const { problem } = readJson(text);
  expect(problem).toMatch(/^It cannot be read near `.+`\. A quotation mark inside a value needs/);
  expect(problem).toContain(near);
});

test('any JSON is read as it is', () => {
  holds(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (json, indent) => {
      const text = JSON.stringify(json, null, indent);
      expect(readJson(text)).toEqual({ json: JSON.parse(text) });
    }),
    500,
  );
});
