import type { ZObject } from 'zapier-platform-core';
import { tellStarted } from '../../../delivery/relayed/look_after.ts';
import type { Task } from '../../../midjourney/task.ts';
import { aTask } from '../../support/tasks.ts';
import { answering, logOf, zOf } from '../../support/z.ts';

/** What a step tells the relay once its tasks were started. */
let z: ZObject;
let lines: string[];
beforeEach(async () => {
  z = await zOf();
  lines = logOf(z);
});

/** What the relay, which answers with this status, is told of these tasks. */
async function told(tasks: readonly Task[], status = 204): Promise<unknown[]> {
  const sent = answering(z, () => status);
  const relay = { url: 'https://relay.example.com', token: 'M', accessToken: '' };
  await tellStarted(z, relay, tasks, {
    callback: 'service=piapi_v2',
    worry_seconds: 720,
    end: Number.POSITIVE_INFINITY,
  });
  return sent.map(({ body }) => JSON.parse(String(body)));
}

test('the relay is told what runs, with the model, and a prompt for each or ""', async () => {
  const tasks = [aTask({ id: 'a', model: 'kling', prompt: 'a {{red}} fox' }), aTask({ id: 'b' })];

  expect(await told(tasks)).toEqual([
    {
      task_ids: ['a', 'b'],
      callback: 'service=piapi_v2',
      worry_seconds: 720,
      model: 'kling',
      prompts: ['a {{red}} fox', ''],
    },
  ]);
  expect(lines).toEqual([]);
});

test('a prompt is cut after 4,000 characters without half a character, a model after 200', async () => {
  const long = aTask({ prompt: `${'x'.repeat(3_999)}🦊`, model: 'm'.repeat(201) });

  expect(await told([long])).toMatchObject([
    { model: 'm'.repeat(200), prompts: [`${'x'.repeat(3_999)}\uFFFD`] },
  ]);
});

test('the relay is not called when nothing was started', async () => {
  expect(await told([])).toEqual([]);
});

test.each([500, 400])('a relay that answers %i does not stop the step', async (status) => {
  expect(await told([aTask()], status)).toHaveLength(1);
  expect(lines).toEqual(['The relay was not told which tasks to look after.']);
});
