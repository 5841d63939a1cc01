import type { Operation } from '../../midjourney/operations.ts';
import { sampleOf } from '../../output/samples.ts';
import { PIAPI_V2 } from '../../services/piapi_v2.ts';
import { ALL_OPERATIONS, oddKeys } from '../support/each_service.ts';
import { type HttpServer, startHttpServer } from '../support/http_server.ts';
import { finishedParents, inputsOf, type Parents, startPictures } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

/** Requests to PiAPI v2, and bad input on any service; services/conformance.test.ts has the rest. */
quietConsole();

const OPERATIONS = ALL_OPERATIONS.filter((operation) => PIAPI_V2.operations[operation]);

let worlds: Worlds;
let pictures: HttpServer;
let parents: Parents;

beforeAll(async () => {
  worlds = await startWorlds();
  for (const account of Object.values(worlds.piapi.settings.accounts)) {
    account.plan = 'host';
  }
  pictures = await startPictures();
  parents = await finishedParents(worlds);
});
beforeEach(() => {
  worlds.piapi.settings.refuse = undefined;
  worlds.piapi.settings.now = Date.now;
});
afterAll(async () => {
  await pictures.stop();
  await worlds.stop();
});

const inputOf = (operation: Operation) =>
  inputsOf(parents, pictures.url, worlds.service.service)[operation];

const refused = (key: string, input: Record<string, unknown>) =>
  refusalOf(worlds.account.create(key, input));

test.each([
  ['one text with commas', 'https://a.example/w_1,h_2/1.png,https://a.example/2.png'],
  ['one text with line breaks', 'https://a.example/w_1,h_2/1.png\nhttps://a.example/2.png\n'],
  ['a list with holes', ['https://a.example/w_1,h_2/1.png', '', null, 'https://a.example/2.png']],
])('Blend takes its pictures as %s', async (_, image_urls) => {
  const before = worlds.piapi.creates.length;
  await worlds.account.create('blend', { image_urls });

  expect(worlds.piapi.creates[before]?.body).toMatchObject({
    image_urls: ['https://a.example/w_1,h_2/1.png', 'https://a.example/2.png'],
  });
});

test('the share page of a drive is sent as the link to its file', async () => {
  const before = worlds.piapi.creates.length;
  const image_url = 'https://www.dropbox.com/s/abc/fox.png?dl=0';
  await worlds.account.create('describe', { image_url });
  await worlds.account.create('imagine', {
    prompt: `${image_url} red fox`,
    image_prompts: image_url,
  });

  const direct = 'https://www.dropbox.com/s/abc/fox.png?dl=1';
  expect(worlds.piapi.creates.slice(before).map(({ body }) => body)).toMatchObject([
    { image_url: direct },
    { prompt: `${direct} ${direct} red fox` },
  ]);
});

test.each(OPERATIONS)(
  '%s is sent to its own path, with its choices as strings',
  async (operation) => {
    const before = worlds.piapi.requests.length;
    await worlds.account.create(operation, {
      ...inputOf(operation),
      reference: 'row-7',
      wait_for_result: false,
    });
    const { path, body: sent } = worlds.piapi.requests[before] ?? {};
    const body = Object(sent);

    expect(path).toBe(`/mj/v2/${operation}`);
    for (const key of ['index', 'zoom_ratio', 'direction', 'dimension'].filter(
      (name) => name in body,
    )) {
      expect(typeof body[key]).toBe('string');
    }
    expect('reference' in body || 'wait_for_result' in body).toBe(false);
  },
);

test.each(ALL_OPERATIONS)('the sample of %s has the keys of its outputs', (operation) => {
  expect(oddKeys(sampleOf(operation), operation)).toEqual([]);
});

test('Seed sends its parent as task_id', async () => {
  const before = worlds.piapi.requests.length;
  await worlds.account.create('seed', { origin_task_id: parents.grid });

  expect(worlds.piapi.requests[before]?.body).toEqual({ task_id: parents.grid });
});

test('Seed gives a seed and Describe a description', async () => {
  const ends = [];
  for (const operation of ['seed', 'describe'] as const) {
    const step = await worlds.account.create(operation, {
      ...inputOf(operation),
      wait_for_result: true,
    });
    ends.push(await step.resumed());
  }

  expect(ends[0]?.seed).toMatch(/^\d+$/);
  expect(ends[1]?.description).not.toBe('');
});

test('Inpaint sends the mask as base64 and no webhook fields, though a Zap listens', async () => {
  const zap = await worlds.listen('task_finished');
  const before = worlds.piapi.requests.length;
  await worlds.account.create('inpaint', inputOf('inpaint'));
  await zap.switchOff();
  const body = Object(worlds.piapi.requests[before]?.body);

  expect(Buffer.from(body.mask, 'base64').subarray(1, 4).toString()).toBe('PNG');
  expect(Object.keys(body).sort()).toEqual(['mask', 'origin_task_id', 'prompt']);
});

test('Cancel Task ends a running task and gives the canceled task', async () => {
  worlds.piapi.settings.taskMilliseconds = 30_000;
  const { output } = await worlds.account.create('imagine', { prompt: 'red fox' });
  worlds.piapi.settings.taskMilliseconds = 60;
  const canceled = await worlds.account.create('cancel_task', { task_id: output.task_id });

  expect(canceled.output).toMatchObject({ task_id: output.task_id, status: 'failed' });
  expect(oddKeys(canceled.output)).toEqual([]);
});

test('Cancel Task gives an error when the service does not know the task', async () => {
  const { kind, shown } = await refused('cancel_task', {
    task_id: 'c0d39b5a-345c-4448-a7bf-000000000000',
  });

  expect(kind).toBe('HaltedError');
  expect(shown).toContain('task not found');
});

describe('a mask that cannot be used', () => {
  test.each([
    ['/broken', 404, 'image/png', 'nothing', 'The link answers with HTTP 404.'],
    ['/page', 200, 'text/html', '<html></html>', 'The file is no PNG.'],
    ['/huge', 200, 'image/png', 'x'.repeat(10_000_001), 'larger than 10 MB'],
  ])('%s is refused before anything is started', async (path, status, type, content, sentence) => {
    const server = await startHttpServer((_request, response) => {
      response.writeHead(status, { 'content-type': type }).end(content);
    });
    const before = worlds.piapi.requests.length;
    const { shown } = await refused('inpaint', {
      origin_task_id: parents.single,
      mask: server.url + path,
    });
    await server.stop();

    expect(shown).toContain('Mask: ');
    expect(shown).toContain(sentence);
    expect(worlds.piapi.requests).toHaveLength(before);
  });
});

test('a mask whose host cannot be reached is refused with that', async () => {
  const server = await startHttpServer();
  await server.stop();
  const { shown } = await refused('inpaint', {
    origin_task_id: parents.single,
    mask: `${server.url}/mask.png`,
  });

  expect(shown).toBe(
    `Mask: ${new URL(server.url).host} could not be reached. Check the link, or choose a file from another place.\nNothing was started.`,
  );
});

describe('bad input starts no task and names its field', () => {
  const id = 'c0d39b5a-345c-4448-a7bf-5c299c38a06a';
  test.each([
    ['upscale', {}, 'Task: Choose a task'],
    [
      'upscale',
      { origin_task_id: 'https://example.com/fox.png', index: '1' },
      'Task: Choose a task',
    ],
    ['upscale', { origin_task_id: id, index: 7 }, 'Upscale: Choose one of: 1, 2, 3, 4, all'],
    [
      'variation',
      { origin_task_id: id, index: 'all' },
      'Variation: Choose one of: 1, 2, 3, 4, high_variation',
    ],
    [
      'variation',
      { origin_task_id: id, index: 1, aspect_ratio: '3-2' },
      'Aspect Ratio: Write width:height',
    ],
    ['reroll', { origin_task_id: '' }, 'Task: Choose a task'],
    ['describe', { image_url: 'fox.png' }, 'Image: Choose a file'],
    ['describe', { image_url: 'ftp://example.com/fox.png' }, 'Image: Choose a file'],
    [
      'describe',
      { image_url: 'https://example.com/red fox.png' },
      'Image: A link has a space in it. Write %20 for it',
    ],
    [
      'describe',
      { image_url: 'https://photos.app.goo.gl/abc' },
      'Image: A link leads to a page that shows the file',
    ],
    [
      'blend',
      { image_urls: 'https://example.com/red fox.png, https://example.com/2.png' },
      'Images: A link has a space in it.',
    ],
    [
      'blend',
      { image_urls: ['https://we.tl/t-1', '', 'https://example.com/2.png'] },
      'Images: A link leads to a page',
    ],
    ['blend', { image_urls: 'two foxes' }, 'Images: Choose files'],
    [
      'blend',
      { image_urls: ['https://example.com/1.png'] },
      'Images: Choose at least two pictures, each in a line of its own.',
    ],
    [
      'blend',
      { image_urls: Array(6).fill('https://example.com/1.png') },
      'Images: Choose at most five',
    ],
    ['blend', { image_urls: ['https://example.com/1.png', 'two'] }, 'Images: Choose files'],
    [
      'blend',
      { image_urls: Array(2).fill('https://example.com/1.png'), dimension: 'round' },
      'Dimension: Choose one of',
    ],
    ['seed', { origin_task_id: 42 }, 'Task: Choose a task'],
    [
      'pan',
      { origin_task_id: id, direction: 'north' },
      'Direction: Choose one of: up, down, left, right',
    ],
    ['outpaint', { origin_task_id: id, zoom_ratio: 3 }, 'Zoom Ratio: Choose one of: 1.5, 2, 1'],
    ['inpaint', { origin_task_id: id, mask: 'mask' }, 'Mask: Choose a file'],
    ['inpaint', { origin_task_id: id }, 'Mask: Choose a file'],
    ['cancel_task', { task_id: 'x' }, 'Task: Choose a task'],
  ])('%s %j', async (key, input, sentence) => {
    const before = worlds.piapi.requests.length;
    const { kind, shown } = await refused(key, input);

    expect(kind).toBe('HaltedError');
    expect(shown).toContain(sentence);
    expect(worlds.piapi.requests).toHaveLength(before);
  });
});

describe('a refusal by the service is explained', () => {
  const unknown = 'c0d39b5a-345c-4448-a7bf-000000000000';
  test.each(['upscale', 'variation', 'reroll', 'seed', 'pan', 'outpaint', 'inpaint'] as const)(
    '%s of a task that is not known, and of one that is too old',
    async (operation) => {
      const missing = await refused(operation, {
        ...inputOf(operation),
        origin_task_id: unknown,
      });
      worlds.piapi.settings.now = () => Date.now() + 4 * 3600 * 1000;
      const old = await refused(operation, inputOf(operation));

      expect([missing.kind, old.kind]).toEqual(['HaltedError', 'HaltedError']);
      expect(missing.shown).toContain('parent task not found');
      expect(old.shown).toContain('about 3 hours');
    },
  );

  test('a task whose picture cannot be opened fails with advice on links', async () => {
    const step = await worlds.account.create('describe', {
      image_url: 'https://pictures.invalid/fox.png',
      wait_for_result: true,
    });

    await expect(step.resumed()).rejects.toMatchObject({
      kind: 'HaltedError',
      shown: expect.stringContaining('public link'),
    });
  });
});
