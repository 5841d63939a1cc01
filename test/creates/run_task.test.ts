import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

const FLUX = {
  model: 'Qubico/flux1-schnell',
  task_type: 'txt2img',
  input: { prompt: 'red fox in fresh snow' },
};
/** Of no catalogue: whatever it takes is sent on. */
const UNKNOWN = { ...FLUX, model: 'a-model-of-tomorrow' };
const KLING = { ...FLUX, model: 'kling', task_type: 'video_generation' };
const MUSIC = {
  model: 'music-u',
  task_type: 'generate_music',
  input: { lyrics_type: 'generate', gpt_description_prompt: 'red fox in fresh snow' },
};

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds({ service: 'piapi_unified' });
});
afterEach(() => worlds.stop());

const run = (input: Record<string, unknown>) => worlds.account.create('run_task', input);

/** The output of a step that waits for its task. */
const resultOf = async (input: Record<string, unknown>) => {
  const step = await run({ ...input, wait_for_result: true });
  return step.resumed();
};

const fileOf = async (pointer: unknown) => {
  const stashed = await worlds.account.hydrate(String(pointer));
  return worlds.zapier.files.get(String(stashed));
};

describe('a model', () => {
  test('for pictures gives its picture as the image', async () => {
    const output = await resultOf(FLUX);

    expect(output).toMatchObject({
      operation: 'run_task',
      model: FLUX.model,
      task_type: 'txt2img',
      status: 'finished',
      prompt: FLUX.input.prompt,
      image_url: expect.stringMatching(/\.png$/),
      images: [{ number: 1, url: output.image_url }],
      video_url: '',
      audio_url: '',
      output__image_url: output.image_url,
    });
    expect(JSON.parse(String(output.output))).toEqual({ image_url: output.image_url });
    expect(await fileOf(output.image)).toMatchObject({ filename: expect.stringMatching(/\.png$/) });
  });

  test('for videos gives the film as a file', async () => {
    const output = await resultOf(KLING);

    expect(output).toMatchObject({
      video_url: expect.stringMatching(/\.mp4$/),
      // Its cover is no result of its own.
      image_url: '',
      audio_url: '',
      output__works__1__video__resource: output.video_url,
    });
    expect(await fileOf(output.video)).toMatchObject({
      filename: expect.stringMatching(/^red-fox-in-fresh-snow.*\.mp4$/),
    });
  });

  test('for music gives both songs as files', async () => {
    const output = await resultOf(MUSIC);

    expect(output).toMatchObject({
      audio_url: expect.stringMatching(/\.wav$/),
      audio_2_url: expect.stringMatching(/-2\.wav$/),
      audios: [
        { number: 1, url: output.audio_url },
        { number: 2, url: output.audio_2_url },
      ],
      video_url: '',
    });
    for (const pointer of [output.audio, output.audio_2]) {
      expect(await fileOf(pointer)).toMatchObject({ filename: expect.stringMatching(/\.wav$/) });
    }
  });

  test('for 3D gives the model as a file, with its film and its picture', async () => {
    const output = await resultOf({ ...FLUX, model: 'Qubico/trellis', task_type: 'text-to-3d' });

    expect(output).toMatchObject({
      model_3d_url: expect.stringMatching(/\.glb$/),
      video_url: expect.stringMatching(/\.mp4$/),
      image_url: expect.stringMatching(/\.png$/),
    });
    expect(await fileOf(output.model_3d)).toMatchObject({
      filename: expect.stringMatching(/^red-fox-in-fresh-snow.*\.glb$/),
    });
  });
});

test('Task Finished runs for it, also when filtered to Run Any Model', async () => {
  const zaps = [
    await worlds.listen('task_finished', { operations: ['run_task'] }),
    await worlds.listen('task_finished', { operations: ['imagine'] }),
  ];
  const { output } = await run({ ...KLING, reference: 'row-7' });
  await worlds.settled();

  expect(zaps.map((zap) => zap.runs)).toMatchObject([
    [{ task_id: output.task_id, model: 'kling', reference: 'row-7', succeeded: true }],
    [],
  ]);
  expect(zaps[1]?.runs).toEqual([]);
});

test('a task that is reported finished without a result is read once more', async () => {
  worlds.service.settings.imagelessEnd = 'only';
  const zap = await worlds.listen('task_finished');
  await run(FLUX);
  await worlds.settled();

  expect(zap.runs).toMatchObject([{ image_url: expect.stringMatching(/\.png$/) }]);
});

test('a webhook of several megabytes, since it repeats the picture sent, reaches every Zap', async () => {
  const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
  const image = 'iVBORw0KGgo'.repeat(300_000);
  await run({ ...FLUX, task_type: 'img2img', input: { prompt: 'red fox', image } });
  await worlds.settled();

  expect(JSON.stringify(worlds.service.webhooks[0]?.body).length).toBeGreaterThan(3_000_000);
  expect(zaps.map(({ runs }) => runs)).toMatchObject([
    [{ prompt: 'red fox', image_url: expect.stringMatching(/\.png$/) }],
    [{ prompt: 'red fox', image_url: expect.stringMatching(/\.png$/) }],
  ]);
});

test('a waiting step stops with the reason when its task fails', async () => {
  const step = await run({ ...KLING, input: { prompt: 'blood' }, wait_for_result: true });

  await expect(step.resumed()).rejects.toMatchObject({
    kind: 'HaltedError',
    shown: expect.stringContaining('Run Any Model failed: Banned Prompt: blood.'),
  });
});

test.each([
  ['midjourney', 'imagine', 'Midjourney has the step Create Images (Imagine).'],
  [' Midjourney ', 'Upscale', 'Midjourney has the step Upscale Image.'],
  ['MJ', 'video', 'Midjourney has steps of its own, such as Create Images and Upscale Image.'],
])('%j with %j is refused, and names the step for it', async (model, task_type, sentence) => {
  const { kind, shown } = await refusalOf(run({ ...FLUX, model, task_type }));

  expect(kind).toBe('HaltedError');
  expect(shown).toContain(`Model: ${sentence} Use that instead of Run Any Model.`);
  expect(worlds.service.creates).toEqual([]);
});

describe('the input', () => {
  test.each([
    ['an object', { prompt: 'fox', seed: 7, nested: { list: [1, null, 'a {{b}}'] } }],
    ['text', '{"prompt": "fox", "seed": 7, "nested": {"list": [1, null, "a {{b}}"]}}'],
  ])('is sent as it was entered, as %s', async (_, input) => {
    const { output } = await run({ ...UNKNOWN, input });

    expect(worlds.service.creates[0]?.body).toEqual({
      model: UNKNOWN.model,
      task_type: UNKNOWN.task_type,
      input: { prompt: 'fox', seed: 7, nested: { list: [1, null, 'a {{b}}'] } },
      config: { service_mode: '', webhook_config: { endpoint: '', secret: '' } },
    });
    expect(output.prompt).toBe('fox');
  });

  test('may be without a prompt', async () => {
    const { output } = await run({ ...UNKNOWN, input: { image: 'https://a.example/1.png' } });

    expect(output).toMatchObject({ prompt: '', status: 'pending' });
  });

  test.each([
    ['curly quotation marks', '{“prompt”: “fox”}'],
    ['a list', '[1, 2]'],
    ['a text', '"fox"'],
    ['no JSON', 'prompt: fox'],
    ['null', 'null'],
    ['a number', 7],
    ['nothing', ''],
  ])('with %s is refused before any call', async (_, input) => {
    const { kind, shown } = await refusalOf(run({ ...FLUX, input }));

    expect(kind).toBe('HaltedError');
    expect(shown).toContain('Input: Write one JSON object with straight quotation marks');
    expect(shown).toContain('Nothing was started.');
    expect(worlds.service.requests).toEqual([]);
  });

  test.each([
    [{ ...FLUX, model: '' }, 'Model: Choose a model'],
    [{ ...FLUX, model: 'two words' }, 'Model: Choose a model'],
    [{ ...FLUX, task_type: undefined }, 'Task Type: Choose a task type'],
    [{ ...FLUX, service_mode: 'free' }, 'Accounts to Work On: Choose one of: public, private.'],
  ])('%j names the field', async (input, sentence) => {
    expect((await refusalOf(run(input))).shown).toContain(sentence);
    expect(worlds.service.requests).toEqual([]);
  });
});

describe('the dropdowns', () => {
  const offered = async (field: string, input = {}, account = worlds.account) =>
    (await account.choices('creates', 'run_task', field, input)).results.map(({ id }) => id);

  test('offer well-known models, and the task types of the chosen model', async () => {
    expect(await offered('model')).toEqual(
      expect.arrayContaining([FLUX.model, 'kling', 'music-u']),
    );
    expect(await offered('task_type', { model: 'music-u' })).toEqual([
      'generate_music',
      'generate_lyrics',
    ]);
  });

  test('offer every task type once for an unknown model', async () => {
    const types = await offered('task_type', { model: 'of-tomorrow' });

    expect(types).toEqual(expect.arrayContaining(['txt2img', 'video_generation']));
    expect(new Set(types).size).toBe(types.length);
  });
});

test.each(['piapi_v2', 'legnext'] as const)(
  'with a connection to %s the error says which connection to choose, and no models are offered',
  async (service) => {
    const other = await startWorlds({ service });
    const { kind, shown } = await refusalOf(other.account.create('run_task', KLING));
    const { results } = await other.account.choices('creates', 'run_task', 'model');
    const { requests } = other.service;
    await other.stop();

    expect(kind).toBe('HaltedError');
    expect(shown).toContain('does not offer Run Any Model. Choose a connection to ');
    expect(results).toEqual([]);
    expect(requests).toEqual([]);
  },
);

test('as many pictures come out as were asked for', async () => {
  const output = await resultOf({ ...FLUX, input: { ...FLUX.input, batch_size: 3 } });

  expect(output.images).toHaveLength(3);
  expect(output.image_3_url).toMatch(/-3\.png$/);
  expect(await fileOf(output.image_3)).toMatchObject({
    filename: expect.stringMatching(/-3\.png$/),
  });
});

test('a file without a prompt is named after the model and what it did', async () => {
  const output = await resultOf({
    model: 'Qubico/image-toolkit',
    task_type: 'upscale',
    input: { image: 'https://files.example/fox.png', scale: 2 },
  });

  expect(await fileOf(output.image)).toMatchObject({
    filename: expect.stringMatching(/^image-toolkit-upscale-[0-9a-f]{8}\.png$/),
  });
});
