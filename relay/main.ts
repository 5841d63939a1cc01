import { FolderInUse } from './hold_folder.ts';
import { type Relay, startRelay } from './relay.ts';
import { readSettings, WrongSetting } from './settings.ts';

/** `npm run relay`: runs until it is told to stop. */

const say = (text: string) => process.stderr.write(`${text}\n`);

/** What went wrong at the start, without the addresses and passwords that errors like to quote. */
function wordsFor(error: unknown): string {
  if (error instanceof WrongSetting || error instanceof FolderInUse) {
    return error.message;
  }
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return process.env.DATABASE_URL
    ? `The relay could not start${code}. Check that the database in DATABASE_URL is up and that its user may create tables.`
    : `The relay could not start${code}. Check that PORT is free and that RELAY_DATA can be written.`;
}

function stopWhenTold(relay: Relay): void {
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

try {
  const relay = await startRelay(readSettings(process.env));
  stopWhenTold(relay);
  say(`The relay listens on ${relay.url}; its API is described at ${relay.url}/docs`);
} catch (error) {
  say(wordsFor(error));
  process.exitCode = 1;
}
