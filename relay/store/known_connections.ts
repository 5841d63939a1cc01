import * as zod from 'zod';
import type { Reader, Sql } from '../database.ts';
import { iso } from './iso.ts';
import { connectionsIn, isInScope, type Scope } from './scope.ts';

/** A connection as lists show it. */
export const knownConnection = zod.object({
  id: zod.string(),
  name: zod.string().describe('That the operator gave it.'),
  heard_at: zod.string(),
  hooks: zod.number(),
  events: zod.number(),
  bytes: zod.number(),
});
export type KnownConnection = zod.output<typeof knownConnection>;

/** The connections of a scope that were introduced to the relay; the one heard of last first. */
export const knownConnections = (sql: Reader, scope: Scope): Promise<KnownConnection[]> =>
  sql.rows(
    knownConnection,
    `select id, name, ${iso('heard_at')}, events::float8 as events, bytes::float8 as bytes,
       (select count(*)::integer from relay.hook where hook.connection = connection.id) as hooks
     from relay.connection where ${isInScope('id', '$1')} order by connection.heard_at desc limit 10000`,
    [connectionsIn(scope)],
  );

/** By id, of those that the operator has named. */
export async function namesOf(sql: Reader, scope: Scope): Promise<ReadonlyMap<string, string>> {
  const named = await sql.rows(
    knownConnection.pick({ id: true, name: true }),
    `select id, name from relay.connection where name <> '' and ${isInScope('id', '$1')}`,
    [connectionsIn(scope)],
  );
  return new Map(named.map(({ id, name }) => [id, name]));
}

/** @returns whether there is such a connection */
export async function nameConnection(sql: Sql, id: string, name: string): Promise<boolean> {
  const named = await sql.rows(
    zod.object({ id: zod.string() }),
    'update relay.connection set name = $2 where id = $1 returning id',
    [id, name],
  );
  return named.length > 0;
}
