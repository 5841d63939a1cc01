import { type Relay, startRelay } from './relay.ts';
import { readSettings, type Settings, WrongSetting } from './settings.ts';
import { startProblem } from './start_problem.ts';

/** `npm run relay`: runs until SIGTERM or SIGINT. */

const print = (text: string) => process.stderr.write(`${text}\n`);

/** Whatever hangs, the process is gone within the 45 s that docs/relay.md promises. */
const STOP_MILLISECONDS = 42_000;

function stopOnSignal(relay: Relay): void {
  let stopping = false;
  const stop = async () => {
    if (!stopping) {
      stopping = true;
      setTimeout(() => {
        print('The relay did not get everything done in time. What waits is in the database.');
        process.exit(1);
      }, STOP_MILLISECONDS).unref();
      await relay.stop();
      // A connection that hangs would keep the process.
      process.exit();
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function run(settings: Settings): Promise<void> {
  try {
    const relay = await startRelay(settings);
    stopOnSignal(relay);
    print(`The relay listens on ${relay.url}; its API is described at ${relay.url}/docs`);
    if (settings.accessToken === undefined) {
      print(
        'Anybody who reaches it can use it. Set RELAY_ACCESS_TOKEN, here and in the integration, unless that is only you.',
      );
    }
  } catch (error) {
    print(startProblem(error, settings));
    process.exitCode = 1;
  }
}

try {
  await run(readSettings(process.env));
} catch (error) {
  if (!(error instanceof WrongSetting)) {
    throw error;
  }
  print(error.message);
  process.exitCode = 1;
}
