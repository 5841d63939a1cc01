import * as zod from 'zod';
import type { Database } from './database.ts';

/**
 * The relay's own tables, in a schema of their own beside the engine's. A step that was released is
 * never changed; a change is a new step at the end. Each is a list, for one call runs one statement.
 */
const STEPS: readonly (readonly string[])[] = [
  [
    `create table relay.hook (
      id uuid primary key default gen_random_uuid(),
      connection text not null,
      event text not null,
      target_url text not null,
      operations text[] not null default '{}',
      reference text not null default '',
      created_at timestamptz not null default now(),
      unique (connection, event, target_url)
    )`,
    // Not logged: what a crash loses is the pause that a target asked for, and it will ask again.
    `create unlogged table relay.target (
      url text primary key,
      -- When the next delivery to it may go out: at most so many a second, later when it says so.
      next_slot timestamptz not null
    )`,
    `create table relay.event (
      id bigint generated always as identity primary key,
      connection text not null,
      task_id text not null,
      -- How far the task was: percent, and above all of them its end. The same twice is a repetition.
      rank smallint not null,
      operation text not null,
      status text not null,
      reference text not null,
      secret text not null,
      body text not null,
      received_at timestamptz not null default now(),
      unique (connection, task_id, rank)
    )`,
    'create index on relay.event (connection, id)',
    'create index on relay.event (received_at)',
    `create table relay.delivery (
      id bigint generated always as identity primary key,
      connection text not null,
      event_id bigint not null references relay.event on delete cascade,
      -- Null for a step that waits: its callback URL is no hook.
      hook_id uuid,
      target_url text not null,
      state text not null default 'waiting',
      attempts integer not null default 0,
      answer text not null default '',
      -- A target that is busy says when it wants to be asked again.
      not_before timestamptz not null default now(),
      -- Since when it is being tried: since it came, or since it was brought back from the dead.
      tried_since timestamptz not null default now(),
      -- An attempt that nobody waits for any more may be on its way until then.
      tried_until timestamptz,
      created_at timestamptz not null default now(),
      settled_at timestamptz
    )`,
    'create index on relay.delivery (connection, id)',
    'create index on relay.delivery (connection, state, id)',
    'create index on relay.delivery (event_id)',
    `create index on relay.delivery (hook_id) where state = 'waiting'`,
    `create table relay.task_group (
      connection text not null,
      name text not null,
      size integer not null,
      callback_url text not null,
      ended integer not null default 0,
      last_event bigint,
      called boolean not null default false,
      created_at timestamptz not null default now(),
      primary key (connection, name)
    )`,
  ],
];

/** Any number will do, as long as nothing else on the database takes it. */
const LOCK = 7_203_114;

/** What PostgreSQL says of a schema or a table that came to be in the same moment. */
const CAME_TO_BE = new Set(['23505', '42P06', '42P07']);

const isSimultaneous = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  CAME_TO_BE.has(error.code);

const bringUpToDate = (database: Database): Promise<void> =>
  database.transaction(async (sql) => {
    await sql.run('select pg_advisory_xact_lock($1)', [LOCK]);
    await sql.run('create schema if not exists relay');
    await sql.run(
      'create table if not exists relay.migration (number integer primary key, at timestamptz not null default now())',
    );
    const done = await sql.rows(
      zod.object({ number: zod.number() }),
      'select number from relay.migration',
    );
    const numbers = new Set(done.map(({ number }) => number));
    for (const [number, statements] of STEPS.entries()) {
      if (!numbers.has(number)) {
        for (const statement of statements) {
          await sql.run(statement);
        }
        await sql.run('insert into relay.migration (number) values ($1)', [number]);
      }
    }
  });

const MOST_TRIES = 5;

/**
 * Brings the tables up to date. Relays that start together take turns; and still, about once in a
 * hundred times that three did, PostgreSQL's "if not exists" did not see what the one before had
 * just made. Nothing of such a try is kept, so it is made again.
 */
export async function migrate(database: Database): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await bringUpToDate(database);
    } catch (error) {
      if (tries === MOST_TRIES || !isSimultaneous(error)) {
        throw error;
      }
    }
  }
}
