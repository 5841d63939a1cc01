import { openAsBlob } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { openDatabase } from '../../relay/database.ts';
import { createQueues } from '../../relay/queues.ts';
import { readSettings, type Settings } from '../../relay/settings.ts';
import { emptyDatabase, filledDatabase, type OwnDatabase, postgresUrl } from './postgres.ts';
import { onceInRun } from './run_folder.ts';

/** A database for one test file. */
export interface Opened {
  /** The relay's settings for it. */
  readonly variables: Record<string, string>;
  /** The initial contents of an embedded database; see `openDatabase`. */
  readonly contents?: Blob;
  drop(): Promise<void>;
}

/** A database engine that a relay can run on. */
export interface Engine {
  readonly name: 'PGlite' | 'PostgreSQL';
  /** A database with the tables of the relay: much quicker to start on than an empty one. */
  open(): Promise<Opened>;
  /** An empty database. */
  openEmpty(): Promise<Opened>;
}

const IN_MEMORY = { variables: { RELAY_DATA: 'memory' }, drop: async () => undefined };

async function fill(settings: Settings): Promise<void> {
  const database = await openDatabase(settings);
  await createQueues(database.boss);
  await database.close();
}

/** The contents of an embedded database with the tables of the relay, made once per run. */
export async function filledContents(): Promise<Blob> {
  const dump = await onceInRun('pglite', async (file) => {
    const folder = `${file}-folder`;
    await fill(readSettings({ RELAY_DATA: folder }));
    const pglite = await PGlite.create(folder);
    // Uncompressed, it loads in half the time.
    const contents = await pglite.dumpDataDir('none');
    await pglite.close();
    await rm(folder, { recursive: true });
    await writeFile(file, contents.stream());
  });
  return openAsBlob(dump);
}

export const PGLITE: Engine = {
  name: 'PGlite',
  open: async () => ({ ...IN_MEMORY, contents: await filledContents() }),
  openEmpty: async () => IN_MEMORY,
};

const opened = ({ url, drop }: OwnDatabase): Opened => ({
  variables: { DATABASE_URL: url },
  drop,
});

export const POSTGRESQL: Engine = {
  name: 'PostgreSQL',
  open: async () =>
    opened(await filledDatabase((url) => fill(readSettings({ DATABASE_URL: url })))),
  openEmpty: async () => opened(await emptyDatabase()),
};

/** Runs a suite on PostgreSQL, or skips it with the reason. */
export function onPostgres(suite: (engine: Engine) => void): void {
  if (postgresUrl) {
    describe('on PostgreSQL', () => suite(POSTGRESQL));
  } else {
    it.skip('on PostgreSQL: RELAY_TEST_DATABASE_URL is not set; see scripts/with_postgres', () =>
      undefined);
  }
}

/** Runs a suite on each database engine of this machine. */
export function onEachEngine(suite: (engine: Engine) => void): void {
  describe('on PGlite', () => suite(PGLITE));
  onPostgres(suite);
}
