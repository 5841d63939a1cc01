import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { type FastifyReply, fastify } from 'fastify';
import type { Bundle, ZObject } from 'zapier-platform-core';
import hydrators from '../../hydrators.ts';
import app from '../../index.ts';
import type { Task } from '../../midjourney/task.ts';
import { downloadWithin } from '../../output/download_file.ts';
import { fileOf } from '../../output/file_pointer.ts';
import type { Picture } from '../../output/open_picture.ts';
import { type Piapi, SANDBOX_KEY, startPiapi } from '../../sandbox/piapi/piapi.ts';
import {
  type Connection,
  SandboxStepError,
  startZapier,
  type Zapier,
} from '../../sandbox/zapier/zapier.ts';
import { quietConsole } from '../support/quiet.ts';
import { aTask } from '../support/tasks.ts';
import { zOf } from '../support/z.ts';

quietConsole();

interface Pointed extends Record<string, unknown> {
  task: Partial<Task>;
  url: string;
  number: number;
}

/** The app with a step whose only output is a file pointer, and hydrators with low limits. */
const appWithFiles = {
  ...app,
  hydrators: {
    ...hydrators,
    download_little: downloadWithin({ bytes: 100_000, milliseconds: 20_000 }),
    download_soon: downloadWithin({ bytes: 100_000, milliseconds: 300 }),
  },
  creates: {
    ...app.creates,
    point: {
      key: 'point',
      noun: 'Pointer',
      display: { label: 'Point', description: 'Points at a picture.' },
      operation: {
        perform: async (z: ZObject, { inputData }: Bundle<Pointed>) => ({
          file: fileOf(z, aTask(inputData.task), inputData.url, { number: inputData.number }),
        }),
      },
    },
  },
};

const PNG = Buffer.from('a little picture');

/** Sends the headers and the first bytes, and leaves the response open. */
function begin(reply: FastifyReply, headers: Record<string, string> = {}) {
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'image/png', ...headers });
  reply.raw.write(PNG);
  return reply.raw;
}

/** A picture host with working and failing routes. */
async function startHost() {
  const server = fastify({ forceCloseConnections: true });
  const received: { url: string; headers: IncomingHttpHeaders; closed: Promise<unknown> }[] = [];
  server.addHook('onRequest', async ({ url, headers }, reply) => {
    received.push({ url, headers, closed: once(reply.raw, 'close') });
  });
  server.get('/fox.png', async (_, reply) => reply.type('image/png').send(PNG));
  server.get('/fox.webp', async (_, reply) => reply.type('image/webp').send(PNG));
  server.get('/untyped', async (_, reply) => reply.hijack().raw.end(PNG));
  server.get('/page', async (_, reply) => reply.type('text/html; charset=utf-8').send('Log in'));
  server.get('/json', async () => ({ error: 'expired' }));
  server.get('/xml', async (_, reply) => reply.type('application/xml').send('<Error/>'));
  server.get('/text', async (_, reply) => reply.type('text/plain').send('Not here.'));
  server.get('/nothing', async (_, reply) => reply.type('image/png').send(Buffer.alloc(0)));
  server.get('/untyped-page', async (_, reply) => reply.hijack().raw.end('<!doctype html><p>Hi'));
  server.get('/untyped-json', async (_, reply) =>
    reply.type('application/octet-stream').send(Buffer.from('{"error": "expired"}')),
  );
  server.get<{ Params: { code: string } }>('/status/:code', async ({ params }, reply) =>
    reply.code(Number(params.code)).send({ internal: 'of the host' }),
  );
  server.get('/silent', async (_, reply) => reply.hijack());
  server.get('/stuck', (_, reply) => void begin(reply));
  server.get('/lying', (_, reply) => void begin(reply, { 'content-length': '120000001' }));
  server.get('/broken', (_, reply) => {
    const raw = begin(reply);
    setTimeout(() => raw.destroy(), 50);
  });
  server.get('/cut', (_, reply) => {
    const raw = begin(reply, { 'content-length': '1000' });
    setTimeout(() => raw.destroy(), 50);
  });
  server.get('/endless', (_, reply) => {
    const raw = begin(reply);
    const fill = () => {
      while (raw.write(Buffer.alloc(16_384))) {}
    };
    raw.on('drain', fill);
    fill();
  });
  server.post('/mj/v2/fetch', async () => ({
    task_id: 'task-1',
    task_result: { image_url: `${server.listeningOrigin}/status/410` },
  }));
  server.get<{ Querystring: { url: string } }>('/to', async ({ query }, reply) =>
    reply.redirect(query.url),
  );
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  /** The same host under a name that core does not recognise as this machine. */
  const elsewhere = url.replace('127.0.0.1', '0.0.0.0');
  return { url, elsewhere, received, stop: () => server.close() };
}

let piapi: Piapi;
let zapier: Zapier;
let host: Awaited<ReturnType<typeof startHost>>;
let account: Connection;
beforeEach(async () => {
  piapi = await startPiapi({ taskMilliseconds: 30, images: { width: 16, height: 16 } });
  host = await startHost();
  zapier = await startZapier(appWithFiles);
  account = zapier.connect({ api_key: SANDBOX_KEY, base_url: piapi.url });
});
afterEach(async () => {
  await Promise.all([zapier.stop(), piapi.stop(), host.stop()]);
});

/** A task that has finished, and where its pictures are. */
async function finishedTask() {
  const { output } = await account.create('imagine', { prompt: 'red fox --v 6' });
  await piapi.settled();
  const id = String(output.task_id);
  const result = piapi.task(id)?.task_result;
  return { id, grid: result?.image_url ?? '', split: result?.temporary_image_urls ?? [] };
}

async function pointer(task: Partial<Task>, url: string, number: number): Promise<string> {
  const { output } = await account.create('point', { task, url, number });
  return String(output.file);
}

const stashed = (url: unknown) => zapier.files.get(String(url));

const bytesAt = async (url: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(url)).arrayBuffer());

const picture = (url: string, known: Partial<Picture> = {}) => ({
  inputData: { url, task_id: 'unknown', number: 1, file_name: 'fox.png', ...known },
});

const download = async (url: string, known?: Partial<Picture>, connection = account) =>
  stashed((await connection.invoke('hydrators.downloadPicture', picture(url, known))).results);

async function refusal(run: Promise<unknown>): Promise<SandboxStepError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof SandboxStepError) {
      return error;
    }
    throw error;
  }
  throw new Error('The download was expected to be refused.');
}

const fetches = () => piapi.requests.filter(({ path }) => path === '/mj/v2/fetch');

test('a pointer becomes the picture, with its own file name', async () => {
  const { id, split } = await finishedTask();
  const [, second = ''] = split;
  const file = await pointer({ id, prompt: 'red fox --v 6', imageUrls: split }, second, 2);

  expect(stashed(await account.hydrate(file))).toEqual({
    filename: `red-fox-${id.slice(0, 8)}-2.png`,
    contentType: 'image/png',
    content: await bytesAt(second),
  });
  expect(fetches()).toHaveLength(0);
});

test('there is no pointer without a URL, or with a URL that is too long for it', async () => {
  expect(await pointer({}, '', 1)).toBe('null');
  expect(await pointer({}, `${host.url}/${'x'.repeat(8_000)}`, 1)).toBe('null');
  expect(await pointer({}, `${host.url}/${'x'.repeat(7_900)}`, 1)).toMatch(/^hydrate/);
});

test("a file has the picture's own content type", async () => {
  expect(await download(`${host.url}/fox.webp`)).toMatchObject({ contentType: 'image/webp' });
  expect(await download(`${host.url}/untyped`)).toMatchObject({
    contentType: 'application/octet-stream',
    content: PNG,
  });
});

test('the API key goes neither to a picture host nor to where it redirects', async () => {
  const there = encodeURIComponent(`${host.elsewhere}/fox.png`);

  expect(await download(`${host.url}/to?url=${there}`)).toMatchObject({ content: PNG });
  expect(host.received.map(({ url }) => url)).toEqual([`/to?url=${there}`, '/fox.png']);
  for (const { headers } of host.received) {
    expect(headers).not.toHaveProperty('x-api-key');
    expect(JSON.stringify(headers)).not.toContain(SANDBOX_KEY);
  }
});

test('a redirect from the service is not followed, so the API key stays there', async () => {
  const connection = zapier.connect({ api_key: SANDBOX_KEY, base_url: host.url });
  const there = encodeURIComponent(`${host.elsewhere}/fox.png`);
  const { shown } = await refusal(download(`${host.url}/to?url=${there}`, {}, connection));

  expect(shown).toContain('HTTP 302');
  expect(host.received).toHaveLength(1);
});

test('a redirect to this machine or to a file is refused', async () => {
  for (const place of [`${host.url}/fox.png`, 'file:///etc/hosts']) {
    const { shown } = await refusal(download(`${host.url}/to?url=${encodeURIComponent(place)}`));
    expect(shown).toBe(
      `The picture could not be loaded from ${new URL(host.url).host}. Run the step again in a few minutes.`,
    );
  }
});

test('a link that contains {{…}} is encoded, so that core fills in nothing', async () => {
  const z = await zOf(appWithFiles);

  expect(
    fileOf(z, aTask(), `${host.url}/fox.png?name={{bundle.authData.api_key}}`, { number: 1 }),
  ).toContain(`"url":"${host.url}/fox.png?name=%7B%7Bbundle.authData.api_key%7D%7D"`);
});

test.each([403, 404, 410])('after a %i the link is renewed once', async (code) => {
  const { id, grid, split } = await finishedTask();
  const dead = `${host.url}/status/${code}`;
  const [, , third = ''] = split;

  expect(await download(dead, { task_id: id, number: 0 })).toMatchObject({
    content: await bytesAt(grid),
  });
  expect(await download(dead, { task_id: id, number: 3 })).toMatchObject({
    content: await bytesAt(third),
  });
  expect(fetches()).toHaveLength(2);
});

test('the single image is renewed as the single image, even if its number in a step is 1', async () => {
  const { id, grid } = await finishedTask();
  const dead = `${host.url}/status/410`;
  const file = await pointer({ id, prompt: 'red fox', imageUrl: dead }, dead, 1);

  expect(stashed(await account.hydrate(file))).toMatchObject({
    filename: `red-fox-${id.slice(0, 8)}.png`,
    content: await bytesAt(grid),
  });
});

const EXPIRED =
  "The picture's link has expired; PiAPI keeps results about 3 days. Run the Midjourney task again, and save its pictures in the Zap that Task Finished starts.";

test('a link that still fails after renewal gives an error that it has expired', async () => {
  const { id, grid } = await finishedTask();
  piapi.settings.expireImages = true;

  const same = await refusal(download(grid, { task_id: id, number: 0 }));
  expect(same).toMatchObject({ kind: 'HaltedError', shown: EXPIRED });
  const fresh = await refusal(download(`${host.url}/status/404`, { task_id: id, number: 0 }));
  expect(fresh).toMatchObject({ kind: 'HaltedError', shown: EXPIRED });
  const noSuchNumber = await refusal(
    download(`${host.url}/status/404`, { task_id: id, number: 9 }),
  );
  expect(noSuchNumber.shown).toBe(EXPIRED);
  expect(fetches()).toHaveLength(3);
});

test('a failed link is not fetched again when the service has no other', async () => {
  const connection = zapier.connect({ api_key: SANDBOX_KEY, base_url: host.url });
  const { shown } = await refusal(download(`${host.url}/status/410`, { number: 0 }, connection));

  expect(shown).toBe(EXPIRED);
  expect(host.received.map(({ url }) => url)).toEqual(['/status/410', '/mj/v2/fetch']);
});

test('a link of a task that the service no longer knows gives an error that it has expired', async () => {
  const { shown } = await refusal(download(`${host.url}/status/403`, { task_id: 'forgotten' }));

  expect(shown).toBe(EXPIRED);
});

test('a picture over 120 MB is refused before its body is read', async () => {
  const error = await refusal(download(`${host.url}/lying`));

  expect(error).toMatchObject({
    kind: 'HaltedError',
    shown:
      'The picture is larger than 120 MB, which is more than Zapier passes on. Map its URL instead of its file.',
  });
  await host.received[0]?.closed;
});

test('a picture of unknown size is refused once too many bytes have arrived', async () => {
  const { kind, shown } = await refusal(
    account.invoke('hydrators.download_little', picture(`${host.url}/endless`)),
  );

  expect({ kind, shown }).toEqual({
    kind: 'HaltedError',
    shown: expect.stringContaining('larger than 0.1 MB'),
  });
  expect(zapier.files.size).toBe(0);
  await host.received[0]?.closed;
});

// node-fetch does not notice when a response of known length is cut off.
test.each(['silent', 'stuck', 'cut'])(
  'a host that stops sending makes the download time out: %s',
  async (path) => {
    const { shown } = await refusal(
      account.invoke('hydrators.download_soon', picture(`${host.url}/${path}`)),
    );

    expect(shown).toBe('The picture did not arrive in time. Run the step again in a few minutes.');
    await host.received[0]?.closed;
  },
);

test('a download that breaks off fails and stores no file', async () => {
  const { shown } = await refusal(download(`${host.url}/broken`));

  expect(shown).toContain('The picture could not be loaded from 127.0.0.1:');
  expect(zapier.files.size).toBe(0);
});

test.each([
  ['/page', 'a web page'],
  ['/json', 'JSON'],
  ['/xml', 'XML'],
  ['/text', 'text'],
  ['/nothing', 'nothing'],
  ['/untyped-page', 'a web page'],
  ['/untyped-json', 'JSON'],
])('%s answers 200 with something else than a picture, which is refused', async (path, instead) => {
  const { shown } = await refusal(download(`${host.url}${path}`));

  expect(shown).toContain(`answered with ${instead} of 127.0.0.1:`);
});

test('a text of 200 counts as an expired link: the picture is fetched from where it is now', async () => {
  const { id, grid } = await finishedTask();
  const file = await download(`${host.url}/json`, { task_id: id, number: 0 });

  expect(file).toMatchObject({ content: await bytesAt(grid) });
});

test.each([401, 429, 500])(
  'the error for HTTP %i does not contain what the host wrote',
  async (code) => {
    const { shown } = await refusal(download(`${host.url}/status/${code}?signature=abc`));

    expect(shown).toBe(
      `${new URL(host.url).host} did not give the picture (HTTP ${code}). Run the step again in a few minutes.`,
    );
  },
);

test('the error for an unreachable host does not contain the signature of the link', async () => {
  const { url } = host;
  await host.stop();
  const { shown } = await refusal(download(`${url}/fox.png?signature=abc`));

  expect(shown).toBe(
    `The picture could not be loaded from ${new URL(url).host}. Run the step again in a few minutes.`,
  );
});

test.each([{ url: 'file:///etc/hosts' }, { url: '' }, { number: -1 }, { file_name: '' }])(
  'a pointer with %j is refused',
  async (known) => {
    const { shown } = await refusal(download(`${host.url}/fox.png`, known));

    expect(shown).toContain('cannot read the file that was mapped');
  },
);
