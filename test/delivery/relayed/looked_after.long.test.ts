import { randomUUID } from 'node:crypto';
import { Agent } from 'undici';
import { callbackSecret, connectionId, managementToken } from '../../../delivery/secret.ts';
import { lookAfterOverdue } from '../../../relay/delivery/look_after.ts';
import { EACH_SERVICE } from '../../support/each_service.ts';
import { PGLITE } from '../../support/engines.ts';
import { finishedParents, inputsOf, startPictures } from '../../support/parents.ts';
import { quietConsole } from '../../support/quiet.ts';
import { startTestRelay, type TestRelay } from '../../support/relay.ts';
import { until } from '../../support/until.ts';
import { startWorlds, type Worlds } from '../../support/worlds.ts';

/** What becomes of a task whose end never reaches the relay. */
quietConsole();

let relay: TestRelay;
let agent: Agent;

beforeAll(async () => {
  relay = await startTestRelay(PGLITE);
  agent = new Agent();
});

afterAll(async () => {
  await agent.destroy();
  await relay.stop();
});

/** Lets all tasks be overdue, and asks about them as the relay does each minute. */
async function lookAfter(worlds: Worlds): Promise<number> {
  await relay.database.run(`update relay.started set worry_at = now() - interval '1 second'`);
  const asked = await lookAfterOverdue(relay.database, agent);
  await worlds.zapier.settled();
  return asked;
}

/** What the relay lists of the tasks with this reference. */
async function listed(worlds: Worlds, reference: string): Promise<unknown> {
  const query = new URLSearchParams({ body: 'false', reference });
  const headers = { authorization: `Bearer ${managementToken(worlds.service.connection.api_key)}` };
  return (await fetch(`${relay.url}/v1/tasks?${query}`, { headers })).json();
}

describe.each(EACH_SERVICE)('At $key, a task', ({ key }) => {
  let worlds: Worlds;

  beforeEach(async () => {
    await relay.database.run('delete from relay.started');
    await relay.database.run('delete from relay.hook');
    worlds = await startWorlds({ service: key }, { RELAY_URL: relay.url });
  });

  afterEach(() => worlds.stop());

  it('whose end was lost on the way reaches every Zap that listens, once', async () => {
    worlds.service.settings.webhookFaults.lose = true;
    const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
    const { output } = await worlds.account.create('imagine', {
      prompt: 'red fox',
      reference: 'row-7',
    });
    await worlds.settled();
    expect(zaps.map(({ runs }) => runs)).toEqual([[], []]);

    expect(await lookAfter(worlds)).toBe(1);
    await until('the end', () => zaps.every(({ runs }) => runs.length > 0));
    expect(await lookAfter(worlds)).toBe(0);
    await worlds.settled();
    for (const { runs } of zaps) {
      expect(runs).toMatchObject([
        {
          task_id: output.task_id,
          operation: 'imagine',
          reference: 'row-7',
          succeeded: true,
          image_url: expect.stringMatching(/^http/),
        },
      ]);
    }
  });

  it('is listed with its prompt before its first event', async () => {
    worlds.service.settings.webhookFaults.lose = true;
    const reference = `listed-${key}`;
    const { output } = await worlds.account.create('imagine', { prompt: 'red {{fox}}', reference });

    expect(await listed(worlds, reference)).toMatchObject({
      data: [
        {
          task_id: output.task_id,
          service: key,
          operation: 'imagine',
          model: 'midjourney',
          status: 'staged',
          prompt: 'red {{fox}}',
        },
      ],
    });
  });

  it('that still runs is asked about again, later each time', async () => {
    worlds.service.settings.taskMilliseconds = 60_000;
    const zap = await worlds.listen('task_finished');
    await worlds.account.create('imagine', { prompt: 'red fox' });
    expect(await lookAfter(worlds)).toBe(1);
    expect(await lookAfterOverdue(relay.database, agent)).toBe(0);
    expect(await lookAfter(worlds)).toBe(1);
    expect(zap.runs).toEqual([]);
  });

  it('whose end came in time is not asked about', async () => {
    const zap = await worlds.listen('task_finished');
    await worlds.account.create('imagine', { prompt: 'red fox' });
    await worlds.settled();
    await until('the end', () => zap.runs.length === 1);
    expect(await lookAfter(worlds)).toBe(0);
  });

  it('that the service knows no longer is a failed end that says so', async () => {
    const zap = await worlds.listen('task_finished');
    const apiKey = worlds.service.connection.api_key;
    const task_id = randomUUID();
    const query = new URLSearchParams({ service: key, operation: 'imagine', reference: 'row-8' });
    const told = await fetch(`${relay.url}/v1/started`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${managementToken(apiKey)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ task_ids: [task_id], callback: String(query), worry_seconds: 60 }),
    });
    expect(told.status).toBe(204);
    // It may only be hidden for the moment.
    expect(await lookAfter(worlds)).toBe(1);
    expect(zap.runs).toEqual([]);
    await relay.database.run(`update relay.started set started_at = now() - interval '3 hours'`);
    expect(await lookAfter(worlds)).toBe(1);
    await until('the end', () => zap.runs.length > 0);

    expect(zap.runs).toMatchObject([
      {
        task_id,
        operation: 'imagine',
        reference: 'row-8',
        succeeded: false,
        error_message: expect.stringContaining('no longer knows this task'),
      },
    ]);
  });

  it('is not read for a question that does not carry the secret', async () => {
    const zap = await worlds.listen('task_finished');
    const before = worlds.service.requests.length;
    for (const secret of ['', connectionId(callbackSecret('another key'))]) {
      await fetch(`${zap.targetUrl}?overdue=${randomUUID()}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
        body: JSON.stringify({ callback: `service=${key}`, age: 10_000 }),
      });
    }
    await worlds.zapier.settled();
    expect(worlds.service.requests.length).toBe(before);
  });
});

test('A task of another model is listed with that and its prompt before its first event', async () => {
  const worlds = await startWorlds({ service: 'apiframe' }, { RELAY_URL: relay.url });
  try {
    worlds.service.settings.webhookFaults.lose = true;
    const { output } = await worlds.account.create('create_audio', {
      model: 'mureka',
      input__prompt: 'calm piano',
      reference: 'row-10',
    });
    expect(await listed(worlds, 'row-10')).toMatchObject({
      data: [{ task_id: output.task_id, model: 'mureka', status: 'staged', prompt: 'calm piano' }],
    });
  } finally {
    await worlds.stop();
  }
});

test('Repaint Area at PiAPI, which sends no webhook for it, reaches Task Finished', async () => {
  const worlds = await startWorlds({ service: 'piapi_v2' }, { RELAY_URL: relay.url });
  const pictures = await startPictures();
  try {
    const parents = await finishedParents(worlds);
    const zap = await worlds.listen('task_finished');
    const input = inputsOf(parents, pictures.url, worlds.service.service).inpaint;
    const { output } = await worlds.account.create('inpaint', { ...input, reference: 'row-9' });
    await worlds.settled();
    expect(zap.runs).toEqual([]);

    await lookAfter(worlds);
    await until('the end', () => zap.runs.length > 0);
    expect(zap.runs).toMatchObject([
      { task_id: output.task_id, operation: 'inpaint', reference: 'row-9', succeeded: true },
    ]);
  } finally {
    await pictures.stop();
    await worlds.stop();
  }
});
