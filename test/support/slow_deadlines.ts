/** The shortest wait of the app that is a deadline and not a pause between two tries. */
const SHORTEST_DEADLINE_MILLISECONDS = 5_000;

const SLOWNESS = 60;

/**
 * All of Zapier is one process here. On a busy machine it can be so far behind that the app's
 * deadlines pass: 8 s for the cache, 26 s for passing an event on. Zaps then miss events, as
 * docs/architecture.md says, or run for one twice. So the app's clock and its deadlines go slower
 * until jest's mocks are restored, which `quietConsole` does after each test: the rules are judged,
 * not the machine.
 */
export function slowDownDeadlines(): void {
  const start = Date.now();
  const { now } = Date;
  jest.spyOn(Date, 'now').mockImplementation(() => start + (now() - start) / SLOWNESS);
  const startTimer = globalThis.setTimeout;
  const slowTimer = new Proxy(startTimer, {
    apply: (_, __, [run, milliseconds = 0, ...rest]) =>
      startTimer(
        run,
        milliseconds < SHORTEST_DEADLINE_MILLISECONDS ? milliseconds : milliseconds * SLOWNESS,
        ...rest,
      ),
  });
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(slowTimer);
}
