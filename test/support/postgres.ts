import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { onceInRun, runFolder } from './run_folder.ts';

/** The PostgreSQL for tests, as `scripts/with_postgres` starts one; undefined without. */
export const postgresUrl: string | undefined = process.env.RELAY_TEST_DATABASE_URL || undefined;

/** A database of a test's own. */
export interface OwnDatabase {
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

function server(): string {
  if (!postgresUrl) {
    throw new Error('RELAY_TEST_DATABASE_URL is not set. Run scripts/with_postgres <command>.');
  }
  return postgresUrl;
}

const addressOf = (name: string): string => {
  const url = new URL(server());
  url.pathname = `/${name}`;
  return url.href;
};

async function copyOf(template: string): Promise<OwnDatabase> {
  const name = `relay_test_${randomUUID().replaceAll('-', '')}`;
  await query(server(), `create database ${name} template ${template}`);
  return {
    url: addressOf(name),
    drop: async () => {
      await query(server(), `drop database if exists ${name} with (force)`);
    },
  };
}

/** An empty database. Nobody is ever connected to template0, which would keep it from being copied. */
export const emptyDatabase = (): Promise<OwnDatabase> => copyOf('template0');

/** One for each run, so that two on the same server do not share it. */
const templateName = (): string =>
  `relay_${path.basename(runFolder()).toLowerCase().replaceAll(/\W/g, '_')}`;

/**
 * A database with what a relay makes in it, copied from one that is made once in a run.
 * @param fill makes it, and is disconnected afterwards
 */
export async function filledDatabase(fill: (url: string) => Promise<void>): Promise<OwnDatabase> {
  const template = templateName();
  await onceInRun('postgres', async (file) => {
    await dropTemplate();
    await query(server(), `create database ${template} template template0`);
    await fill(addressOf(template));
    await writeFile(file, template);
  });
  return copyOf(template);
}

/** Removes what `filledDatabase` copies. */
export async function dropTemplate(): Promise<void> {
  await query(server(), `drop database if exists ${templateName()} with (force)`);
}
