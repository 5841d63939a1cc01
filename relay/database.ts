import { type Db, PgBoss } from 'pg-boss';
import type * as zod from 'zod';
import { migrate } from './migrations.ts';
import type { Settings } from './settings.ts';

/** Something that runs SQL: the database itself, or a transaction on it. */
export interface Sql {
  /** Rows as the schema reads them. @param values for $1, $2, … */
  rows<Row>(schema: zod.ZodType<Row>, text: string, values?: readonly unknown[]): Promise<Row[]>;
  run(text: string, values?: readonly unknown[]): Promise<void>;
  /** The same for the engine's calls, so that its jobs are written in the same transaction. */
  readonly engine: Db;
}

/** A PostgreSQL, a server of its own or embedded, with the engine on it. */
export interface Database extends Sql {
  readonly boss: PgBoss;
  /** How many batches of deliveries are worked on at the same time. */
  readonly lanes: number;
  transaction<Result>(run: (sql: Sql) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const sqlOn = (engine: Db): Sql => ({
  async rows(schema, text, values = []) {
    const { rows } = await engine.executeSql(text, [...values]);
    return rows.map((row) => schema.parse(row));
  },
  async run(text, values = []) {
    await engine.executeSql(text, [...values]);
  },
  engine,
});

/** How the engine looks after itself: jobs of an instance that died are found within seconds. */
const UPKEEP = {
  useListenNotify: true,
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  maintenanceIntervalSeconds: 600,
} as const;

const STOPPING = { graceful: true, timeout: 20_000 } as const;

async function openServer(url: string, poolSize: number): Promise<Database> {
  const boss = new PgBoss({
    ...UPKEEP,
    connectionString: url,
    max: poolSize,
    application_name: 'midjourney-relay',
  });
  boss.on('error', () => undefined);
  await boss.start();
  const engine = boss.getDb();
  return {
    ...sqlOn(engine),
    boss,
    // Each event wakes all of them: six took a fifth more of the database's time, and were no faster.
    lanes: 3,
    async transaction(run) {
      const transaction = await engine.beginTransaction?.();
      if (!transaction) {
        throw new Error('The engine offers no transactions on this database.');
      }
      try {
        const result = await run(sqlOn(transaction.db));
        await transaction.commit();
        return result;
      } catch (error) {
        await transaction.rollback();
        throw error;
      }
    },
    close: () => boss.stop(STOPPING),
  };
}

async function openEmbedded(folder: string, contents?: Blob): Promise<Database> {
  const [{ PGlite }, { fromPglite }, { holdFolder }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('pg-boss'),
    import('./hold_folder.ts'),
  ]);
  const inMemory = folder === 'memory';
  const release = inMemory ? () => undefined : holdFolder(folder);
  const pglite = await PGlite.create(inMemory ? 'memory://' : folder, {
    ...(contents && { loadDataDir: contents }),
  });
  const engine = fromPglite(pglite);
  const boss = new PgBoss({ ...UPKEEP, db: engine, backend: 'pglite' });
  boss.on('error', () => undefined);
  await boss.start();
  return {
    ...sqlOn(engine),
    boss,
    // Its one connection runs one statement at a time, and every lane looks for work in turn.
    lanes: 2,
    transaction: (run) =>
      pglite.transaction((transaction) =>
        run(
          sqlOn({
            executeSql: (text, values) => transaction.query(text, values ? [...values] : []),
          }),
        ),
      ),
    async close() {
      await boss.stop(STOPPING);
      await pglite.close();
      release();
    },
  };
}

/**
 * Opens the database and brings its tables up to date; any number of relays may do so at once.
 * @param contents what an embedded one in memory starts from, as `dumpDataDir` of PGlite gives it
 */
export async function openDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'poolSize' | 'dataFolder'>,
  contents?: Blob,
): Promise<Database> {
  const database = settings.databaseUrl
    ? await openServer(settings.databaseUrl, settings.poolSize)
    : await openEmbedded(settings.dataFolder, contents);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
