import { InFlight } from '../../sandbox/in_flight.ts';

/** Whether a promise has resolved once all pending callbacks have run. */
async function isResolved(promise: Promise<void>): Promise<boolean> {
  let resolved = false;
  void promise.then(() => {
    resolved = true;
  });
  await new Promise(setImmediate);
  return resolved;
}

test('settled() resolves at once when nothing was started', async () => {
  expect(await isResolved(new InFlight().settled())).toBe(true);
});

test('settled() waits for everything, also for what fails or is started meanwhile', async () => {
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

test('settled() does not wait for what was abandoned', async () => {
  const inFlight = new InFlight();
  inFlight.begin();
  const settled = inFlight.settled();
  expect(await isResolved(settled)).toBe(false);
  inFlight.abandon();

  expect(await isResolved(settled)).toBe(true);
});
