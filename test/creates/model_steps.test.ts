import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

/** Which form is meant, and what is said where none is. */
quietConsole();

let worlds: Worlds;
beforeAll(async () => {
  worlds = await startWorlds({ service: 'piapi_unified' });
});
afterAll(() => worlds.stop());

const bodyOf = async (step: string, input: Record<string, unknown>) => {
  await worlds.account.create(step, input);
  return worlds.service.creates.at(-1)?.body;
};

test.each(['Kling Turbo (films, faster)', 'kling turbo', ' KLING-TURBO '])(
  'a model may be entered as %j',
  async (model) => {
    expect(await bodyOf('create_video', { model, input__prompt: 'fox' })).toMatchObject({
      model: 'kling-turbo',
      task_type: 'video_generation',
      input: { prompt: 'fox', version: '2.5-turbo', mode: 'pro' },
    });
  },
);

test.each([
  [
    'create_video',
    { model: 'kling-9', input__prompt: 'fox' },
    /has no model "kling-9" for Create Video\. Choose one from the list, or use Run Any Model/,
  ],
  [
    'create_video',
    { model: 'films with sound', input__prompt: 'fox' },
    /has no model "films with sound"/,
  ],
  [
    'create_video',
    { model: 'kling', input__prompt: 'fox' },
    /Task: Choose what the model is to do: .*Lip Sync/,
  ],
  [
    'create_video',
    { model: 'kling', task_type: 'omni-human-1.5' },
    /Task: Choose what the model is to do/,
  ],
  ['create_video', { model: 'kling', task_type: 'lip_sync' }, /Fill in one of them/],
  ['create_video', { model: 'hailuo', input__model: 't2v-01' }, /Prompt: Fill in this field\./],
  [
    'create_video',
    { model: 'hailuo', input__model: 'i2v-01', input__prompt: 'fox' },
    /Picture: Choose a file/,
  ],
  ['create_video', { model: 'hailuo' }, /Prompt or Picture: Fill in one of them\./],
])('%s with %j says %s', async (step, input, sentence) => {
  const before = worlds.service.creates.length;
  const { shown } = await refusalOf(worlds.account.create(step, input));

  expect(shown).toMatch(sentence);
  expect(shown).toMatch(/Nothing was started\.$/);
  expect(worlds.service.creates.length).toBe(before);
});

test('a leftover task of another model does not matter to a model that has one', async () => {
  const input = { model: 'kling-turbo', task_type: 'seedance-2', input__prompt: 'fox' };
  expect(await bodyOf('create_video', input)).toMatchObject({ task_type: 'video_generation' });
});

test('a version that is not known yet hides no field', async () => {
  const input = {
    ...{ model: 'hailuo', input__model: 'v9', input__prompt: 'fox' },
    ...{ input__image_url: 'https://files.example/fox.png', input__duration: 10 },
  };
  expect(await bodyOf('create_video', input)).toMatchObject({
    input: { model: 'v9', image_url: 'https://files.example/fox.png', duration: 10 },
  });
});

test('shots take the place of the prompt', async () => {
  const input = {
    ...{ model: 'kling', task_type: 'video_generation:kling_3', input__prompt: 'not sent' },
    input__multi_shots: [
      { input__multi_shots__prompt: 'the fox looks up', input__multi_shots__duration: '3' },
    ],
  };
  const body = await bodyOf('create_video', input);
  expect(body).toMatchObject({
    input: { version: '3.0', multi_shots: [{ prompt: 'the fox looks up', duration: 3 }] },
  });
  expect(JSON.stringify(body)).not.toContain('not sent');
});

describe('before the fields of a form stands', () => {
  const noticesOf = async (
    service: 'apiframe' | 'piapi_unified',
    input: Record<string, unknown>,
    step: string,
  ) => {
    const other = await startWorlds({ service });
    const fields = await other.account.inputFields('creates', step, input);
    await other.stop();
    return fields.flatMap(({ key, helpText }) =>
      /^model_(note|unsure|cost)$/.test(String(key)) ? [helpText] : [],
    );
  };

  test.each([
    [
      'piapi_unified',
      'create_video',
      { model: 'luma', task_type: 'extend_video' },
      'It may be gone by now.',
    ],
    [
      'piapi_unified',
      'create_video',
      { model: 'omni-human' },
      'Not certain: Its fields are known from other programs only.',
    ],
    [
      'apiframe',
      'create_audio',
      { model: 'suno', task_type: 'music/suno/action:extend' },
      '11 credits.',
    ],
  ] as const)('what is known of it: %s %s %j', async (service, step, input, words) => {
    expect(await noticesOf(service, input, step)).toEqual([words]);
  });
});
