import { connect, type Socket } from 'node:net';
import * as zod from 'zod';
import { bodyOf } from '../support/bodies.ts';
import { onEachEngine, PGLITE } from '../support/engines.ts';
import { type Account, anAccount, startTestRelay, type TestRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

/** What strangers, and connections that want too much, must not cost the others. */

const MEGABYTE = 1_000_000;

const pageSchema = zod.object({
  data: zod.array(zod.object({ task_id: zod.string() })),
  next: zod.nullable(zod.string()),
});

/** A body that is large for its prompt, as services send where they repeat what they were given. */
const largeBody = (taskId: string): string =>
  bodyOf(taskId).replace('a dog in front', `${'fur '.repeat(45_000)}a dog in front`);

/** Starts to send a body of ten megabytes, and never goes on. @returns the status, once it is answered */
function stalledUpload(
  url: string,
  { id, secret }: Account,
): { socket: Socket; status: () => string } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('error', () => undefined);
  socket.setEncoding('utf8').on('data', (text) => {
    answer += String(text);
  });
  socket.write(
    `POST /v1/callbacks/${id} HTTP/1.1\r\nhost: relay\r\nx-webhook-secret: ${secret}\r\ncontent-length: ${10 * MEGABYTE}\r\n\r\n{"task_id":`,
  );
  return { socket, status: () => answer.split(' ')[1] ?? '' };
}

describe('Bodies that are never sent', () => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(PGLITE);
  });

  afterAll(async () => {
    await relay.stop();
  });

  it('are refused beyond one for each connection and a few in all, and hold nobody else', async () => {
    const [greedy, quiet] = [anAccount(), anAccount()];
    const others = Array.from({ length: 10 }, anAccount);
    await Promise.all([greedy, quiet, ...others].map(relay.introduce));
    const uploads = [greedy, greedy, greedy, greedy, greedy, ...others].map((account) =>
      stalledUpload(relay.url, account),
    );
    try {
      const refused = () => uploads.filter(({ status }) => status() === '429').length;
      // One of the greedy connection's and two more have room.
      await until('the refusals', () => refused() === uploads.length - 3);
      expect(await relay.callback(quiet, bodyOf('task-1'))).toMatchObject({ status: 200 });
    } finally {
      for (const { socket } of uploads) {
        socket.destroy();
      }
    }
    // What they held is given back.
    await until('room', async () => {
      const { status } = await relay.callback(quiet, largeBody('task-2'));
      return status === 200;
    });
  });

  it('of a connection that nobody has introduced are not read at all', async () => {
    const upload = stalledUpload(relay.url, anAccount());
    await until('the refusal', () => upload.status() === '401');
    upload.socket.destroy();
  });
});

describe('A connection', () => {
  it('over its events a minute is told when to send again, and others are not', async () => {
    const relay = await startTestRelay(PGLITE, { RELAY_EVENTS_PER_MINUTE: '5' });
    try {
      const [busy, quiet] = [anAccount(), anAccount()];
      const answers = [];
      for (let number = 0; number < 12; number += 1) {
        answers.push(await relay.callback(busy, bodyOf(`task-${number}`)));
      }
      const refused = answers.find(({ status }) => status === 429);
      expect(refused).toMatchObject({
        body: {
          error: { code: 'too_many_events', message: expect.stringContaining('in the next') },
        },
      });
      expect(refused?.headers.get('retry-after')).toBe('60');
      expect((await relay.callback(quiet, bodyOf('task-1'))).status).toBe(200);
    } finally {
      await relay.stop();
    }
  });

  it('whose events come to more deliveries a minute than they may is told so, at once for each of its events', async () => {
    const relay = await startTestRelay(PGLITE, {
      RELAY_DELIVERIES_PER_MINUTE: '5',
      RELAY_TARGETS: 'hooks.example.com',
    });
    try {
      const [busy, quiet] = [anAccount(), anAccount()];
      for (const path of ['a', 'b', 'c']) {
        await relay.subscribe(busy, `https://hooks.example.com/${path}`);
      }
      const answers = [];
      for (let number = 0; number < 4; number += 1) {
        answers.push(await relay.callback(busy, bodyOf(`task-${number}`)));
      }
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429]);
      expect(answers[2]?.body).toMatchObject({ error: { code: 'too_many_deliveries' } });
      expect(await relay.deliveries(busy)).toHaveLength(6);
      expect((await relay.callback(quiet, bodyOf('task-1'))).status).toBe(200);
    } finally {
      await relay.stop();
    }
  });

  it('with as much in store as it may have is told so, and can send again once that is less', async () => {
    const relay = await startTestRelay(PGLITE, { RELAY_EVENTS_KEPT: '3' });
    try {
      const account = anAccount();
      const statuses = [];
      for (let number = 0; number < 6; number += 1) {
        statuses.push((await relay.callback(account, bodyOf(`task-${number}`))).status);
      }
      expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
    } finally {
      await relay.stop();
    }
  });

  it('has no more hooks than it may have', async () => {
    const relay = await startTestRelay(PGLITE, { RELAY_HOOKS: '1' });
    try {
      const as = anAccount();
      const hook = (path: string) => ({
        event: 'task.finished',
        target_url: `${relay.url}/${path}`,
      });
      expect((await relay.request('POST', '/v1/hooks', { as, body: hook('a') })).status).toBe(201);
      expect((await relay.request('POST', '/v1/hooks', { as, body: hook('a') })).status).toBe(200);
      expect(await relay.request('POST', '/v1/hooks', { as, body: hook('b') })).toMatchObject({
        status: 409,
        body: { error: { message: expect.stringContaining('RELAY_HOOKS') } },
      });
    } finally {
      await relay.stop();
    }
  });
});

onEachEngine((engine) => {
  it('a list of large tasks comes in pages of a few megabytes, and all of it', async () => {
    const relay = await startTestRelay(engine);
    try {
      const account = anAccount();
      const ids = Array.from({ length: 25 }, (_, number) => `task-${number}`);
      for (const id of ids) {
        expect((await relay.callback(account, largeBody(id))).status).toBe(200);
      }
      const seen: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const query = new URLSearchParams({ limit: '100', ...(next && { after: next }) });
        const { body } = await relay.request('GET', `/v1/tasks?${query}`, { as: account });
        const page = pageSchema.parse(body);
        expect(JSON.stringify(body).length).toBeLessThan(3 * MEGABYTE);
        seen.push(...page.data.map(({ task_id }) => task_id));
        next = page.next;
      }
      expect(seen).toEqual(ids.toReversed());
    } finally {
      await relay.stop();
    }
  });
});
