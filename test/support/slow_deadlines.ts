/** The shortest wait of the app that is a deadline and not a pause between two tries. */
const SHORTEST_DEADLINE_MILLISECONDS = 5_000;

const SLOWNESS = 60;

let areSlow = false;
let areKept = false;

/** For a file whose tests wait for deadlines. */
export function keepDeadlines(): void {
  areKept = true;
}

/**
 * All of Zapier is one process here. On a busy machine it can be so far behind that the app's
 * deadlines pass: 8 s for the cache, 26 s for passing an event on. Zaps then miss events, as
 * docs/architecture.md says, or run for one twice. So the app's clock and its deadlines go slower:
 * the rules are judged, not the machine.
 * @returns what makes them go as usual again
 */
export function slowDownDeadlines(): () => void {
  if (areSlow || areKept) {
    return () => undefined;
  }
  areSlow = true;
  const { now } = Date;
  const { setTimeout: startTimer } = globalThis;
  const start = now();
  Date.now = () => start + (now() - start) / SLOWNESS;
  globalThis.setTimeout = new Proxy(startTimer, {
    apply: (_, __, [run, milliseconds = 0, ...rest]) =>
      milliseconds < SHORTEST_DEADLINE_MILLISECONDS
        ? startTimer(run, milliseconds, ...rest)
        : // A deadline that nobody waits for any more must not keep the process.
          startTimer(run, milliseconds * SLOWNESS, ...rest).unref(),
  });
  return () => {
    areSlow = false;
    Date.now = now;
    globalThis.setTimeout = startTimer;
  };
}
