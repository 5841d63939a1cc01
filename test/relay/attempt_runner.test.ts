import { Agent } from 'undici';
import type { Database } from '../../relay/database.ts';
import {
  type AttemptRunner,
  createAttemptRunner,
  MAX_ATTEMPTS_OF_CONNECTION,
  MAX_CONCURRENT_ATTEMPTS,
} from '../../relay/delivery/attempt_runner.ts';
import { createMetrics } from '../../relay/metrics.ts';
import { aDue } from '../support/due.ts';
import { PGLITE } from '../support/engines.ts';
import { startTarget, type TargetServer } from '../support/target_server.ts';
import { openTestDatabase } from '../support/test_database.ts';
import { until } from '../support/until.ts';

let database: Database;
let drop: () => Promise<void>;
let target: TargetServer;
let agent: Agent;
let runner: AttemptRunner;
let release: () => void;

beforeAll(async () => {
  ({ database, drop } = await openTestDatabase(PGLITE));
});

beforeEach(async () => {
  target = await startTarget();
  agent = new Agent();
  runner = createAttemptRunner(database, agent, createMetrics(database));
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  target.answer({ status: 200, held }, '/slow');
});

afterEach(async () => {
  release();
  await runner.idle();
  await agent.destroy();
  await target.stop();
});

afterAll(() => drop());

describe('The attempts of a relay', () => {
  it('are waited for when the target answers quickly', async () => {
    const patient = createAttemptRunner(database, agent, createMetrics(database), 60_000);
    expect(await patient.attempt(aDue(`${target.url}/quick`), 0)).toEqual({
      kind: 'delivered',
      answer: 'HTTP 200',
    });
    expect(target.received).toHaveLength(1);
  });

  it('continue in the background when it does not, and the runner is idle once it has answered', async () => {
    expect(await runner.attempt(aDue(`${target.url}/slow`), 0)).toBeUndefined();
    let isIdle = false;
    const idle = runner.idle().then(() => {
      isIdle = true;
    });
    await runner.attempt(aDue(`${target.url}/quick`), 0);
    expect(isIdle).toBe(false);
    release();
    await idle;
    expect(target.bodiesAt('/slow')).toHaveLength(1);
  });

  it('are limited in number per target, and other targets are not affected', async () => {
    const url = `${target.url}/slow`;
    const attempts = Array.from({ length: MAX_CONCURRENT_ATTEMPTS }, () => {
      expect(runner.isAtLimit(aDue(url))).toBe(false);
      return runner.attempt(aDue(url), 0);
    });
    expect(runner.isAtLimit(aDue(url))).toBe(true);
    expect(runner.isAtLimit(aDue(`${target.url}/quick`))).toBe(false);
    expect(new Set(await Promise.all(attempts))).toEqual(new Set([undefined]));
    expect(runner.isAtLimit(aDue(url))).toBe(true);
    await runner.attempt(aDue(`${target.url}/quick`), 0);
    await until('the other target', () => target.bodiesAt('/quick').length === 1);
    release();
    await until('room', () => !runner.isAtLimit(aDue(url)));
  });

  it('are limited in number per connection, over all its targets, and others are not affected', async () => {
    const slow = Array.from({ length: MAX_ATTEMPTS_OF_CONNECTION }, (_, number) =>
      aDue(`${target.url}/slow?${number}`),
    );
    for (const due of slow) {
      expect(runner.isAtLimit(due)).toBe(false);
      void runner.attempt(due, 0);
    }
    expect(runner.isAtLimit(aDue(`${target.url}/quick`))).toBe(true);
    expect(runner.isAtLimit(aDue(`${target.url}/quick`, { connection: 'other' }))).toBe(false);
    release();
    await until('room', () => !runner.isAtLimit(aDue(`${target.url}/quick`)));
  });
});
