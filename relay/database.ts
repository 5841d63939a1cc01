import { type Db, PgBoss } from 'pg-boss';
import type * as zod from 'zod';
import { inTime } from '../errors/in_time.ts';
import { migrate } from './migrations.ts';
import type { Settings } from './settings.ts';

/** Something that runs SQL: the database itself, or a transaction on it. */
export interface Sql {
  /** The rows, parsed with the schema. @param values for $1, $2, … */
  rows<Row>(schema: zod.ZodType<Row>, text: string, values?: readonly unknown[]): Promise<Row[]>;
  run(text: string, values?: readonly unknown[]): Promise<void>;
  /** The same connection for pg-boss, so that its jobs are written in the same transaction. */
  readonly queueDb: Db;
}

/** The code of an error, such as PostgreSQL's 42P01 or ECONNREFUSED, else ''; its message may hold data. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What only reads. */
export type Reader = Pick<Sql, 'rows'>;

/**
 * Whether an error is about the values of a statement, so that others may still be written: data
 * exceptions, broken constraints, limits of the program. The codes are PostgreSQL's.
 */
export const isDataError = (error: unknown): boolean => /^(21|22|23|54)/.test(codeOf(error));

/** A PostgreSQL server or the embedded PGlite, with the job queue (pg-boss) on it. */
export interface Database extends Sql {
  readonly boss: PgBoss;
  /** How many batches of deliveries this instance processes at the same time. */
  readonly workers: number;
  transaction<Result>(run: (sql: Sql) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const sqlOn = (queueDb: Db): Sql => ({
  async rows(schema, text, values = []) {
    const { rows } = await queueDb.executeSql(text, [...values]);
    return rows.map((row) => schema.parse(row));
  },
  async run(text, values = []) {
    await queueDb.executeSql(text, [...values]);
  },
  queueDb,
});

/** pg-boss's housekeeping; checking every 5 s finds the jobs of a dead instance quickly. */
const MAINTENANCE = {
  useListenNotify: true,
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  maintenanceIntervalSeconds: 600,
} as const;

const SHUTDOWN = { graceful: true, timeout: 20_000 } as const;

/**
 * A connection that does not answer is given up and replaced: a proxy may drop what goes over open
 * connections and let new ones work. Nothing that the relay asks takes as long.
 */
const LIMITS = {
  query_timeout: 8_000,
  connectionTimeoutMillis: 4_000,
  keepAlive: true,
} as const;

/** A migration takes as long as it takes, and needs nobody to look after jobs. */
const MIGRATING = { keepAlive: true, supervise: false, schedule: false } as const;

const SERVING = { ...MAINTENANCE, ...LIMITS } as const;

/** At shutdown, connections that are still open after this are left to the end of the process. */
const CLOSE_MILLISECONDS = 25_000;

async function openServer(
  url: string,
  poolSize: number,
  options: typeof SERVING | typeof MIGRATING = SERVING,
): Promise<Database> {
  const boss = new PgBoss({
    ...options,
    connectionString: url,
    max: poolSize,
    application_name: 'midjourney-relay',
  });
  boss.on('error', () => undefined);
  await boss.start();
  const queueDb = boss.getDb();
  return {
    ...sqlOn(queueDb),
    boss,
    // Each event wakes every worker: six used 20 % more database time and were no faster.
    workers: 3,
    async transaction(run) {
      const transaction = await queueDb.beginTransaction?.();
      if (!transaction) {
        throw new Error('pg-boss offers no transactions on this database.');
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
    close: () => inTime(CLOSE_MILLISECONDS, boss.stop(SHUTDOWN), () => undefined),
  };
}

/** Two writers destroy the data: rather no relay than a second one. */
function endAtOnce(): never {
  process.stderr.write('RELAY_DATA: another relay has taken the folder over, so this one ends.\n');
  process.exit(1);
}

async function openEmbedded(folder: string, contents?: Blob): Promise<Database> {
  const [{ PGlite }, { fromPglite }, { lockFolder }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('pg-boss'),
    import('./lock_folder.ts'),
  ]);
  const inMemory = folder === 'memory';
  const unlock = inMemory ? async () => undefined : await lockFolder(folder, endAtOnce);
  const pglite = await PGlite.create(inMemory ? 'memory://' : folder, {
    ...(contents && { loadDataDir: contents }),
  });
  const queueDb = fromPglite(pglite);
  const boss = new PgBoss({ ...MAINTENANCE, db: queueDb, backend: 'pglite' });
  boss.on('error', () => undefined);
  await boss.start();
  return {
    ...sqlOn(queueDb),
    boss,
    // PGlite has one connection, and each worker polls on it.
    workers: 2,
    transaction: (run) =>
      pglite.transaction((transaction) =>
        run(
          sqlOn({
            executeSql: (text, values) => transaction.query(text, values ? [...values] : []),
          }),
        ),
      ),
    async close() {
      await boss.stop(SHUTDOWN);
      await pglite.close();
      await unlock();
    },
  };
}

/**
 * Opens the database and migrates its tables; several relays may do so at the same time.
 * @param contents what an embedded one in memory starts from, as PGlite's `dumpDataDir` returns it
 */
export async function openDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'poolSize' | 'dataFolder'>,
  contents?: Blob,
): Promise<Database> {
  const { databaseUrl, poolSize, dataFolder } = settings;
  const migrating = databaseUrl
    ? await openServer(databaseUrl, 2, MIGRATING)
    : await openEmbedded(dataFolder, contents);
  try {
    await migrate(migrating);
  } catch (error) {
    await migrating.close();
    throw error;
  }
  if (databaseUrl === undefined) {
    return migrating;
  }
  await migrating.close();
  return openServer(databaseUrl, poolSize);
}
