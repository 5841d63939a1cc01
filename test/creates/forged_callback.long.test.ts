import { startSandboxRelay } from '../../sandbox/relay/relay.ts';
import { SERVICE_KEYS } from '../../sandbox/start_service.ts';
import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, taskIds, type Worlds } from '../support/worlds.ts';

/** Whoever knows a callback URL can use it up: it takes one POST. */
quietConsole();
quickPauses();

const slow = { taskMilliseconds: 3_000 };

/** A step that gave up, because somebody called it long before the end of its task. */
async function calledByStranger({ account, zapier }: Worlds): Promise<unknown> {
  const step = await account.create('imagine', { prompt: 'fox', wait_for_result: true });
  await fetch(step.callbackUrl, { method: 'POST', body: '{}' });
  expect((await refusalOf(step.resumed())).shown).toContain('may still be running');
  await zapier.settled();
  return step.output.task_id;
}

test.each(SERVICE_KEYS)(
  'through a relay on %s, the end runs a Task Finished Zap all the same, once',
  async (service) => {
    const relay = await startSandboxRelay();
    const worlds = await startWorlds({ service, ...slow }, { RELAY_URL: relay.url });
    try {
      const zap = await worlds.listen('task_finished');
      const taskId = await calledByStranger(worlds);
      await worlds.service.settled();
      await relay.settled(worlds.service.connection.api_key);
      await worlds.settled();
      expect(taskIds(zap)).toEqual([taskId]);
    } finally {
      await worlds.stop();
      await relay.stop();
    }
  },
);

test.each([
  ['piapi_unified', true],
  // Where only the end is reported, the step takes it itself, and its URL is used up (docs/gotchas.md).
  ['piapi_v2', false],
  ['legnext', false],
  ['apiframe', false],
] as const)(
  'in direct delivery on %s, the end runs a Task Finished Zap where the webhook is its own: %s',
  async (service, isHeard) => {
    const worlds = await startWorlds({ service, ...slow });
    try {
      const zap = await worlds.listen('task_finished');
      const taskId = await calledByStranger(worlds);
      await worlds.settled();
      expect(taskIds(zap)).toEqual(isHeard ? [taskId] : []);
    } finally {
      await worlds.stop();
    }
  },
);
