import { type Relay, startRelay } from './relay.ts';
import { readSettings, type Settings, WrongSetting } from './settings.ts';
import { startProblem } from './start_problem.ts';

/** `npm run relay`: runs until SIGTERM or SIGINT. */

const print = (text: string) => process.stderr.write(`${text}\n`);

function stopOnSignal(relay: Relay): void {
  let stopping = false;
  const stop = async () => {
    if (!stopping) {
      stopping = true;
      await relay.stop();
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
