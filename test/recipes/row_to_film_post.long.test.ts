import { quietConsole } from '../support/quiet.ts';
import { inputsOf, TemplateStage } from './stage.ts';

quietConsole();

let stage: TemplateStage;
beforeEach(async () => {
  stage = await TemplateStage.start('apiframe');
});
afterEach(() => stage.stop());

test('row_to_film_post: the first picture becomes the first frame of a film, which is posted', async () => {
  const running = await stage.run('row_to_film_post');
  const [post] = inputsOf(await running.fire(0), 'instagram');

  expect(post).toMatchObject({
    caption: 'First snow',
    video: expect.stringMatching(/^http.+\.mp4$/),
  });
  expect(stage.worlds.service.creates.at(-1)?.body).toMatchObject({
    model: 'kling-3.0',
    klingParams: { start_image: expect.stringMatching(/-1\.png$/) },
  });
});

test.each([
  ['midjourney-video', 'input__start_image'],
  ['veo-3.1', 'input__image'],
])('the same picture goes into %s', async (model, field) => {
  const { account } = stage.worlds;
  const grid = await (
    await account.create('imagine', { prompt: 'red fox', wait_for_result: true })
  ).resumed();
  const film = await (
    await account.create('create_video', {
      model,
      input__prompt: 'the fox looks around',
      [field]: grid.image_1_url,
      wait_for_result: true,
    })
  ).resumed();

  expect(film).toMatchObject({
    operation: 'create_video',
    succeeded: true,
    video_url: expect.stringMatching(/\.mp4$/),
  });
});
