import fc from 'fast-check';
import { fileName, type NamedPicture } from '../../midjourney/file_name.ts';
import { holds } from '../support/holds.ts';

const named = (known: Partial<NamedPicture>): string =>
  fileName({
    prompt: 'red fox in snow',
    taskId: 'c0d39b5a-345c-4448-a7bf-5c299c38a06a',
    url: 'https://img.example/mj/1.png',
    ...known,
  });

const ofPrompt = (prompt: string): string => named({ prompt }).replace('-c0d39b5a.png', '');

test('a file is named after the prompt, the task and the number of the picture', () => {
  expect(named({ number: 1 })).toBe('red-fox-in-snow-c0d39b5a-1.png');
});

test('the grid and the single image have no number', () => {
  expect(named({})).toBe('red-fox-in-snow-c0d39b5a.png');
  expect(named({ number: 0 })).toBe('red-fox-in-snow-c0d39b5a.png');
});

test.each([
  ['red fox --ar 16:9 --v 6', 'red-fox'],
  ['red fox --no cars, people', 'red-fox'],
  ['red fox\n--ar 16:9', 'red-fox'],
  ['red fox —ar 16:9', 'red-fox'],
  ['red fox – in fresh snow', 'red-fox-in-fresh-snow'],
  ['well-lit red -- fox', 'well-lit-red-fox'],
  ['https://s.example/a.png <https://s.example/b.png> red fox', 'red-fox'],
  ['fox::2 snow::-.5', 'fox-snow'],
])('parameters, links and weights are left out of %j', (prompt, words) => {
  expect(ofPrompt(prompt)).toBe(words);
});

test.each([
  ['Élan, Øre & “naïve” señor', 'elan-ore-naive-senor'],
  ['weißer Fuchs', 'weisser-fuchs'],
  ["a fox's den, the hunter’s hut", 'a-foxs-den-the-hunters-hut'],
  ['../../etc/passwd\0.exe', 'etc-passwd-exe'],
  ['Łódź w śniegu', 'lodz-w-sniegu'],
  ['Ærø i sne, Đorđe, Þór, ħ, ŒUVRE, straße', 'aero-i-sne-dorde-thor-h-oeuvre-strasse'],
])('only letters, digits and hyphens are left of %j', (prompt, words) => {
  expect(ofPrompt(prompt)).toBe(words);
});

test.each(['', '赤い狐', 'лиса 2', '🦊', '--ar 16:9', 'https://s.example/fox.png'])(
  'without Latin words in the prompt, %j, the name is that of the work, or midjourney',
  (prompt) => {
    expect(named({ prompt, work: 'blend' })).toBe('blend-c0d39b5a.png');
    expect(named({ prompt })).toBe('midjourney-c0d39b5a.png');
  },
);

test('a long prompt is cut after a whole word, a long word anywhere', () => {
  expect(ofPrompt('morning light '.repeat(50))).toBe(
    'morning-light-morning-light-morning-light-morning-light',
  );
  expect(ofPrompt('a'.repeat(500))).toBe('a'.repeat(60));
});

test.each([
  ['https://img.example/fox.WEBP?ex=65&hm=1.png', 'webp'],
  ['https://img.example/fox.jpeg#png', 'jpeg'],
  ['https://img.example/fox', 'png'],
  ['https://img.example/fox.exe', 'png'],
  ['no address.gif', 'png'],
])('the extension of %s is %s', (url, extension) => {
  expect(named({ url })).toBe(`red-fox-in-snow-c0d39b5a.${extension}`);
});

test('only the start of a task id is used', () => {
  expect(named({ taskId: '㎨'.repeat(8), prompt: 'fox' })).toBe('fox-m-s2m-s2.png');
  expect(named({ taskId: 'task-12-9', number: 3, prompt: 'fox' })).toBe('fox-task-12-3.png');
});

test('a task id without usable characters is left out', () => {
  expect(named({ taskId: '//////////', number: 2 })).toBe('red-fox-in-snow-2.png');
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(fc.constantFrom('fox', '--', '—', '::', 'https://', ' ', '.', 'ß', 'ﬃ', '\ud800'))
    .map((parts) => parts.join('')),
);

test('any picture gets a safe and short name, which is always the same', () => {
  holds(
    fc.property(
      fc.record({
        prompt: anyText,
        taskId: anyText,
        url: fc.oneof(fc.webUrl(), anyText),
        number: fc.option(fc.oneof(fc.nat(), fc.double()), { nil: undefined }),
        work: fc.option(anyText, { nil: undefined }),
      }),
      (picture) => {
        const name = fileName(picture);

        expect(name).toMatch(/^[a-z0-9][a-z0-9-]*\.[a-z0-9]{2,5}$/);
        expect(name.length).toBeLessThanOrEqual(100);
        expect(fileName({ ...picture })).toBe(name);
      },
    ),
    1000,
  );
});
