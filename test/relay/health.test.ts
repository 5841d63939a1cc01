import type { Database } from '../../relay/database.ts';
import { createHealth } from '../../relay/health.ts';

/** A database whose writes do what the test says. */
function healthOf(write: () => Promise<void>) {
  const calls: string[] = [];
  const run = (text: string) => {
    calls.push(text);
    return write();
  };
  const database: Pick<Database, 'run'> = { run };
  return { health: createHealth(database), calls };
}

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
});

afterEach(() => {
  jest.useRealTimers();
});

describe('The health of a relay', () => {
  it('is good while a row can be written, which is tried once a second at most', async () => {
    const { health, calls } = healthOf(async () => undefined);
    expect(await Promise.all([health.problem(), health.problem()])).toEqual([undefined, undefined]);
    expect(calls).toHaveLength(1);
    jest.advanceTimersByTime(1_001);
    expect(await health.problem()).toBeUndefined();
    expect(calls).toHaveLength(2);
  });

  it('is a problem of the database when a row cannot be written', async () => {
    const { health } = healthOf(() => Promise.reject(new Error('The disk is full.')));
    expect(await health.problem()).toMatchObject({ code: 'database' });
  });

  it('is the same when the database does not answer', async () => {
    const { health } = healthOf(() => new Promise(() => undefined));
    const problem = health.problem();
    await jest.advanceTimersByTimeAsync(3_001);
    expect(await problem).toMatchObject({ code: 'database' });
  });

  it('is a problem of the callbacks once they have failed for five seconds, though a row can be written, until one is', async () => {
    const { health } = healthOf(async () => undefined);
    health.callbacksFailed(performance.now());
    jest.advanceTimersByTime(4_000);
    health.callbacksFailed(performance.now());
    expect(await health.problem()).toBeUndefined();
    jest.advanceTimersByTime(2_000);
    expect(await health.problem()).toMatchObject({
      code: 'callbacks',
      message: expect.stringContaining('The log says why'),
    });
    health.callbacksWork();
    expect(await health.problem()).toBeUndefined();
  });

  it('is good again half a minute after the last callback that failed, for it may get none any more', async () => {
    const { health } = healthOf(async () => undefined);
    health.callbacksFailed(performance.now());
    jest.advanceTimersByTime(20_000);
    health.callbacksFailed(performance.now());
    jest.advanceTimersByTime(29_000);
    expect(await health.problem()).toMatchObject({ code: 'callbacks' });
    jest.advanceTimersByTime(2_000);
    expect(await health.problem()).toBeUndefined();
    health.callbacksFailed(performance.now());
    jest.advanceTimersByTime(4_000);
    expect(await health.problem()).toBeUndefined();
  });

  it('stays good when a callback fails that began before another one was written', async () => {
    const { health } = healthOf(async () => undefined);
    const began = performance.now();
    jest.advanceTimersByTime(1_000);
    health.callbacksWork();
    jest.advanceTimersByTime(7_000);
    health.callbacksFailed(began);
    jest.advanceTimersByTime(6_000);
    expect(await health.problem()).toBeUndefined();
  });

  it('is a problem of the deliveries once they have failed for half a minute, until one works', async () => {
    const { health } = healthOf(async () => undefined);
    health.deliveriesFailed();
    jest.advanceTimersByTime(29_000);
    health.deliveriesFailed();
    expect(await health.problem()).toBeUndefined();
    jest.advanceTimersByTime(2_000);
    expect(await health.problem()).toMatchObject({
      code: 'deliveries',
      message: expect.stringContaining('The log says why'),
    });
    health.deliveriesWork();
    expect(await health.problem()).toBeUndefined();
  });

  it('is good again when a failure was not repeated, though there was nothing to deliver since', async () => {
    const { health } = healthOf(async () => undefined);
    health.deliveriesFailed();
    jest.advanceTimersByTime(40_000);
    expect(await health.problem()).toMatchObject({ code: 'deliveries' });
    jest.advanceTimersByTime(21_000);
    expect(await health.problem()).toBeUndefined();
    health.deliveriesFailed();
    jest.advanceTimersByTime(29_000);
    expect(await health.problem()).toBeUndefined();
  });
});
