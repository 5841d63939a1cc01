import type { Data, OtherAppCall } from '../../recipes/run_zap.ts';
import { SERVICE_KEYS } from '../../sandbox/start_service.ts';
import { finishedParents } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { formatter, inputsOf, TemplateStage } from './stage.ts';

quietConsole();

/** The formatter, and a vision or writing model that answers this. */
const answering =
  (text: string) =>
  (call: OtherAppCall): Data | undefined =>
    call.app === 'chatgpt' ? { text } : formatter(call);

describe.each(SERVICE_KEYS)('on %s', (service) => {
  let stage: TemplateStage;
  beforeEach(async () => {
    stage = await TemplateStage.start(service);
  });
  afterEach(() => stage.stop());

  const imagine = (prompt: string, reference = '') =>
    stage.worlds.account.create('imagine', { prompt, reference });

  /** An upscale that ends while the template is on. */
  const upscale = async () => {
    const { grid } = await finishedParents(stage.worlds);
    return stage.worlds.account.create('upscale', { origin_task_id: grid, index: '1' });
  };

  test.each([
    ['content_calendar_to_post', 'buffer'],
    ['article_to_featured_image', 'wordpress'],
  ])('%s: the first of the four pictures goes on', async (key, app) => {
    const running = await stage.run(key, answering('red fox in fresh snow'));
    const [first] = inputsOf(await running.fire(0), app);

    expect(stage.filesIn(first?.file)).toEqual([expect.stringMatching(/-1\.png$/)]);
  });

  test('product_photo_to_moods: the photo goes in, and four files come out', async () => {
    const running = await stage.run('product_photo_to_moods');
    const uploads = inputsOf(await running.fire(0, { file: stage.picture }), 'dropbox');

    expect(JSON.stringify(stage.worlds.service.creates[0]?.body)).toContain(stage.picture);
    expect(uploads.map(({ file_name }) => file_name)).toEqual([
      'vase-1',
      'vase-2',
      'vase-3',
      'vase-4',
    ]);
    expect(new Set(stage.filesIn(...uploads.map(({ file }) => file))).size).toBe(4);
  });

  test('picture_to_brand_overlay: an enlarged picture is designed and kept, a first one is not', async () => {
    const running = await stage.run('picture_to_brand_overlay');
    await imagine('red fox');
    await upscale();
    await stage.settled(running);

    expect(inputsOf(running.calls, 'bannerbear')).toMatchObject([
      { photo: expect.stringMatching(/^http.+png$/) },
      { photo: expect.stringMatching(/^http.+png$/) },
    ]);
  });

  test('sheet_to_many_pins: each row is started once, and only its own ends become pins', async () => {
    const running = await stage.run('sheet_to_many_pins');
    const rows = inputsOf(await running.fire(0), 'google_sheets');
    await imagine('of another recipe', 'other/1');
    await stage.settled(running);
    const pins = inputsOf(running.calls, 'pinterest');

    expect(rows.filter(({ status }) => status === 'started').map(({ row }) => row)).toEqual([2, 3]);
    expect(pins.map(({ title }) => String(title)).sort()).toEqual([
      expect.stringContaining('ceramic vase'),
      expect.stringContaining('linen curtain'),
    ]);
    expect(stage.filesIn(...pins.map(({ file }) => file))).toHaveLength(2);
  });

  test.each([
    ['bad', 2],
    ['good', 1],
  ])('quality_check_then_reroll: a picture that is %s makes %d tasks', async (verdict, tasks) => {
    const running = await stage.run('quality_check_then_reroll', answering(verdict));
    await imagine('red fox');
    await stage.settled(running);

    expect(stage.worlds.service.taskIds()).toHaveLength(tasks);
  });

  test('costs_per_client_to_sheet: a row for each task of a client, with what it cost', async () => {
    const running = await stage.run('costs_per_client_to_sheet');
    await imagine('red fox', 'client/north');
    await imagine('of nobody');
    await stage.settled(running);
    const rows = inputsOf(running.calls, 'google_sheets');

    expect(rows).toMatchObject([{ client: 'client/north', operation: 'imagine' }]);
    expect(rows[0]?.credits_used).toBeGreaterThan(0);
    expect(rows[0]?.credits_unit).toMatch(/^(points|quota|credits)$/);
  });

  test('chat_message_to_thread: the thread of the message gets the picture', async () => {
    const running = await stage.run('chat_message_to_thread', formatter);
    await running.fire(0);
    await stage.settled(running);
    const [reply] = inputsOf(running.calls, 'slack');

    expect(reply?.thread).toBe('1773306842.000100');
    expect(stage.filesIn(reply?.files)).toHaveLength(1);
  });

  test('failed_prompt_mended: a banned prompt is tried once more, never twice', async () => {
    const running = await stage.run('failed_prompt_mended', answering('a knight covered in blood'));
    await imagine('blood', 'first/7');
    await stage.settled(running);
    await stage.settled(running);

    expect(stage.worlds.service.taskIds()).toHaveLength(2);
  });

  const withModels = service === 'piapi_unified' ? test : test.skip;

  withModels('picture_to_film: an enlarged picture becomes a film', async () => {
    const running = await stage.run('picture_to_film');
    await upscale();
    await stage.settled(running);
    await stage.settled(running);
    const films = inputsOf(running.calls, 'youtube');

    expect(films.length).toBeGreaterThan(0);
    expect(films[0]?.file).toMatch(/^http/);
  });
});
