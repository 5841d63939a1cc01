import type { ZObject } from 'zapier-platform-core';
import { type Delivery, NO_WEBHOOKS } from '../../../delivery/delivery.ts';
import { unsubscribeAtRelay } from '../../../delivery/relayed/hooks.ts';
import type { Relay } from '../../../delivery/relayed/relay_client.ts';
import { relayedDelivery } from '../../../delivery/relayed/relayed_delivery.ts';
import { readConnection } from '../../../services/connection.ts';
import { bodyOf } from '../../support/bodies.ts';
import { aWebhook, STEP } from '../../support/hooks.ts';
import { type HttpServer, startHttpServer } from '../../support/http_server.ts';
import { aTask } from '../../support/tasks.ts';
import { answering, answeringWith, logOf, thrownBy, zOf } from '../../support/z.ts';

/** The answer of a relay that knows no hook. */
const NO_HOOKS = { status: 200, body: { data: [] } };

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

let z: ZObject;
let server: HttpServer;
let requests: string[];
/** By turns, the last one from then on. */
let answers: Answer[];
let toDirect: string[];
/** How often the relay was told what runs. */
let toldStarted: number;
beforeEach(async () => {
  z = await zOf();
  logOf(z);
  requests = [];
  toDirect = [];
  toldStarted = 0;
  server = await startHttpServer((request, response) => {
    if (request.url === '/v1/started') {
      toldStarted += 1;
      response.writeHead(204).end();
      return;
    }
    requests.push(`${request.method} ${request.url}`);
    const { status, body } = (answers.length > 1 ? answers.shift() : answers[0]) ?? NO_HOOKS;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  });
});
afterEach(() => server.stop());

const direct: Delivery = {
  subscribe: async () => ({ id: '', target_url: '', expiration_date: '' }),
  unsubscribe: async () => undefined,
  webhooksFor: async () => NO_WEBHOOKS,
  handOver: async () => false,
  lookAfter: async () => undefined,
  callers: async () => undefined,
  passOn: async () => void toDirect.push('an event'),
  async recentTasks(token) {
    toDirect.push(`the page ${token}`);
    return { tasks: [], next: null };
  },
  async tasksWith(reference) {
    toDirect.push(`the tasks with ${reference}`);
    return [];
  },
  attention: async () => [],
};

const relay = (url = server.url): Relay => ({ url, token: 'M', accessToken: '' });
const delivery = (url?: string): Delivery =>
  relayedDelivery(z, readConnection(z, { api_key: 'key-1' }), relay(url), direct);

describe('subscribing', () => {
  test('is to be renewed after a week', async () => {
    answers = [{ status: 201, body: { id: 'hook-1' } }];
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-03-12T09:00:00Z'));

    expect(await delivery().subscribe('task.finished', 'https://a.example/1', {})).toEqual({
      id: 'hook-1',
      target_url: 'https://a.example/1',
      expiration_date: '2026-03-19T09:00:00.000Z',
    });
    jest.restoreAllMocks();
  });
});

describe('progress is asked for', () => {
  test.each([
    ['when a Zap listens for it and the step allows it', 'task.progress', true, true],
    ['not when the step does not want it', 'task.progress', false, false],
    ['not when no Zap listens for it', 'task.finished', true, false],
  ])('%s', async (_rule, event, notifyProgress, expected) => {
    answers = [{ status: 200, body: { data: [{ event }] } }];
    const { webhook } = await delivery().webhooksFor({ ...STEP, notifyProgress });

    expect(webhook?.notify_progress).toBe(expected);
  });
});

const tasksOf = (...ids: string[]) => ids.map((id) => aTask({ id }));

const CALLBACK_URL = 'https://hooks.zapier.example/callback/1/';

describe('a group of which fewer tasks were started', () => {
  const startTwo = async (...toShrink: Answer[]) => {
    answers = [NO_HOOKS, ...toShrink];
    const { afterStart } = await delivery().webhooksFor({
      ...STEP,
      callbackUrl: CALLBACK_URL,
      size: 4,
    });
    requests = [];
    return afterStart;
  };

  test('is made smaller, with a second try', async () => {
    const afterStart = await startTwo({ status: 500 }, { status: 204 });
    await afterStart(tasksOf('a', 'b'));

    expect(requests).toEqual(Array(2).fill(expect.stringMatching(/^PUT \/v1\/groups\/[\w-]{36}$/)));
    expect(toldStarted).toBe(1);
  });

  test.each([500, 404])('names the tasks that run when the relay answers %i', async (status) => {
    const afterStart = await startTwo({ status });
    const { message } = await thrownBy(() => afterStart(tasksOf('task-a', 'task-b')));

    expect(message).toContain('These run: task-a, task-b. Look them up with Find Tasks');
  });

  test('leaves time to say so within the step, however slow all else was', async () => {
    const start = Date.now();
    const end = start + 27_000;
    const now = jest.spyOn(Date, 'now');
    const timeouts: unknown[] = [];
    const told: unknown[] = [];
    answeringWith(z, ({ method, url, timeout }) => {
      if (String(url).endsWith('/v1/started')) {
        told.push(timeout);
        return undefined;
      }
      timeouts.push(timeout);
      return method === 'GET' ? { data: [] } : undefined;
    });
    const webhooks = await delivery().webhooksFor({
      ...STEP,
      callbackUrl: CALLBACK_URL,
      size: 4,
      end,
    });
    now.mockReturnValue(webhooks.startBy);
    await thrownBy(() => webhooks.afterStart(tasksOf('a', 'b')));
    now.mockRestore();

    const [ask, ...toShrink] = timeouts.map(Number);
    expect(webhooks.startBy).toBeLessThanOrEqual(end - 6_000);
    expect(ask).toBe(8_000);
    expect(webhooks.startBy + Math.max(...toShrink)).toBeLessThanOrEqual(end);
    expect(toShrink).toHaveLength(1);
    expect(told.map(Number)).toEqual([2_000]);
  });

  test('is left alone when all were started', async () => {
    const afterStart = await startTwo({ status: 500 });
    await afterStart(tasksOf('a', 'b', 'c', 'd'));

    expect(requests).toEqual([]);
  });
});

describe('the list of recent tasks', () => {
  const body = {
    data: [
      { body: bodyOf('task-1'), operation: 'imagine' },
      { body: '{}', operation: '' },
    ],
    next: '17',
  };

  test('is that of the relay, page by page', async () => {
    answers = [{ status: 200, body }];
    const first = await delivery().recentTasks('');
    const second = await delivery().recentTasks(first.next ?? '');

    expect(first.tasks.map(({ id }) => id)).toEqual(['task-1']);
    expect(second.tasks.map(({ id }) => id)).toEqual(['task-1']);
    expect(requests).toEqual(['GET /v1/tasks?limit=50', 'GET /v1/tasks?limit=50&after=17']);
    expect(toDirect).toEqual([]);
  });

  test.each([
    ['knows no task', { status: 200, body: { data: [], next: null } }],
    [
      'knows only tasks without an event',
      { status: 200, body: { data: [{ body: '', operation: 'imagine' }], next: null } },
    ],
    ['answers with an error', { status: 500 }],
    ['answers with something else', { status: 200, body: [] }],
  ])('is that of the service when the relay %s', async (_state, answer) => {
    answers = [answer];
    await delivery().recentTasks('');

    expect(requests).toHaveLength(1);
    expect(toDirect).toEqual(['the page ']);
  });

  test('continues with the service when the first page came from there', async () => {
    await delivery().recentTasks('2');

    expect(requests).toEqual([]);
    expect(toDirect).toEqual(['the page 2']);
  });
});

describe('an event that came to this integration', () => {
  const RECEIVER = { id: 'hook-1', event: 'task.finished', target_url: '' } as const;

  test('from the service itself is of a task from before the relay, and passed on', async () => {
    await delivery().passOn(aWebhook(), RECEIVER);

    expect(toDirect).toEqual(['an event']);
  });

  test('at the callback URL of a step came from the relay, which delivers to all others', async () => {
    await delivery().passOn(aWebhook(), undefined);

    expect(toDirect).toEqual([]);
  });
});

describe('a relay whose URL is no https address', () => {
  const unsafe = () => delivery('http://relay.example.com');

  test.each<[string, (one: Delivery) => Promise<unknown>]>([
    ['subscribing', (one) => one.subscribe('task.finished', 'https://a.example/1', {})],
    ['unsubscribing', (one) => one.unsubscribe('hook-1')],
    ['starting tasks', (one) => one.webhooksFor(STEP)],
    ['listing tasks', (one) => one.recentTasks('')],
    ['asking what needs attention', (one) => one.attention()],
  ])('gets no token: %s fails with what to do', async (_, use) => {
    const sent = answering(z, () => 200);
    const error = await thrownBy(() => use(unsafe()));
    expect(error.message).toContain('RELAY_URL in the environment of this integration must be');
    expect(sent).toEqual([]);
  });

  test('does not stop a step that is resumed', async () => {
    await expect(unsafe().passOn(aWebhook(), undefined)).resolves.toBeUndefined();
  });
});

test('unsubscribing names the hook in the path and carries the token', async () => {
  const sent = answering(z, () => 200);
  await unsubscribeAtRelay(z, relay('https://relay.example.com'), 'hook 1');
  expect(sent).toMatchObject([
    {
      url: 'https://relay.example.com/v1/hooks/hook%201',
      method: 'DELETE',
      headers: { authorization: 'Bearer M' },
    },
  ]);
});
