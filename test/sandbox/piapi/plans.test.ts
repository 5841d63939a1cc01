import * as zod from 'zod/mini';
import { type Plan, SANDBOX_KEY } from '../../../sandbox/piapi/piapi.ts';
import { startHook } from '../hook.ts';
import { startClient } from './client.ts';

const task = zod.object({ task_result: zod.record(zod.string(), zod.unknown()) });
type Task = zod.infer<typeof task>;

/** The last preview state and the end of an imagine on this plan. */
async function imagineOn(plan: Plan): Promise<{ running: Task; ended: Task; image: string }> {
  const accounts = { [SANDBOX_KEY]: { name: 'Sandbox Studio', plan, credits: 1 } };
  const client = await startClient({ accounts, progressSteps: [0, 46] });
  const hook = await startHook();
  try {
    const webhook = { webhook_endpoint: hook.url, notify_progress: true };
    const id = await client.finish('imagine', { prompt: 'a dog', ...webhook });
    const [, running, ended] = client.piapi.webhooks.map(({ body }) => task.parse(body));
    if (running === undefined || ended === undefined) {
      throw new Error('no webhooks');
    }
    return { running, ended, image: `${client.piapi.url}/images/${id}` };
  } finally {
    await client.piapi.stop();
    await hook.stop();
  }
}

const split = (image: string) => [1, 2, 3, 4].map((number) => `${image}-${number}.png`);

it('free shows the grid alone', async () => {
  const { running, ended, image } = await imagineOn('free');
  expect(running.task_result.task_progress).toBe(0);
  expect(ended.task_result).toMatchObject({
    image_url: `${image}.png`,
    image_urls: [],
    discord_image_url: '',
    task_progress: 0,
  });
  expect(ended.task_result).not.toHaveProperty('temporary_image_urls');
});

it('creator shows progress too', async () => {
  const { running, ended } = await imagineOn('creator');
  expect(running.task_result).toMatchObject({ task_progress: 46, intermediate_image_urls: [] });
  expect(ended.task_result).toMatchObject({ task_progress: 100, discord_image_url: '' });
  expect(ended.task_result).not.toHaveProperty('temporary_image_urls');
});

it('pro shows the four images and the one on Discord too', async () => {
  const { running, ended, image } = await imagineOn('pro');
  expect(running.task_result.intermediate_image_urls).toEqual([]);
  expect(ended.task_result).toMatchObject({
    discord_image_url: expect.stringContaining(image),
    image_urls: null,
    temporary_image_urls: split(image),
  });
});

it('host shows previews too', async () => {
  const { running, ended, image } = await imagineOn('host');
  expect(running.task_result.intermediate_image_urls).toEqual([`${image}-p46.png`]);
  expect(ended.task_result).toMatchObject({
    intermediate_image_urls: [],
    image_urls: split(image),
    temporary_image_urls: split(image),
  });
});
