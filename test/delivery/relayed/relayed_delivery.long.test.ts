import { managementToken } from '../../../delivery/secret.ts';
import { SANDBOX_KEY } from '../../../sandbox/piapi/piapi.ts';
import { type SandboxRelay, startSandboxRelay } from '../../../sandbox/relay/relay.ts';
import { filledContents } from '../../support/engines.ts';
import { startHttpServer } from '../../support/http_server.ts';
import { quietConsole } from '../../support/quiet.ts';
import { startWorlds, taskIds, type Worlds } from '../../support/worlds.ts';

quietConsole();

let relay: SandboxRelay;
let worlds: Worlds;

beforeAll(async () => {
  relay = await startSandboxRelay({}, await filledContents());
});

beforeEach(async () => {
  worlds = await startWorlds({}, { RELAY_URL: `${relay.url}/` });
});

afterEach(async () => {
  await worlds.stop();
});

afterAll(async () => {
  await relay.stop();
});

async function settled(): Promise<void> {
  await worlds.piapi.settled();
  await relay.settled(SANDBOX_KEY);
  await worlds.settled();
}

const hooksAtRelay = async (): Promise<unknown> => {
  const headers = { authorization: `Bearer ${managementToken(SANDBOX_KEY)}` };
  return (await fetch(`${relay.url}/v1/hooks`, { headers })).json();
};

const tasksAtService = () =>
  worlds.piapi.requests.filter(({ path }) => /\/(imagine|upscale)$/.test(path)).length;

describe('Through a relay', () => {
  it('every Zap that listens runs once for each end', async () => {
    const zaps = [
      await worlds.listen('task_finished'),
      await worlds.listen('task_finished'),
      await worlds.listen('task_finished', { operations: ['upscale'] }),
    ];
    const { output } = await worlds.account.create('imagine', {
      prompt: 'red fox',
      reference: 'row-1',
    });
    await settled();
    expect(zaps.map(taskIds)).toEqual([[output.task_id], [output.task_id], []]);
    expect(zaps[0]?.runs[0]).toMatchObject({ reference: 'row-1', succeeded: true });
    for (const zap of zaps) {
      await zap.switchOff();
    }
  });

  it('a reference that contains {{…}} reaches every Zap, and those that filter by it', async () => {
    const reference = '{{bundle.x}} {{y}}';
    const zaps = [
      await worlds.listen('task_finished'),
      await worlds.listen('task_finished', { reference }),
    ];
    await worlds.account.create('imagine', { prompt: 'red fox', reference });
    await settled();
    expect(zaps.map(({ runs }) => runs.map((run) => run.reference))).toEqual([
      [reference],
      [reference],
    ]);
    for (const zap of zaps) {
      await zap.switchOff();
    }
  });

  it('the relay knows what a Zap listens for, as long as it is on', async () => {
    const zap = await worlds.listen('task_finished', {
      operations: ['upscale'],
      reference: 'row-1',
    });
    const id = zap.subscribeData?.id;
    const whileOn = await hooksAtRelay();
    await zap.switchOff();

    expect(whileOn).toMatchObject({
      data: [{ id, event: 'task.finished', operations: ['upscale'], reference: 'row-1' }],
    });
    expect(await hooksAtRelay()).toEqual({ data: [] });
  });

  it('a Zap that was switched off no longer runs', async () => {
    const zap = await worlds.listen('task_finished');
    await zap.switchOff();
    await worlds.account.create('imagine', { prompt: 'red fox' });
    await settled();
    expect(zap.runs).toEqual([]);
  });

  it('progress arrives while a step waits for the same task', async () => {
    const progress = await worlds.listen('task_progress');
    const finished = await worlds.listen('task_finished');
    const step = await worlds.account.create('imagine', {
      prompt: 'red fox',
      wait_for_result: true,
    });
    const output = await step.resumed();
    await settled();
    expect(output).toMatchObject({ succeeded: true, status: 'finished' });
    expect(progress.runs.length).toBeGreaterThan(0);
    expect(taskIds(finished)).toEqual([output.task_id]);
    await progress.switchOff();
    await finished.switchOff();
  });

  it('a step that waits for four upscales is resumed once, after the last of them', async () => {
    const finished = await worlds.listen('task_finished');
    const grid = await worlds.account.create('imagine', { prompt: 'red fox' });
    await settled();
    const step = await worlds.account.create('upscale', {
      origin_task_id: grid.output.task_id,
      index: 'all',
      wait_for_result: true,
    });
    const output = await step.resumed();
    await settled();
    expect(output.images).toHaveLength(4);
    expect(output.tasks).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ status: 'finished' })),
    );
    expect(finished.runs).toHaveLength(5);
    await finished.switchOff();
  });

  it('a step is resumed when the service refused one of its four tasks', async () => {
    const grid = await worlds.account.create('imagine', { prompt: 'red fox' });
    await settled();
    worlds.piapi.settings.refuse = {
      status: 400,
      body: { task_id: '', status: '', message: 'no more tasks' },
      times: 1,
    };
    const step = await worlds.account.create('upscale', {
      origin_task_id: grid.output.task_id,
      index: 'all',
      wait_for_result: true,
    });
    const output = await step.resumed();
    expect(output.images).toHaveLength(3);
  });

  it('the dropdown of tasks offers those that the relay received events for', async () => {
    const { output } = await worlds.account.create('imagine', { prompt: 'blue heron' });
    await settled();
    const page = await worlds.account.choices('creates', 'upscale', 'origin_task_id');
    expect(page.results.map(({ id }) => id)).toContain(output.task_id);
  });
});

describe('A relay that is down', () => {
  let down: Worlds;

  beforeEach(async () => {
    const gone = await startHttpServer();
    await gone.stop();
    down = await startWorlds({}, { RELAY_URL: gone.url });
  });

  afterEach(async () => {
    await down.stop();
  });

  it('keeps a Zap from being switched on, and says so', async () => {
    await expect(down.listen('task_finished')).rejects.toMatchObject({
      shown: expect.stringMatching(/^The relay at 127\.0\.0\.1:\d+ did not answer, so this Zap/),
    });
  });

  it('stops a create before it spends anything', async () => {
    await expect(down.account.create('imagine', { prompt: 'red fox' })).rejects.toMatchObject({
      shown: expect.stringContaining('so nothing was started'),
    });
    expect(down.piapi.requests.filter(({ path }) => path.endsWith('/imagine'))).toEqual([]);
  });

  it('does not keep a Zap from being switched off', async () => {
    const zap = await worlds.listen('task_finished');
    worlds.zapier.settings.environment = { RELAY_URL: 'http://127.0.0.1:9' };
    await zap.switchOff();
    expect(zap.failures).toEqual([]);
    expect(worlds.zapier.logs.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('The relay did not answer'),
    );
  });
});

describe('The settings of the integration', () => {
  it.each(['http://relay.example.com', 'relay', 'https://relay.example.com/?a=b'])(
    'name RELAY_URL when it is %s',
    async (RELAY_URL) => {
      worlds.zapier.settings.environment = { RELAY_URL };
      await expect(worlds.account.create('imagine', { prompt: 'red fox' })).rejects.toMatchObject({
        shown: expect.stringMatching(/^RELAY_URL in the environment of this integration/),
      });
      expect(tasksAtService()).toBe(0);
    },
  );

  it('provide the access token that the relay requires', async () => {
    const guarded = await startSandboxRelay(
      { RELAY_ACCESS_TOKEN: 'sixteen letters!' },
      await filledContents(),
    );
    try {
      worlds.zapier.settings.environment = { RELAY_URL: guarded.url };
      await expect(worlds.listen('task_finished')).rejects.toMatchObject({
        shown: expect.stringContaining('needs its access token'),
      });
      worlds.zapier.settings.environment = {
        RELAY_URL: guarded.url,
        RELAY_ACCESS_TOKEN: 'sixteen letters!',
      };
      const zap = await worlds.listen('task_finished');
      await zap.switchOff();
    } finally {
      await guarded.stop();
    }
  });
});
