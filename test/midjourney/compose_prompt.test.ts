import fc from 'fast-check';
import { imagineInput } from '../../creates/imagine.ts';
import { composePrompt } from '../../midjourney/compose_prompt.ts';
import { readInput } from '../../midjourney/input.ts';
import { PARAMETERS } from '../../midjourney/prompt_parameters.ts';
import { holds } from '../support/holds.ts';

/** As the step does it: the fields first, then the prompt. */
const compose = (inputData: Record<string, unknown>) => {
  const { input, problems } = readInput(imagineInput, inputData);
  return input ? composePrompt(input) : { problems };
};
const FOX = 'red fox in fresh snow';

test('a prompt without filled fields goes out as it is', () => {
  const prompt = 'red fox  in snow, sign "--" and --xyz 7 --ar 16:9 --v 6 --no text, people';

  expect(compose({ prompt: ` ${prompt}\n` })).toEqual({ prompt });
});

test('fields become parameters behind the text, and image prompts stand before it', () => {
  expect(
    compose({
      prompt: `${FOX} --ar 3:2`,
      version: 'Niji 6',
      stylize: '250',
      chaos: 0,
      weird: 500,
      quality: '.5',
      tile: 'yes',
      no: 'text, people',
      seed: 7,
      style_reference: ['random', '12345::2'],
      character_reference: 'https://example.com/a.png, https://example.com/b.png',
      image_prompts: ['https://example.com/1.png', 'https://example.com/2.png'],
    }),
  ).toEqual({
    prompt: `https://example.com/1.png https://example.com/2.png ${FOX} --ar 3:2 --niji 6 --stylize 250 --chaos 0 --weird 500 --quality 0.5 --tile --seed 7 --sref random 12345::2 --cref https://example.com/a.png https://example.com/b.png --no text, people`,
  });
});

test.each([
  ['7', '--v 7'],
  [6.1, '--v 6.1'],
  ['V 5.2', '--v 5.2'],
  ['niji7', '--niji 7'],
  ['8.1', '--v 8.1'],
])('version %p becomes %s', (version, parameter) => {
  expect(compose({ prompt: FOX, version })).toEqual({ prompt: `${FOX} ${parameter}` });
});

test('a pattern that is not wanted adds nothing', () => {
  expect(compose({ prompt: FOX, tile: 'no' })).toEqual({ prompt: FOX });
});

describe('a field out of range names the range', () => {
  test.each([
    [{ stylize: 1001 }, 'Stylize: Enter a whole number from 0 to 1000.'],
    [{ chaos: -1 }, 'Chaos: Enter a whole number from 0 to 100.'],
    [{ weird: '3001' }, 'Weird: Enter a whole number from 0 to 3000.'],
    [{ seed: 4294967296 }, 'Seed: Enter a whole number from 0 to 4294967295.'],
    [{ quality: 3 }, 'Quality: Choose one of: 0.25, 0.5, 1, 2, 4.'],
    [{ version: 'newest' }, 'Version: Enter a version such as 7, 6.1 or niji 6.'],
    [{ no: 'text --ar 1:1' }, 'Leave Out: Enter words only, without --.'],
    [
      { style_reference: ['cubism'] },
      'Style References: Enter links to pictures, style codes, or random.',
    ],
    [{ character_reference: ['hero.png'] }, 'Character References: Enter public links'],
    [{ image_prompts: ['ftp://example.com/1.png'] }, 'Image Prompts: Enter public links'],
  ])('%j', (fields, problem) => {
    expect(compose({ prompt: FOX, ...fields }).problems).toEqual([
      expect.stringContaining(problem),
    ]);
  });
});

describe('a parameter given both in the prompt and in a field is named twice', () => {
  test.each([
    [
      '--ar 1:1',
      { aspect_ratio: '16:9' },
      'Aspect Ratio: The prompt already says --ar 1:1. Keep one of the two.',
    ],
    [
      '--ASPECT 1:1',
      { aspect_ratio: '16:9' },
      'Aspect Ratio: The prompt already says --ASPECT 1:1.',
    ],
    ['--fast', { process_mode: 'turbo' }, 'Speed: The prompt already says --fast.'],
    ['--niji 6', { version: '7' }, 'Version: The prompt already says --niji 6.'],
    ['--s 250', { stylize: 100 }, 'Stylize: The prompt already says --s 250.'],
    ['--c 5', { chaos: 0 }, 'Chaos: The prompt already says --c 5.'],
    ['--w 5', { weird: 5 }, 'Weird: The prompt already says --w 5.'],
    ['--q 1', { quality: '1' }, 'Quality: The prompt already says --q 1.'],
    ['--tile', { tile: true }, 'Tile: The prompt already says --tile.'],
    ['--no text', { no: 'people' }, 'Leave Out: The prompt already says --no text.'],
    ['--seed 7', { seed: 7 }, 'Seed: The prompt already says --seed 7.'],
    [
      '--sref random',
      { style_reference: ['random'] },
      'Style References: The prompt already says --sref random.',
    ],
  ])('%s and %j', (parameter, fields, problem) => {
    expect(compose({ prompt: `${FOX} ${parameter}`, ...fields }).problems).toEqual([
      expect.stringContaining(problem),
    ]);
  });
});

describe('what Midjourney would charge as incorrect is caught first', () => {
  test.each([
    ['--ar16:9', 'Write --ar 16:9 with a space, not --ar16:9.'],
    ['--v6', 'Write --v 6 with a space, not --v6.'],
    ['--niji6', 'Write --niji 6 with a space'],
    ['--s:250', 'Write --s 250 with a space, not --s:250.'],
    ['—ar 16:9', 'Write two hyphens, --ar, not one long dash.'],
    ['–v 6', 'Write two hyphens, --v, not one long dash.'],
    ['--ar', '--ar needs a value, for example --ar 16:9.'],
    ['--seed --tile', '--seed needs a value'],
    ['--s 5000', '--s takes a whole number from 0 to 1000, not 5000.'],
    ['--q 3', '--q takes one of 0.25, 0.5, 1, 2, 4, not 3.'],
    ['--ar 16/9', '--ar takes a value such as 16:9, not 16/9.'],
    ['--ar 1:1 --aspect 2:3', '--aspect says again what an earlier parameter says.'],
  ])('%s', (parameter, problem) => {
    expect(compose({ prompt: `${FOX} ${parameter}` }).problems).toEqual([
      expect.stringContaining(`Prompt: ${problem}`),
    ]);
  });

  test('a prompt of parameters alone is none, unless a picture stands before them', () => {
    expect(compose({ prompt: '--ar 16:9' }).problems).toEqual([
      'Prompt: Describe the picture before the parameters.',
    ]);
    expect(
      compose({ prompt: '--ar 16:9', image_prompts: ['https://example.com/1.png'] }).prompt,
    ).toBe('https://example.com/1.png --ar 16:9');
  });
});

describe('what only looks like a parameter is left alone', () => {
  test.each([
    ['a well--known fox'],
    ['https://example.com/a--ar16:9.png red fox'],
    ['a fox – no snow'],
    ['a fox —no snow, v for victory'],
    ['fox --noise 5'],
    ['fox -- and hound'],
    ['fox --ar 16:9, --v 6.'],
    ['fox --profile abc123 --stop 80 --iw 2'],
  ])('%s', (prompt) => {
    expect(compose({ prompt })).toEqual({ prompt });
  });
});

test('whatever the prompt, there is a prompt or there are problems, and what goes out is clean', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(...PARAMETERS.flatMap(({ names }) => names.map((name) => `--${name}`))),
    fc.constantFrom('16:9', '250', '—ar', '__proto__', 'fox', '--ar16:9'),
  );
  holds(
    fc.property(
      fc.array(piece),
      fc.record({ stylize: fc.integer({ min: 0, max: 1000 }) }),
      (pieces, fields) => {
        const composed = composePrompt({ prompt: `fox ${pieces.join(' ')}`, ...fields });
        if (composed.problems) {
          expect(composed.problems.length).toBeGreaterThan(0);
          return;
        }
        expect(composed.prompt.endsWith(`--stylize ${fields.stylize}`)).toBe(true);
        expect(composePrompt({ prompt: composed.prompt }).problems).toBeUndefined();
      },
    ),
    1000,
  );
});
