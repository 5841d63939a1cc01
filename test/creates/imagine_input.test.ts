import fc from 'fast-check';
import { imagineInput } from '../../creates/imagine.ts';
import { deliveryFields } from '../../fields/delivery_fields.ts';
import { inputFieldsOf } from '../../fields/input.ts';
import { readInput } from '../../fields/read_input.ts';
import { holds } from '../support/holds.ts';

const LABELS = inputFieldsOf(imagineInput).map(({ label }) => label);
const imagine = (inputData: Record<string, unknown>) => readInput(imagineInput, inputData);
const delivery = (inputData: Record<string, unknown>) => readInput(deliveryFields, inputData);

describe('the input of Imagine', () => {
  test('a form with every field becomes the input that the service gets', () => {
    expect(
      imagine({
        prompt: '  red fox in fresh snow --v 6 ',
        aspect_ratio: ' 16:9 ',
        process_mode: 'Fast',
        skip_prompt_check: 'yes',
        bot_id: '2',
        reference: 'row 7',
      }),
    ).toEqual({
      input: {
        prompt: 'red fox in fresh snow --v 6',
        aspect_ratio: '16:9',
        process_mode: 'fast',
        skip_prompt_check: true,
        bot_id: 2,
      },
    });
  });

  test('a prompt alone is enough, and nothing is added to it', () => {
    expect(imagine({ prompt: 'fox {{bundle.x}} "quoted" \\ \n second line' })).toEqual({
      input: { prompt: 'fox {{bundle.x}} "quoted" \\ \n second line' },
    });
  });

  test.each([[undefined], [''], [' \n\t'], [null], [[]], [{}], [42]])(
    'the prompt %p is refused',
    (prompt) => {
      expect(imagine({ prompt }).problems).toEqual([
        'Prompt: Describe the picture, for example "red fox in fresh snow, morning light".',
      ]);
    },
  );

  test.each([
    ['1:1', '1:1'],
    ['9999:1', '9999:1'],
    ['16x9', '16:9'],
    ['16 : 9', '16:9'],
    ['16：9', '16:9'],
    ['16:09:00', '16:9'],
    ['1.5:1', '3:2'],
  ])('the aspect ratio %s is taken as %s', (aspect_ratio, taken) => {
    expect(imagine({ prompt: 'fox', aspect_ratio }).input).toEqual({
      prompt: 'fox',
      aspect_ratio: taken,
    });
  });

  test.each([
    ['16:'],
    [':9'],
    ['0:1'],
    ['1:0'],
    ['-1:2'],
    ['16:9:4'],
    ['16:9\n--v 6'],
    ['10000:1'],
    [1.78],
  ])('the aspect ratio %j is refused', (aspect_ratio) => {
    expect(imagine({ prompt: 'fox', aspect_ratio }).problems).toEqual([
      expect.stringMatching(/^Aspect Ratio: Write width:height.* for example 16:9\.$/),
    ]);
  });

  test.each([['slow'], ['fast or turbo'], ['--fast'], [1]])(
    'the speed %p is refused',
    (process_mode) => {
      expect(imagine({ prompt: 'fox', process_mode }).problems).toEqual([
        'Speed: Choose one of: relax, fast, turbo.',
      ]);
    },
  );

  test.each([[-1], [1.5], ['one'], [2 ** 60]])('the bot %p is refused', (bot_id) => {
    expect(imagine({ prompt: 'fox', bot_id }).problems).toEqual([
      expect.stringMatching(/^Hosted Account Number: Enter a whole number, 0 or more/),
    ]);
  });

  test('any values entered give either an input or problems in friendly sentences', () => {
    const key = fc.oneof(
      fc.constantFrom(...Object.keys(imagineInput.shape), '__proto__', 'constructor', 'valueOf'),
      fc.string(),
    );
    holds(
      fc.property(fc.dictionary(key, fc.oneof(fc.string(), fc.anything())), (inputData) => {
        const { input, problems } = imagine(inputData);
        if (input) {
          expect(Object.keys(imagineInput.shape)).toEqual(
            expect.arrayContaining(Object.keys(input)),
          );
          expect(input.prompt).toMatch(/\S/);
          return;
        }
        expect(problems.length).toBeGreaterThan(0);
        for (const problem of problems) {
          expect(problem).toMatch(new RegExp(`^(${LABELS.join('|')}): .+\\.$`));
          expect(problem).not.toMatch(/expected|invalid input|undefined|received/i);
        }
      }),
      500,
    );
  });
});

describe('the delivery fields of every step that starts a task', () => {
  test('a reference is trimmed text, also when it is a number', () => {
    expect(delivery({ reference: ' rec8 ' }).input).toEqual({ reference: 'rec8' });
    expect(delivery({ reference: 17 }).input).toEqual({ reference: '17' });
  });

  test('a reference may have 200 characters and no more', () => {
    expect(delivery({ reference: 'r'.repeat(200) }).problems).toBeUndefined();
    expect(delivery({ reference: 'r'.repeat(201) }).problems).toEqual([
      'Reference: Use at most 200 characters.',
    ]);
    expect(delivery({ reference: {} }).problems).toEqual(['Reference: Use a text or a number.']);
  });

  test('notify_progress is yes or no, and absent when left empty', () => {
    expect(delivery({ notify_progress: 'no' }).input).toEqual({ notify_progress: false });
    expect(delivery({ notify_progress: '' }).input).toEqual({});
  });
});
