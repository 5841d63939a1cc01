import { type Database, openDatabase } from '../../relay/database.ts';
import { readSettings } from '../../relay/settings.ts';
import type { Engine } from './engines.ts';

/** The database of a relay, without the relay. */
export async function openTestDatabase(
  engine: Engine,
): Promise<{ database: Database; drop(): Promise<void> }> {
  const { variables, contents, drop } = await engine.open();
  const database = await openDatabase(readSettings(variables), contents);
  return {
    database,
    async drop() {
      await database.close();
      await drop();
    },
  };
}
