import { callbackSecret, managementToken } from '../../delivery/secret.ts';
import { SANDBOX_KEY } from '../../sandbox/piapi/piapi.ts';
import { PGLITE } from '../support/engines.ts';
import { startHttpServer } from '../support/http_server.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startTestRelay, type TestRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

const TRIGGER = 'relay_attention';
const RELAY_ACCESS_TOKEN = 'sixteen letters!';

let relay: TestRelay;
let worlds: Worlds;

beforeAll(async () => {
  relay = await startTestRelay(PGLITE, { RELAY_ACCESS_TOKEN });
});
afterAll(() => relay.stop());

beforeEach(async () => {
  await relay.database.run('delete from relay.started');
  await relay.database.run('delete from relay.delivery');
  await relay.database.run('delete from relay.hook');
  worlds = await startWorlds({}, { RELAY_URL: relay.url, RELAY_ACCESS_TOKEN });
});
afterEach(() => worlds.stop());

/** The end of a task that a Zap of the account has not taken in all its time. */
async function makeDeadLetter(answer: string): Promise<void> {
  const zap = await worlds.listen('task_finished');
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();
  await until('the delivery', () => zap.runs.length > 0);
  await until('the record of it', async () => {
    await relay.database.run(
      `update relay.delivery set state = 'dead', answer = $1 where state = 'delivered'`,
      [answer],
    );
    return (await worlds.account.samples(TRIGGER)).length > 0;
  });
}

/** A task of the account whose end has not come. @returns its id */
async function makeOverdueTask(): Promise<unknown> {
  worlds.service.settings.taskMilliseconds = 60_000;
  const { output } = await worlds.account.create('imagine', { prompt: 'blue heron' });
  await relay.database.run(`update relay.started set worry_at = now() - interval '6 minutes'`);
  return output.task_id;
}

describe('Through a relay', () => {
  test('each matter runs the Zap once, with what it is and what to do', async () => {
    const zap = worlds.account.pollingZap(TRIGGER);
    await zap.switchOn();
    await zap.poll();
    expect(zap.runs).toEqual([]);

    await makeDeadLetter('HTTP 500: Down.');
    await zap.poll();
    const taskId = await makeOverdueTask();
    await zap.poll();
    await zap.poll();

    expect(zap.failures).toEqual([]);
    expect(zap.runs).toEqual([
      {
        id: expect.stringMatching(/^dead_letters:/),
        kind: 'dead_letters',
        subject: expect.stringMatching(/^127\.0\.0\.1/),
        count: 1,
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/),
        message: expect.stringMatching(/^One event could not be delivered .+ HTTP 500: Down\.+$/),
        advice: expect.stringMatching(/\.$/),
        answer: 'HTTP 500: Down.',
      },
      expect.objectContaining({ kind: 'overdue_tasks', subject: taskId, count: 1, answer: '' }),
    ]);
  });

  test('with Kinds it runs for these alone, and says when one is none', async () => {
    await makeOverdueTask();
    const kindsOf = async (...kinds: string[]) =>
      (await worlds.account.samples(TRIGGER, { kinds })).map(({ kind }) => kind);

    expect(await kindsOf('Tasks Without an End', 'over_quota')).toEqual(['overdue_tasks']);
    expect(await kindsOf('dead_letters')).toEqual([]);
    expect(await refusalOf(kindsOf('everything'))).toMatchObject({
      shown: 'Kinds: Choose from the list.\nCorrect this in the trigger of the Zap.',
    });
  });

  test('a secret that a Zap quoted in its answer is not shown', async () => {
    const secrets = [managementToken(SANDBOX_KEY), callbackSecret(SANDBOX_KEY), RELAY_ACCESS_TOKEN];
    await makeDeadLetter(`HTTP 500: ${secrets.join()}`);
    const [matter] = await worlds.account.samples(TRIGGER);

    expect(matter).toMatchObject({ answer: 'HTTP 500: …,…,…' });
    for (const secret of secrets) {
      expect(JSON.stringify(matter)).not.toContain(secret);
    }
  });
});

/** What is shown when the Zap is tested in the editor, switched on, and polled while it is on. */
async function refusals(environment: Record<string, string>): Promise<unknown[]> {
  const { account, zapier } = worlds;
  const zap = account.pollingZap(TRIGGER);
  await zap.switchOn();
  zapier.settings.environment = environment;
  await zap.poll();
  const tested = await refusalOf(account.samples(TRIGGER));
  const switchedOn = await refusalOf(account.pollingZap(TRIGGER).switchOn());
  return [tested, switchedOn, ...zap.failures].map(({ shown }) => shown);
}

const thrice = (shown: RegExp) => Array(3).fill(expect.stringMatching(shown));

describe('The editor, switching on and each poll say', () => {
  test('that it needs a relay, where there is none', async () => {
    expect(await refusals({})).toEqual(
      thrice(/^This trigger .+ has no relay: RELAY_URL is not set .+ Ask whoever shared /),
    );
  });

  test('that the relay does not answer', async () => {
    const gone = await startHttpServer();
    await gone.stop();

    expect(await refusals({ RELAY_URL: gone.url, RELAY_ACCESS_TOKEN })).toEqual(
      thrice(/^The relay at 127\.0\.0\.1:\d+ did not answer, .+ tell whoever runs it\.$/),
    );
  });

  test('that the access token is wrong, without any token', async () => {
    const shown = await refusals({ RELAY_URL: relay.url, RELAY_ACCESS_TOKEN: 'another password' });

    expect(shown).toEqual(
      thrice(/^The relay at 127\.0\.0\.1:\d+ did not tell .+ needs its access token .+ runs it\.$/),
    );
    expect(shown.join()).not.toContain('another password');
    expect(shown.join()).not.toContain(managementToken(SANDBOX_KEY));
  });

  test('that the relay is of an earlier version', async () => {
    const earlier = await startHttpServer((_request, response) => {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end('{"error":{"code":"not_found","message":"There is nothing at this path."}}');
    });
    try {
      expect(await refusals({ RELAY_URL: earlier.url })).toEqual(
        thrice(/^The relay at 127\.0\.0\.1:\d+ is of an earlier version, .+ update it, /),
      );
    } finally {
      await earlier.stop();
    }
  });
});
