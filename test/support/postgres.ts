import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { onceInRun, runFolder } from './run_folder.ts';

/** The URL of the PostgreSQL that `scripts/with_postgres` starts; undefined without one. */
export const postgresUrl: string | undefined = process.env.RELAY_TEST_DATABASE_URL || undefined;

/** A database for one test. */
export interface OwnDatabase {
  readonly url: string;
  /** Drops it, even if clients are still connected. */
  drop(): Promise<void>;
}

/** Runs one statement and gives its rows. */
export async function query(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  // When the server ends, the statement fails too, and that is heard.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Changes a database through another one of its server. @param change what follows its name */
export async function alterDatabase(url: string, change: string): Promise<void> {
  const { href, name } = throughServer(url);
  await query(href, `alter database ${name} ${change}`);
}

/** Cuts every connection to a database, as a restart of the server does. */
export async function cutConnections(url: string): Promise<void> {
  const { href, name } = throughServer(url);
  await query(href, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    name,
  ]);
}

/** Another database of the same server, and the name of this one. */
function throughServer(url: string): { href: string; name: string } {
  const other = new URL(url);
  const name = other.pathname.slice(1);
  other.pathname = '/postgres';
  return { href: other.href, name };
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

/** An empty database. It is copied from template0, since a template with connections cannot be copied. */
export const emptyDatabase = (): Promise<OwnDatabase> => copyOf('template0');

/** A different name for each run, so that two runs on the same server do not share a template. */
const templateName = (): string =>
  `relay_${path.basename(runFolder()).toLowerCase().replaceAll(/\W/g, '_')}`;

/**
 * A database with the tables of the relay, copied from a template that is made once per run.
 * @param fill creates the tables, and has disconnected when it resolves
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

/** Drops the template that `filledDatabase` copies. */
export async function dropTemplate(): Promise<void> {
  await query(server(), `drop database if exists ${templateName()} with (force)`);
}
