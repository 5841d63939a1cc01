import { composePrompt } from '../../midjourney/compose_prompt.ts';

const problemsOf = (prompt: string, input = {}) => composePrompt({ prompt, ...input }).problems;

test.each([
  ['fox --v 8.1 --q 2', '--q does not work with version 8.1, only with version 7 and earlier.'],
  ['fox --q 2 --v 8.2', '--q does not work with version 8.2, only with version 7 and earlier.'],
  [
    'fox --v 7 --q .5',
    '--q does not work with version 7, only with the values 1, 2 and 4 on version 7, and 0.25, 0.5, 1 and 2 before it.',
  ],
  [
    'fox --v 8.1 --oref https://a.example/a.png',
    '--oref does not work with version 8.1, only with version 7.',
  ],
  [
    'fox --v 7 --cref https://a.example/a.png',
    '--cref does not work with version 7, only with version 6 and niji 6.',
  ],
  ['fox --v 6 --draft', '--draft does not work with version 6, only with version 7.'],
  ['fox --v 7 --hd', '--hd does not work with version 7, only with version 8.1 and later.'],
  ['fox --v 7 --stop 80', '--stop does not work with version 7, only with version 6 and earlier.'],
  [
    'fox --v 8.2 --turbo',
    '--turbo does not work with version 8.2, only with version 7 and earlier.',
  ],
  ['fox --niji 7 --tile', '--tile does not work with niji 7, only with other versions.'],
  [
    'fox --niji 7 --iw 3',
    '--iw does not work with niji 7, only with values from 0 to 3, on niji 7 from 0 to 2.',
  ],
  [
    'fox --v 5.2 --sref 12345',
    '--sref does not work with version 5.2, only with version 6 and later.',
  ],
  ['fox --v 4 --w 100', '--w does not work with version 4, only with version 5 and later.'],
  ['fox --v 6.1 --exp 10', '--exp does not work with version 6.1, only with version 7 and later.'],
  ['fox --v 5 --raw', '--raw does not work with version 5, only with version 5.1 and later.'],
])('%j is refused with the version', (prompt, problem) => {
  expect(problemsOf(prompt)).toEqual([
    `Prompt: ${problem} Leave it out or choose another version.`,
  ]);
});

test('a field that does not go with the version is named, wherever that is written', () => {
  const quality = [
    'Quality: It does not work with version 8.2, only with version 7 and earlier. Leave it empty or choose another version.',
  ];
  expect(problemsOf('fox --v 8.2', { quality: 2 })).toEqual(quality);
  expect(problemsOf('fox', { version: '8.2', quality: 2 })).toEqual(quality);
  expect(problemsOf('fox', { version: '8.1', process_mode: 'turbo' })).toEqual([
    expect.stringMatching(/^Speed: It does not work with version 8\.1/),
  ]);
});

test.each([
  'fox --q 2 --oref https://a.example/a.png --cref https://a.example/b.png --stop 50 --hd',
  'fox --v 7 --q 4 --oref https://a.example/a.png --ow 100 --draft --exp 5 --iw 3',
  'fox --v 8.2 --hd --exp 5 --sref random --sw 100 --raw',
  'fox --v 6.1 --q .5 --stop 50 --cref https://a.example/a.png --cw 50',
  'fox --niji 6 --cref https://a.example/a.png --tile',
  'fox --v 8-alpha --q 2',
])('%j is sent: without a version, or with one that goes', (prompt) => {
  expect(composePrompt({ prompt })).toEqual({ prompt });
});
