import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** The PostgreSQL for tests, as `scripts/with_postgres` starts one; undefined without. */
export const postgresUrl: string | undefined = process.env.RELAY_TEST_DATABASE_URL || undefined;

/** An empty database of a test's own. */
export interface FreshDatabase {
  readonly url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Runs one statement and gives its rows. */
export async function query(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Makes an empty database beside the one in RELAY_TEST_DATABASE_URL. */
export async function freshDatabase(): Promise<FreshDatabase> {
  if (!postgresUrl) {
    throw new Error('RELAY_TEST_DATABASE_URL is not set. Run scripts/with_postgres <command>.');
  }
  const server = postgresUrl;
  const name = `relay_test_${randomUUID().replaceAll('-', '')}`;
  // Nobody is ever connected to template0, which would keep it from being copied.
  await query(server, `create database ${name} template template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await query(server, `drop database if exists ${name} with (force)`);
    },
  };
}
