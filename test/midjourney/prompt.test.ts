import { composePrompt } from '../../midjourney/compose_prompt.ts';

const problemsOf = (prompt: string) => composePrompt({ prompt }).problems;

test.each([
  ['fox --ar', '--ar has no value. Write width:height in whole numbers, for example 16:9.'],
  ['fox --v --tile', '--v has no value. Enter a version such as 8.2, 7 or niji 7.'],
  [
    'fox --ar 16-9',
    '--ar 16-9 does not work. Write width:height in whole numbers, for example 16:9.',
  ],
  [
    'fox --ar 0:1',
    '--ar 0:1 does not work. Write width:height in whole numbers, for example 16:9.',
  ],
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
    'Prompt: --s 9999 does not work. Enter a whole number from 0 to 1000.',
  ]);
});

test.each([
  'red fox --AR 16:9 --v 6.1 --Stylize 250 --no cars, people --tile --fast',
  'fox\n--ar 16:9\n--niji',
  'fox --xyz --xyz100 --c4d --weird1e3 --tile2 --sref2 --iw 2',
  'fox --v 8-alpha --sref future --cref future',
  'fox --no a --no b --sref 12 --sref 34',
  'fox --q .25',
  'fox --q 4',
  'fox --v 6, --s 250. --q .5 --ar 37:20',
  'fox --ar {1:1, 2:3} --s {50, 100}',
  '{a --ar 1:1, {b, c} --ar 2:3} fox --v {6, 7} --{tile, fast}',
  'well-lit fox - sharp -v 6, sale--ar--off, a "--v" sign',
  'fox -- in snow --- --s-',
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
