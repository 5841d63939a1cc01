import { InFlight } from '../../sandbox/in_flight.ts';

/** Whether a promise has resolved once everything that can go on by itself has gone on. */
async function isResolved(promise: Promise<void>): Promise<boolean> {
  let resolved = false;
  void promise.then(() => {
    resolved = true;
  });
  await new Promise(setImmediate);
  return resolved;
}

test('it is settled at once when nothing was started', async () => {
  expect(await isResolved(new InFlight().settled())).toBe(true);
});

test('it is settled when all has ended, also what failed and what was started meanwhile', async () => {
  const inFlight = new InFlight();
  const { promise, reject } = Promise.withResolvers<void>();
  const later = Promise.withResolvers<void>();
  inFlight.track(promise).catch(() => inFlight.track(later.promise));
  inFlight.begin();
  const settled = inFlight.settled();

  reject(new Error('Failed'));
  expect(await isResolved(settled)).toBe(false);
  inFlight.end();
  expect(await isResolved(settled)).toBe(false);
  later.resolve();
  expect(await isResolved(settled)).toBe(true);
});

test('what is abandoned is not waited for', async () => {
  const inFlight = new InFlight();
  inFlight.begin();
  const settled = inFlight.settled();
  expect(await isResolved(settled)).toBe(false);
  inFlight.abandon();

  expect(await isResolved(settled)).toBe(true);
});
