import { composePrompt } from '../../midjourney/compose_prompt.ts';

const problemsOf = (prompt: string) => composePrompt({ prompt }).problems;

test.each([
  ['fox --ar16:9', 'Write --ar 16:9 with a space, not --ar16:9.'],
  ['fox --v6.1', 'Write --v 6.1 with a space, not --v6.1.'],
  ['fox --S250', 'Write --s 250 with a space, not --S250.'],
  ['fox --chaos50', 'Write --chaos 50 with a space, not --chaos50.'],
  ['fox --seed7', 'Write --seed 7 with a space, not --seed7.'],
  ['fox --niji6', 'Write --niji 6 with a space, not --niji6.'],
  ['fox --v=6', 'Write --v 6 with a space, not --v=6.'],
  [
    'fox --srefhttps://a.example/B.png',
    'Write --sref https://a.example/B.png with a space, not --srefhttps://a.example/B.png.',
  ],
])('%s is glued to its value', (prompt, sentence) => {
  expect(problemsOf(prompt)).toEqual([`Prompt: ${sentence}`]);
});

test.each([
  ['fox —ar 16:9', 'Write --ar 16:9 with two hyphens, not —ar 16:9.'],
  ['fox –v 6', 'Write --v 6 with two hyphens, not –v 6.'],
  ['fox ——s 250 --v 6', 'Write --s 250 with two hyphens, not ——s 250.'],
  ['fox —v6', 'Write --v 6 with two hyphens and a space, not —v6.'],
  ['fox —tile', 'Write --tile with two hyphens, not —tile.'],
  ['fox —fast --v 6', 'Write --fast with two hyphens, not —fast.'],
  ['fox —niji', 'Write --niji with two hyphens, not —niji.'],
  ['fox --no cars —ar 16:9', 'Write --ar 16:9 with two hyphens, not —ar 16:9.'],
])('%s has a dash for two hyphens', (prompt, sentence) => {
  expect(problemsOf(prompt)).toEqual([`Prompt: ${sentence}`]);
});

test.each([
  ['fox --ar', '--ar has no value. Write width:height, for example 16:9.'],
  ['fox --v --tile', '--v has no value. Enter a version such as 7, 6.1 or niji 6.'],
  ['fox --ar 16/9', '--ar 16/9 does not work. Write width:height, for example 16:9.'],
  ['fox --s 5000', '--s 5000 does not work. Enter a whole number from 0 to 1000.'],
  ['fox --chaos 50%', '--chaos 50% does not work. Enter a whole number from 0 to 100.'],
  ['fox --w -1', '--w -1 does not work. Enter a whole number from 0 to 3000.'],
  ['fox --q .2', '--q .2 does not work. Choose one of: 0.25, 0.5, 1, 2, 4.'],
  ['fox --q 9', '--q 9 does not work. Choose one of: 0.25, 0.5, 1, 2, 4.'],
  ['fox --seed x', '--seed x does not work. Enter a whole number from 0 to 4294967295.'],
  ['fox --ar 1:1 --aspect 2:3', 'It says --ar 1:1 and --aspect 2:3. Keep one of the two.'],
  ['fox --niji 6 --v 6', 'It says --niji 6 and --v 6. Keep one of the two.'],
  ['fox --fast --relax --turbo', 'It says --fast and --relax and --turbo. Keep only one of them.'],
  ['--ar 16:9 --tile', 'Describe the picture before its parameters.'],
  ['--no cars, people', 'Describe the picture before its parameters.'],
  [' \n ', 'Describe the picture.'],
])('%j is refused', (prompt, sentence) => {
  expect(problemsOf(prompt)).toEqual([`Prompt: ${sentence}`]);
});

test('every mistake is named, each once', () => {
  expect(problemsOf('fox --no --s9999 --no')).toEqual([
    'Prompt: --no has no value. Name what to leave out, for example "cars, people", without -- and other parameters.',
    'Prompt: Write --s 9999 with a space, not --s9999.',
    'Prompt: --s 9999 does not work. Enter a whole number from 0 to 1000.',
  ]);
});

test.each([
  'red fox --AR 16:9 --v 6.1 --Stylize 250 --no cars, people --tile --fast',
  'fox\n--ar 16:9\n--niji',
  'fox --xyz --sw100 --c4d --weird1e3 --tile2 --sref2 --iw 2',
  'fox --v 8-alpha --sref future --cref future',
  'fox --no a --no b --sref 12 --sref 34',
  'fox --q .25',
  'fox --q 4',
  'fox --v 6, --s 250. --q .5 --ar 1.85:1',
  'fox --ar {1:1, 2:3} --s {50, 100}',
  '{a --ar 1:1, {b, c} --ar 2:3} fox --v {6, 7} --{tile, fast}',
  'well-lit fox - sharp -v 6, sale--ar--off, a "--v" sign',
  'fox -- v 6 --- --s-',
  'https://a.example/x--ar16:9--v.png fox',
  'fox —no, a wolf',
  'a fox —no snow, v for victory',
  'un zorro —no un lobo— en la nieve',
  '—no sé— dice el zorro',
  '—No digas nada',
  'a car —fast and red, a city —chaos reigns, —v for victory',
  'fox – in snow – at dawn, 1914–1918, two—v 6',
  '--ar 16:9 red fox',
  '{{{{{ } fox --v 6 }',
])('%s is sent unchanged', (prompt) => {
  expect(composePrompt({ prompt: ` ${prompt}\n` })).toEqual({ prompt });
});
