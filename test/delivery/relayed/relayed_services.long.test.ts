import { callbackSecret, managementToken } from '../../../delivery/secret.ts';
import { SANDBOX_KEY } from '../../../sandbox/piapi/piapi.ts';
import { type SandboxRelay, startSandboxRelay } from '../../../sandbox/relay/relay.ts';
import type { Zap } from '../../../sandbox/zapier/zapier.ts';
import { EACH_SERVICE } from '../../support/each_service.ts';
import { filledContents } from '../../support/engines.ts';
import { quietConsole } from '../../support/quiet.ts';
import { startWorlds, taskIds, type Worlds } from '../../support/worlds.ts';

quietConsole();

let relay: SandboxRelay;
beforeAll(async () => {
  relay = await startSandboxRelay({}, await filledContents());
});
afterAll(() => relay.stop());

describe.each(EACH_SERVICE)('Through a relay on $key', ({ key, reportsProgress }) => {
  let worlds: Worlds;
  let zaps: Zap[];

  beforeEach(async () => {
    zaps = [];
    worlds = await startWorlds(
      { service: key, taskMilliseconds: 300 },
      { RELAY_URL: `${relay.url}/` },
    );
  });
  afterEach(async () => {
    // The relay outlives the worlds, and would keep calling their hooks.
    for (const zap of zaps) {
      await zap.switchOff();
    }
    await worlds.stop();
  });

  const listen = async (trigger: string): Promise<Zap> => {
    const zap = await worlds.listen(trigger);
    zaps.push(zap);
    return zap;
  };

  const settled = async (): Promise<void> => {
    await worlds.service.settled();
    await relay.settled(SANDBOX_KEY);
    await worlds.settled();
  };
  const create = (operation: string, input: Record<string, unknown>) =>
    worlds.account.create(operation, { reference: 'row-7', ...input });
  const tasksAtRelay = async (): Promise<string> => {
    const headers = { authorization: `Bearer ${managementToken(SANDBOX_KEY)}` };
    return (await fetch(`${relay.url}/v1/tasks`, { headers })).text();
  };

  it('every Zap that listens runs at the end, and a step can wait when no Zap listens', async () => {
    const waiting = await create('imagine', { prompt: 'red fox', wait_for_result: true });
    const waited = await waiting.resumed();
    await listen('task_finished');
    await listen('task_finished');
    const { output } = await create('imagine', { prompt: 'red fox' });
    await settled();

    expect(waited).toMatchObject({ task_id: waiting.output.task_id, status: 'finished' });
    expect(waiting.callbackPosts).toBe(1);
    expect(zaps.map(taskIds)).toEqual([[output.task_id], [output.task_id]]);
    expect(zaps[0]?.runs).toMatchObject([{ service: key, reference: 'row-7', succeeded: true }]);
  });

  it('a step that waits for four tasks is resumed once, with all of them', async () => {
    const grid = await create('imagine', { prompt: 'red fox' });
    await settled();
    const step = await create('upscale', {
      origin_task_id: grid.output.task_id,
      index: 'all',
      wait_for_result: true,
    });
    const waited = await step.resumed();
    await settled();

    expect(waited).toMatchObject({ status: 'finished', succeeded: true });
    expect(waited.images).toHaveLength(4);
    expect(step.callbackPosts).toBe(1);
  });

  if (reportsProgress) {
    it('progress arrives while a step waits, and not when the step declines it', async () => {
      const progress = await listen('task_progress');
      const step = await create('imagine', { prompt: 'red fox', wait_for_result: true });
      await step.resumed();
      await settled();
      const runs = progress.runs.length;
      await create('imagine', { prompt: 'red fox', notify_progress: false });
      await settled();

      expect(new Set(taskIds(progress))).toEqual(new Set([step.output.task_id]));
      expect(progress.runs).toHaveLength(runs);
    });
  }

  it('an end that is reported before its picture is there comes with it, once', async () => {
    Object.assign(worlds.service.settings, { imagelessEnd: 'early', webhooksOnEveryChange: true });
    const zap = await listen('task_finished');
    const step = await create('imagine', { prompt: 'red fox', wait_for_result: true });
    const waited = await step.resumed();
    await settled();

    expect(waited.image_url).toMatch(/\.png$/);
    expect(step.callbackPosts).toBe(1);
    expect(zap.runs).toMatchObject([{ status: 'finished', image_url: waited.image_url }]);
  });

  it("the relay's list of tasks does not contain the secret", async () => {
    await create('imagine', { prompt: 'red fox' });
    await settled();
    const shown = await tasksAtRelay();

    expect(shown).toContain(worlds.service.taskIds()[0]);
    expect(shown).not.toContain(callbackSecret(SANDBOX_KEY));
  });

  it('dropdowns offer tasks that the relay received events for, even without a history at the service', async () => {
    const { output } = await create('imagine', { prompt: 'blue heron' });
    await settled();
    const { results } = await worlds.account.choices('creates', 'upscale', 'origin_task_id');

    expect(results.map(({ id }) => id)).toContain(output.task_id);
  });
});

describe.each(['hex', 'bytes'] as const)(
  'Through a relay, a signature keyed by the hash as %s',
  (signature) => {
    let worlds: Worlds;
    beforeEach(async () => {
      const environment = { RELAY_URL: `${relay.url}/` };
      worlds = await startWorlds({ service: 'apiframe', signature }, environment);
    });
    afterEach(() => worlds.stop());

    it('is handed on to Zaps, which judge it: not for a body that was changed by one byte', async () => {
      worlds.service.settings.webhookFaults.lose = true;
      const zap = await worlds.listen('task_finished');
      const { output } = await worlds.account.create('imagine', { prompt: 'red fox' });
      await worlds.settled();
      const url = String(Object(worlds.service.creates.at(-1)?.body).webhookUrl);
      const { text = '', headers = {} } = worlds.service.webhook(String(output.task_id)) ?? {};
      const post = async (body: string) => {
        const answer = await fetch(url, { method: 'POST', headers: { ...headers }, body });
        await relay.settled(SANDBOX_KEY);
        await worlds.settled();
        return answer.status;
      };

      expect(url.startsWith(relay.url)).toBe(true);
      // Another end of the same task, as far as the relay can know.
      expect(await post(text.replace('COMPLETED', 'completed'))).toBe(200);
      expect(zap.runs).toEqual([]);
      expect(
        worlds.zapier.logs.filter(({ message }) => /signature was not made/.test(message)),
      ).toHaveLength(1);

      const next = await worlds.account.create('imagine', { prompt: 'blue fox' });
      worlds.service.settings.webhookFaults.lose = false;
      await worlds.service.settled();
      await relay.settled(SANDBOX_KEY);
      await worlds.settled();
      await zap.switchOff();
      expect(taskIds(zap)).toEqual([next.output.task_id]);
    });
  },
);
