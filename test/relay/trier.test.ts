import { Agent } from 'undici';
import type { Database } from '../../relay/database.ts';
import { createTrier, MOST_TOGETHER, type Trier } from '../../relay/delivery/trier.ts';
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
let trier: Trier;
let release: () => void;

beforeAll(async () => {
  ({ database, drop } = await openTestDatabase(PGLITE));
});

beforeEach(async () => {
  target = await startTarget();
  agent = new Agent();
  trier = createTrier(database, agent, createMetrics(database));
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  target.answer({ status: 200, held }, '/slow');
});

afterEach(async () => {
  release();
  await trier.idle();
  await agent.destroy();
  await target.stop();
});

afterAll(() => drop());

describe('The attempts of a relay', () => {
  it('are waited for when the target answers soon', async () => {
    expect(await trier.attempt(aDue(`${target.url}/quick`), 0)).toEqual({
      kind: 'delivered',
      answer: 'HTTP 200',
    });
    expect(target.received).toHaveLength(1);
  });

  it('are left to end by themselves when it does not, and are over when it has', async () => {
    expect(await trier.attempt(aDue(`${target.url}/slow`), 0)).toBeUndefined();
    let isIdle = false;
    const idle = trier.idle().then(() => {
      isIdle = true;
    });
    await trier.attempt(aDue(`${target.url}/quick`), 0);
    expect(isIdle).toBe(false);
    release();
    await idle;
    expect(target.bodiesAt('/slow')).toHaveLength(1);
  });

  it('at one target are so many together and no more, and at others go on', async () => {
    const url = `${target.url}/slow`;
    const attempts = Array.from({ length: MOST_TOGETHER }, () => {
      expect(trier.isCrowded(url)).toBe(false);
      return trier.attempt(aDue(url), 0);
    });
    expect(trier.isCrowded(url)).toBe(true);
    expect(trier.isCrowded(`${target.url}/quick`)).toBe(false);
    expect(new Set(await Promise.all(attempts))).toEqual(new Set([undefined]));
    expect(trier.isCrowded(url)).toBe(true);
    expect(await trier.attempt(aDue(`${target.url}/quick`), 0)).toMatchObject({
      kind: 'delivered',
    });
    release();
    await until('room', () => !trier.isCrowded(url));
  });
});
