import fc from 'fast-check';
import { mendPrompt } from '../../midjourney/mend_prompt.ts';
import { holds } from '../support/holds.ts';

test.each([
  // Glued to its value, or to the word before it.
  ['fox --ar16:9', 'fox --ar 16:9'],
  ['fox --v6.1', 'fox --v 6.1'],
  ['fox --S250 --chaos50', 'fox --s 250 --chaos 50'],
  ['fox --niji6', 'fox --niji 6'],
  ['fox --v=6', 'fox --v 6'],
  ['fox --srefhttps://a.example/B.png', 'fox --sref https://a.example/B.png'],
  ['fox--ar 16:9', 'fox --ar 16:9'],
  ['a well-lit fox--ar16:9 --v 7', 'a well-lit fox --ar 16:9 --v 7'],
  ['fox.--v 7', 'fox. --v 7'],
  ['fox—ar16:9', 'fox --ar 16:9'],
  // With a space in it.
  ['fox -- ar 16:9', 'fox --ar 16:9'],
  ['fox - -ar 9:16', 'fox --ar 9:16'],
  ['fox -- v 7 -- s 250', 'fox --v 7 --s 250'],
  ['fox - -tile', 'fox --tile'],
  // With a dash, as phones and word processors write two hyphens.
  ['fox —ar 16:9', 'fox --ar 16:9'],
  ['fox – ar 16:9', 'fox --ar 16:9'],
  ['fox –v 6', 'fox --v 6'],
  ['fox ——s 250 --v 6', 'fox --s 250 --v 6'],
  ['fox —v6', 'fox --v 6'],
  ['fox —tile', 'fox --tile'],
  ['fox —fast --v 6', 'fox --fast --v 6'],
  ['fox —niji', 'fox --niji'],
  ['fox --no cars —ar 16:9', 'fox --no cars --ar 16:9'],
  // A ratio that is written otherwise.
  ['fox --ar 16x9', 'fox --ar 16:9'],
  ['fox --ar 16 : 9 --v 7', 'fox --ar 16:9 --v 7'],
  ['fox --ar 16：9', 'fox --ar 16:9'],
  ['fox --ar 16/9', 'fox --ar 16:9'],
  ['fox --ar 16:09:00', 'fox --ar 16:9'],
  ['fox --ar 1.5:1, in snow', 'fox --ar 3:2, in snow'],
  ['fox --aspect: 2:3', 'fox --aspect 2:3'],
  // As typed in Discord.
  ['/imagine prompt: red fox --v 7', 'red fox --v 7'],
  ['/imagine red fox', 'red fox'],
  ['fox --v v8.2', 'fox --v 8.2'],
])('%j becomes %j', (prompt, mended) => {
  expect(mendPrompt(prompt)).toBe(mended);
});

test.each([
  'red fox in fresh snow, 16:9, at 16:09:00',
  'vitamin — C 4, – s 5',
  'a car — fast',
  'sale--ar--off, twenty-one, v-6 engine',
  'https://a.example/x--ar16:9--v6.png?a=--ar16:9 fox',
  'https://a.example/fox--ar 16:9',
  'un zorro —no un lobo— en la nieve',
  'fox --ar 0:1 --ar 16:9:4',
  'imagine a fox',
  '  two  spaces\n\tand a tab  ',
])('%j stays as it is', (prompt) => {
  expect(mendPrompt(prompt)).toBe(prompt);
});

const prose = fc.string({ unit: fc.constantFrom(..."aefx .,:-—–'0169\n") });

test('text without the name of a parameter stays as it is', () => {
  holds(
    fc.property(prose, (text) => {
      fc.pre(!/[a-z]/.test(text) || !/(--|- -|[—–])\s*[a-z]/.test(text));
      expect(mendPrompt(text)).toBe(text);
    }),
    2_000,
  );
});

test('what is mended stays as it is', () => {
  const part = fc.constantFrom(
    ...['fox', '--', '- -', '—', 'ar', 'v', 's', 'tile', '16:9', '16x9', '7', ' ', '\n', ':', '.5'],
    ...['/imagine', 'prompt:', 'https://a.example/', 'no', '--no', '{', '}', 'niji'],
  );
  holds(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const once = mendPrompt(parts.join(''));
      expect(mendPrompt(once)).toBe(once);
    }),
    3_000,
  );
});
