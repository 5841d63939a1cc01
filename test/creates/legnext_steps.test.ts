import type { Operation } from '../../midjourney/operations.ts';
import type { HttpServer } from '../support/http_server.ts';
import {
  finishedParents,
  inputsOf,
  type Parents,
  startPictures,
  withFilm,
} from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

/** The steps that LegNext alone has, and what it takes that others do not. */
quietConsole();

const ID = 'c0d39b5a-345c-4448-a7bf-5c299c38a06a';

let worlds: Worlds;
let pictures: HttpServer;
let parents: Parents;
beforeAll(async () => {
  // Pictures of a grid have 512 pixels a side.
  worlds = await startWorlds({ service: 'legnext', images: { width: 1024, height: 1024 } });
  pictures = await startPictures();
  parents = await withFilm(await finishedParents(worlds), worlds);
});
afterAll(async () => {
  await pictures.stop();
  await worlds.stop();
});

const inputOf = (operation: Operation) => inputsOf(parents, pictures.url, 'legnext')[operation];

const file = (extension: string) => expect.stringMatching(new RegExp(`^http.+\\.${extension}$`));
const words = expect.stringMatching(/\w/);

const FOUR_PICTURES = {
  image_1_url: file('png'),
  image_4_url: file('png'),
  image_url: file('png'),
};
const FOUR_VIDEOS = { video_url: file('mp4'), video_2_url: file('mp4'), video_4_url: file('mp4') };
const ONE_VIDEO = { video_url: file('mp4'), video_2_url: '' };

test.each([
  ['remix', '/remix', FOUR_PICTURES],
  ['enhance', '/enhance', { image_url: file('png'), image_2_url: '' }],
  ['retexture', '/retexture', FOUR_PICTURES],
  ['remove_background', '/remove-background', { image_url: file('png'), image_2_url: '' }],
  ['shorten', '/shorten', { final_prompt: words, prompt_1: words, prompts: [{}, {}, {}] }],
  ['video', '/video-diffusion', FOUR_VIDEOS],
  ['extend_video', '/extend-video', ONE_VIDEO],
  ['upscale_video', '/video-upscale', ONE_VIDEO],
] as const)(
  '%s starts one task, and a Zap and the waiting step get its result under its keys',
  async (operation, path, result) => {
    const zap = await worlds.listen('task_finished', { operations: [operation] });
    const before = worlds.service.creates.length;
    const step = await worlds.account.create(operation, {
      ...inputOf(operation),
      reference: 'row-7',
      wait_for_result: true,
    });
    const waited = await step.resumed();
    await worlds.settled();
    await zap.switchOff();

    expect(worlds.service.creates.slice(before).map((one) => one.path)).toEqual([`/api/v1${path}`]);
    expect(waited).toMatchObject({ operation, status: 'finished', reference: 'row-7', ...result });
    expect(zap.runs).toMatchObject([{ operation, status: 'finished', ...result }]);
  },
);

test('each video of a task is a file of its own', async () => {
  const [film] = await worlds.account.search('find_task', { task_id: parents.film });
  const files = await Promise.all(
    ['video', 'video_2', 'video_3', 'video_4'].map(async (key) =>
      worlds.zapier.files.get(String(await worlds.account.hydrate(String(film?.[key])))),
    ),
  );

  expect(files).toMatchObject(Array(4).fill({ contentType: 'video/mp4' }));
  expect(new Set(files.map((one) => one?.filename)).size).toBe(4);
});

describe('wrong input starts nothing and names its field', () => {
  const link = 'https://a.example/1.png';
  test.each([
    ['remix', { origin_task_id: ID }, 'New Prompt: Describe the new picture'],
    ['remix', { origin_task_id: ID, prompt: 'blue --s 5000' }, 'New Prompt: --s 5000'],
    ['remix', { origin_task_id: ID, prompt: 'blue', type: 'weak' }, 'Remix Strength: Choose one'],
    ['enhance', { origin_task_id: ID, index: 5 }, 'Image: Choose one of: 1, 2, 3, 4.'],
    ['retexture', { image_url: 'fox', prompt: 'marble' }, 'Image: Choose a file'],
    ['retexture', { image_url: link }, 'New Prompt: Describe the new picture'],
    ['remove_background', {}, 'Image: Choose a file'],
    ['shorten', { prompt: ' ' }, 'Prompt: Enter the prompt to shorten'],
    ['video', {}, 'Task or Image File or Link: Fill in one of the two.'],
    [
      'video',
      { origin_task_id: ID, image_url: link },
      'Task and Image File or Link: Fill in one of the two, and leave the other empty.',
    ],
    ['video', { image_url: link, motion: 'wild' }, 'Motion: Choose one of: low, high.'],
    [
      'video',
      { image_url: link, motion: 'low', prompt: 'it runs --motion high' },
      'Motion: The prompt already says --motion high. Keep one of the two.',
    ],
    ['video', { image_url: link, prompt: '--motion wild' }, 'Prompt: --motion wild does not work'],
    ['video', { image_url: link, resolution: '4k' }, 'Resolution: Choose one of: sd, hd.'],
    ['extend_video', { origin_task_id: ID }, 'Video: Choose one of: 1, 2, 3, 4.'],
    ['upscale_video', { origin_task_id: ID, index: 5 }, 'Video: Choose one of: 1, 2, 3, 4.'],
    ['inpaint', { origin_task_id: ID }, 'Mask or Areas: Fill in one of the two.'],
    [
      'inpaint',
      { origin_task_id: ID, mask: link, areas: '1, 2, 3, 4' },
      'Mask and Areas: Fill in one of the two, and leave the other empty.',
    ],
    ['inpaint', { origin_task_id: ID, areas: 'the hat' }, 'Areas: Write left, top, width, height'],
    ['outpaint', { origin_task_id: ID, zoom_ratio: 2.5 }, 'Zoom Ratio: Choose one of: 1.5, 2, 1'],
  ])('%s %j', async (operation, input, sentence) => {
    const before = worlds.service.requests.length;
    const { kind, shown } = await refusalOf(worlds.account.create(operation, input));

    expect(kind).toBe('HaltedError');
    expect(shown).toContain(sentence);
    expect(shown).toContain('Nothing was started.');
    expect(worlds.service.requests).toHaveLength(before);
  });
});

describe('a refusal by LegNext is explained', () => {
  test.each([
    ['extend_video', 'has no video 1', () => ({ origin_task_id: parents.grid, index: '2' })],
    ['video', 'has no image 0', () => ({ origin_task_id: parents.film })],
  ] as const)('%s of a task that %s', async (operation, reason, input) => {
    const { kind, shown } = await refusalOf(worlds.account.create(operation, input()));

    expect(kind).toBe('HaltedError');
    expect(shown).toContain(`LegNext refused this step. Nothing was started. LegNext says: `);
    expect(shown).toContain(reason);
  });

  test('an account without a balance is told where to see what is left', async () => {
    const poor = 'key-of-a-poor-account';
    worlds.service.settings.accounts[poor] = { name: 'Poor', plan: 'free', credits: 0 };
    const account = worlds.zapier.connect({ ...worlds.service.connection, api_key: poor });
    const { shown } = await refusalOf(account.create('shorten', { prompt: 'a red fox in snow' }));

    expect(shown).toContain('insufficient balance. The account has no balance left for this.');
    expect(shown).toContain('Get Account says what is left.');
  });
});

test('a video is asked for with a number in words, and without a prompt', async () => {
  await worlds.account.create('video', {
    origin_task_id: parents.grid,
    index: 'the second',
    resolution: 'HD (720p)',
    motion: 'High',
  });
  await worlds.account.create('extend_video', { origin_task_id: parents.film, index: 'third' });

  expect(worlds.service.creates.slice(-2).map(({ body }) => body)).toMatchObject([
    { jobId: parents.grid, imageNo: 1, videoType: 1, prompt: '--motion high' },
    { jobId: parents.film, videoNo: 2 },
  ]);
});

test('the prompt of a video may hold parameters alone', async () => {
  await worlds.account.create('video', { image_url: pictures.url, prompt: '—motion high' });

  expect(worlds.service.creates.at(-1)?.body).toMatchObject({
    prompt: `${pictures.url} --motion high`,
  });
});

test('each dropdown offers what can be followed: videos, or pictures', async () => {
  const offered = async (operation: Operation) => {
    const { results } = await worlds.account.choices('creates', operation, 'origin_task_id');
    return results.map(({ id }) => id);
  };
  const label = async (operation: Operation) => {
    const { results } = await worlds.account.choices('creates', operation, 'origin_task_id');
    return results.find(({ id }) => id === parents.film)?.label;
  };

  for (const operation of ['extend_video', 'upscale_video'] as const) {
    expect(await offered(operation)).toContain(parents.film);
    expect(await offered(operation)).not.toContain(parents.grid);
    expect(await label(operation)).toMatch(/^4 videos · /);
  }
  for (const operation of ['remix', 'enhance', 'video', 'upscale'] as const) {
    expect(await offered(operation)).toContain(parents.grid);
    expect(await offered(operation)).not.toContain(parents.film);
  }
});

describe('upscaling and zooming', () => {
  test.each([
    ['upscale', { index: '2', type: '4x' }, { imageNo: 1, type: 3 }],
    ['upscale', { index: '2', type: '2x (twice as wide and high)' }, { imageNo: 1, type: 2 }],
    ['outpaint', { index: 1, zoom_ratio: 1.25 }, { imageNo: 0, scale: 1.25 }],
    ['outpaint', { index: 1, zoom_ratio: '1.1' }, { imageNo: 0, scale: 1.1 }],
    ['outpaint', { index: 1, zoom_ratio: 'twice' }, { imageNo: 0, scale: 2 }],
  ])('%s with %j sends %j', async (operation, input, body) => {
    await worlds.account.create(operation, { origin_task_id: parents.grid, ...input });

    expect(worlds.service.creates.at(-1)?.body).toMatchObject(body);
  });
});

describe('Repaint Area by areas', () => {
  const repaint = (areas: unknown, more: Record<string, unknown> = {}) =>
    worlds.account.create('inpaint', {
      origin_task_id: parents.grid,
      index: '2',
      areas,
      prompt: 'a red scarf',
      ...more,
    });
  // Drawing it takes a while on a machine that has much else to do, and the step does not wait long.
  beforeAll(async () => {
    const { base_url } = worlds.service.connection;
    await fetch(new URL(`/images/${parents.grid}-2.png`, base_url));
  });

  const polygon = (points: number[]) => ({ width: 512, height: 512, points });

  test('measures them by the picture, with one read of its task and nothing else', async () => {
    const before = worlds.service.requests.length;
    await repaint(['25, 10, 50, 30', '0 0 100 200 px']);
    const calls = worlds.service.requests.slice(before);

    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /api/v1/job/${parents.grid}`,
      'POST /api/v1/inpaint',
    ]);
    expect(calls.at(-1)?.body).toEqual({
      jobId: parents.grid,
      imageNo: 1,
      remixPrompt: 'a red scarf',
      mask: {
        areas: [
          polygon([128, 51, 384, 51, 384, 205, 128, 205]),
          polygon([0, 0, 100, 0, 100, 200, 0, 200]),
        ],
      },
    });
  });

  test.each([
    [{}, '600, 0, 10, 10 px', 'Areas: One of them lies outside the picture, which has 512 × 512'],
    [{ origin_task_id: ID }, '1, 2, 3, 4', `Task: LegNext knows no task ${ID}.`],
    [{ index: '1', film: true }, '1, 2, 3, 4', 'Areas: The task has no picture 1 to measure'],
  ])(
    '%j is refused with areas %j',
    async ({ film, ...more }: Record<string, unknown>, areas, sentence) => {
      const before = worlds.service.creates.length;
      const { shown } = await refusalOf(
        repaint(areas, film ? { ...more, origin_task_id: parents.film } : more),
      );

      expect(shown).toContain(sentence);
      expect(shown).toContain('Nothing was started.');
      expect(worlds.service.creates).toHaveLength(before);
    },
  );

  test('says so when the picture is gone, or too small', async () => {
    worlds.service.settings.expireImages = true;
    const gone = await refusalOf(repaint('1, 2, 3, 4'));
    worlds.service.settings.expireImages = false;
    worlds.service.settings.images = { width: 256, height: 256 };
    const small = await refusalOf(repaint('1, 2, 3, 4'));
    worlds.service.settings.images = { width: 1024, height: 1024 };

    expect(gone.shown).toContain('Areas: The size of the picture could not be read at 127.0.0.1');
    expect(small.shown).toContain('500 to 4096 pixels a side, and this one has 128 × 128 pixels.');
  });
});
