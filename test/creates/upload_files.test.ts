import { type HttpServer, startHttpServer } from '../support/http_server.ts';
import { startPictures } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

const CASES = [
  ['apiframe', { model: 'kling-2.1', task_type: '' }, 'start_image', '/v2/uploads'],
  [
    'piapi_unified',
    { model: 'kling', task_type: 'video_generation' },
    'image_url',
    '/api/ephemeral_resource',
  ],
] as const;

/** What is no picture, or none that is taken. */
const CONTENTS: Readonly<Record<string, Buffer | string>> = {
  '/empty': '',
  '/text': 'just a text',
  '/heic': Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'),
  '/large': Buffer.concat([Buffer.from('\x89PNG\r\n', 'latin1'), Buffer.alloc(51_000_000)]),
};

describe.each(CASES)('%s', (service, chosen, key, path) => {
  let worlds: Worlds;
  let pictures: HttpServer;
  let texts: HttpServer;
  beforeAll(async () => {
    worlds = await startWorlds({ service });
    pictures = await startPictures();
    texts = await startHttpServer((request, response) => {
      response.writeHead(200).end(CONTENTS[request.url ?? ''] ?? '<html>sign in</html>');
    });
  });
  afterAll(async () => {
    await pictures.stop();
    await texts.stop();
    await worlds.stop();
  });

  const create = (picture: string, more: Record<string, unknown> = {}) =>
    worlds.account.create('create_video', {
      ...chosen,
      input__prompt: 'the fox runs away',
      [`input__${key}`]: picture,
      ...more,
    });

  const pictureSent = () => JSON.stringify(worlds.service.creates.at(-1)?.body);

  test('a file is handed to the service first, and the task gets the link that it says', async () => {
    await create(pictures.url, { upload_files_first: 'yes' });

    const link = /http[^"]+\/uploads\/[^"]+\.png/.exec(pictureSent())?.[0] ?? '';
    const kept = await fetch(link);
    expect(kept.status).toBe(200);
    expect(
      Buffer.from(await kept.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(worlds.service.requests.filter((request) => request.path === path)).toHaveLength(1);
    await worlds.settled();
  });

  test('without the choice the link is given as it is', async () => {
    const before = worlds.service.requests.length;
    await create(pictures.url);

    expect(pictureSent()).toContain(pictures.url);
    expect(worlds.service.requests.slice(before).map((request) => request.path)).not.toContain(
      path,
    );
    await worlds.settled();
  });

  test('the free sample hands nothing over', async () => {
    const before = worlds.service.requests.length;
    await worlds.account.create(
      'create_video',
      {
        ...chosen,
        input__prompt: 'the fox runs away',
        [`input__${key}`]: pictures.url,
        upload_files_first: true,
        test_with: 'sample',
      },
      { editor: true },
    );

    expect(worlds.service.requests.slice(before)).toEqual([]);
  });

  test.each([
    ['an empty file', '/empty', /The file is empty\./],
    ['a text', '/text', /takes files of these types: .*png/],
    ['a picture of a phone', '/heic', /takes files of these types: .*png/],
    ['a file that is larger than the service takes', '/large', /larger than (10|25|50) MB/],
  ])('%s is named, and starts nothing', async (_what, file, sentence) => {
    const before = worlds.service.creates.length;
    const { shown } = await refusalOf(create(texts.url + file, { upload_files_first: true }));

    expect(shown).toMatch(sentence);
    expect(shown).toMatch(/Nothing was started\.$/);
    expect(worlds.service.creates.length).toBe(before);
  });

  test('a page in place of a file is named, and starts nothing', async () => {
    const before = worlds.service.creates.length;
    const { shown } = await refusalOf(create(texts.url, { upload_files_first: true }));

    expect(shown).toMatch(/leads to a web page and not to a file\..*\sNothing was started\.$/s);
    expect(worlds.service.creates.length).toBe(before);
  });
});

test('a plan without uploads is named, and starts nothing', async () => {
  const worlds = await startWorlds({ service: 'piapi_unified' });
  const pictures = await startPictures();
  try {
    for (const account of Object.values(worlds.service.settings.accounts)) {
      account.plan = 'free';
    }
    const { shown } = await refusalOf(
      worlds.account.create('edit_media', {
        model: 'Qubico/image-toolkit',
        task_type: 'upscale',
        input__image: pictures.url,
        upload_files_first: true,
      }),
    );

    expect(shown).toContain('Nothing was started.');
    expect(shown).toContain('Insufficient plan level');
    expect(worlds.service.creates).toEqual([]);
  } finally {
    await pictures.stop();
    await worlds.stop();
  }
});

test('a service that cannot be reached for the file is named, and starts nothing', async () => {
  const worlds = await startWorlds({ service: 'piapi_unified' });
  const pictures = await startPictures();
  try {
    await worlds.service.stop();
    const { shown } = await refusalOf(
      worlds.account.create('edit_media', {
        model: 'Qubico/image-toolkit',
        task_type: 'upscale',
        input__image: pictures.url,
        upload_files_first: true,
      }),
    );

    expect(shown).toMatch(/could not be reached to hand it the file\. Nothing was started\./);
  } finally {
    await pictures.stop();
    await worlds.stop();
  }
});

/** What is said of a file where the service answers its upload so. */
async function saidOfUpload(status: number, answer: object): Promise<string> {
  const worlds = await startWorlds({ service: 'piapi_unified' });
  const pictures = await startPictures();
  const uploads = await startHttpServer((_request, response) => {
    response.writeHead(status).end(JSON.stringify(answer));
  });
  const account = worlds.zapier.connect({ ...worlds.service.connection, base_url: uploads.url });
  try {
    const { shown } = await refusalOf(
      account.create('edit_media', {
        model: 'Qubico/image-toolkit',
        task_type: 'upscale',
        input__image: pictures.url,
        upload_files_first: true,
      }),
    );
    return shown;
  } finally {
    await uploads.stop();
    await pictures.stop();
    await worlds.stop();
  }
}

test.each([
  [500, /had an internal error/],
  [413, /refused|too large/i],
])(
  'a file that the service answers with %i is named with the way out, and starts nothing',
  async (status, words) => {
    const shown = await saidOfUpload(status, { message: 'file too large' });

    expect(shown).toMatch(words);
    expect(shown).toMatch(
      /^Picture: The file could not be handed over\..*Nothing was started\..*set Upload Files First to no\.$/s,
    );
  },
);

test('an answer without a link is named, and starts nothing', async () => {
  expect(await saidOfUpload(200, { data: { url: '/files/fox.png' } })).toContain(
    'did not say where it keeps the file',
  );
});
