import { openDatabase } from '../../relay/database.ts';

/**
 * An empty database on the same server for one measurement: what another one has left waiting would
 * be delivered beside it.
 * @returns the environment of its relay
 */
export async function ownDatabase(
  databaseUrl: string,
  name: string,
): Promise<{ DATABASE_URL: string }> {
  const own = `bench_${name.replaceAll(/\W/g, '_')}`;
  const database = await openDatabase({ databaseUrl, dataFolder: 'memory', poolSize: 2 });
  await database.run(`drop database if exists ${own} with (force)`);
  await database.run(`create database ${own} template template0`);
  await database.close();
  const url = new URL(databaseUrl);
  url.pathname = `/${own}`;
  return { DATABASE_URL: url.href };
}
