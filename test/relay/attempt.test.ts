import { Agent } from 'undici';
import { attempt, outcomeOf } from '../../relay/delivery/attempt.ts';
import { aDue } from '../support/due.ts';
import { startHttpServer } from '../support/http_server.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';

describe('The outcome of an attempt', () => {
  const HOST = 'hooks.example.com';

  it.each([200, 201, 202, 204, 299])('is delivered after HTTP %i', (status) => {
    expect(outcomeOf(status, HOST, undefined, 'text')).toEqual({
      kind: 'delivered',
      answer: `HTTP ${status}`,
    });
  });

  it.each([
    [410, HOST],
    [410, 'hooks.zapier.com'],
    [404, 'hooks.zapier.com'],
    [404, 'zapier.com'],
  ])('is gone after HTTP %i from %s', (status, host) => {
    expect(outcomeOf(status, host, undefined).kind).toBe('gone');
  });

  it.each([
    [404, HOST],
    [404, 'hooks.zapier.com.evil.example'],
    [404, 'notzapier.com'],
    [100, HOST],
    [301, HOST],
    [302, HOST],
    [400, HOST],
    [401, HOST],
    [500, HOST],
    [503, 'hooks.zapier.com'],
  ])('is failed after HTTP %i from %s', (status, host) => {
    expect(outcomeOf(status, host, '5', 'Why.')).toEqual({
      kind: 'failed',
      answer: `HTTP ${status}: Why.`,
    });
  });

  it.each([
    ['7', 7],
    ['0', 1],
    ['999999', 24 * 3600],
    [undefined, 60],
    ['soon', 60],
    ['Thu, 01 Jan 2015 00:00:00 GMT', 1],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 24 * 3600],
  ])('is busy after 429 with Retry-After %s, for %i s', (retryAfter, seconds) => {
    expect(outcomeOf(429, HOST, retryAfter)).toEqual({ kind: 'busy', answer: 'HTTP 429', seconds });
  });

  it('is busy after 429 with a date, until that date', () => {
    jest.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12, 0, 0) });
    try {
      const date = 'Thu, 01 Jan 2026 12:10:00 GMT';
      expect(outcomeOf(429, HOST, date)).toMatchObject({ kind: 'busy', seconds: 600 });
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('An attempt', () => {
  let target: TargetServer;
  let agent: Agent;

  beforeEach(async () => {
    target = await startTarget();
    agent = new Agent();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await agent.destroy();
    await target.stop();
  });

  it('posts body and secret unchanged, with reference and forwarded=1 in the URL of a hook', async () => {
    await attempt(agent, aDue(`${target.url}/hook?a=1`));
    expect(target.received).toMatchObject([
      {
        path: '/hook',
        query: new URLSearchParams({
          a: '1',
          reference: 'row 7',
          operation: 'imagine',
          forwarded: '1',
        }),
        headers: { 'x-webhook-secret': 'S-0123456789', 'content-type': 'application/json' },
        body: '{"task_id":"task-1"}',
      },
    ]);
  });

  it('adds nothing to the callback URL of a step', async () => {
    await attempt(agent, aDue(`${target.url}/callback?a=%2F`, { hook_id: null }));
    expect(target.received).toMatchObject([{ query: new URLSearchParams({ a: '/' }) }]);
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect with %i', async (status) => {
    target.answer({ status, headers: { location: `${target.url}/elsewhere` }, body: '' }, '/hook');
    expect(await attempt(agent, aDue(`${target.url}/hook`))).toEqual({
      kind: 'failed',
      answer: `HTTP ${status}`,
    });
    expect(target.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('uses the first Retry-After of several', async () => {
    target.answer({ status: 429, headers: { 'retry-after': ['7', '70'] } });
    expect(await attempt(agent, aDue(target.url))).toMatchObject({ kind: 'busy', seconds: 7 });
  });

  it('keeps only the start of an answer, without characters that PostgreSQL cannot store', async () => {
    target.answer({ status: 500, body: `\0Sorry. ${'x'.repeat(5000)}` });
    const { answer } = await attempt(agent, aDue(target.url));
    expect(answer).toMatch(/^HTTP 500: Sorry\. x{290,}$/);
    expect(answer.length).toBeLessThanOrEqual(320);
  });

  it('stops reading an answer that never ends', async () => {
    const server = await startHttpServer((_request, response) => {
      response.writeHead(503);
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(1000))) {
          // Until the other side stops reading.
        }
      };
      response.on('drain', write);
      write();
    });
    try {
      const { kind, answer } = await attempt(agent, aDue(server.url));
      expect([kind, answer.slice(0, 12)]).toEqual(['failed', 'HTTP 503: xx']);
    } finally {
      await server.stop();
    }
  });

  it('keeps what was read of an answer that breaks off', async () => {
    const server = await startHttpServer((request, response) => {
      response.writeHead(500, { 'content-length': '100' });
      response.write('Sorry', () => request.socket.destroy());
    });
    try {
      const outcome = await attempt(agent, aDue(server.url));
      expect(outcome).toEqual({ kind: 'failed', answer: expect.stringMatching(/^HTTP 500/) });
    } finally {
      await server.stop();
    }
  });

  it('gives up after 15 seconds', async () => {
    const over = new AbortController();
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(over.signal);
    target.answer({ status: 200, held: new Promise(() => undefined) });
    const outcome = attempt(agent, aDue(target.url));
    over.abort(new DOMException('It took too long.', 'TimeoutError'));
    expect(await outcome).toEqual({ kind: 'failed', answer: 'It did not answer within 15 s.' });
    expect(timeout).toHaveBeenCalledWith(15_000);
  });

  it('reports without details why a target could not be reached', async () => {
    const { url } = target;
    await target.stop();
    expect(await attempt(agent, aDue(url))).toEqual({
      kind: 'failed',
      answer: 'It could not be reached (ECONNREFUSED).',
    });
  });
});
