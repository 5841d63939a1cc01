import * as zod from 'zod';
import { checkSchema, ensureNotNewer } from './check_schema.ts';
import type { Database } from './database.ts';

/**
 * The relay's tables, in a schema of their own beside pg-boss's. A released migration is never
 * changed; append a new one. Each is a list because a call runs a single statement.
 */
const MIGRATIONS: readonly (readonly string[])[] = [
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
  [`alter table relay.event add column signature text not null default ''`],
  [
    // Written to learn whether the database can be.
    `create table relay.sign_of_life (
      id integer primary key,
      at timestamptz not null default now()
    )`,
  ],
  [
    `create table relay.connection (
      id text primary key,
      introduced_at timestamptz not null default now(),
      -- It lapses when nothing was heard of it for as long as events are kept.
      heard_at timestamptz not null default now(),
      events bigint not null default 0,
      bytes bigint not null default 0
    )`,
    `insert into relay.connection (id, events, bytes)
     select connection, sum(events), sum(bytes) from (
       select connection, count(*) as events, coalesce(sum(octet_length(body)), 0) as bytes
       from relay.event group by connection
       union all select distinct connection, 0, 0 from relay.hook
     ) as known group by connection`,
  ],
  [
    `create table relay.started (
      connection text not null,
      task_id text not null,
      secret text not null,
      -- The query string of the webhook URL that its end is to come to.
      callback text not null,
      -- When to ask about it next, and the pause before that.
      worry_at timestamptz not null,
      pause interval not null,
      started_at timestamptz not null default now(),
      primary key (connection, task_id)
    )`,
    'create index on relay.started (worry_at)',
  ],
  [
    // What lists and figures need of each task; see store/task_summary.ts.
    `create table relay.task (
      -- That of the first event that was heard of it.
      id bigint primary key,
      connection text not null,
      task_id text not null,
      -- Of its newest event; below 0 before the first.
      rank smallint not null,
      operation text not null,
      status text not null,
      reference text not null,
      service text not null,
      model text not null,
      prompt text not null,
      text text not null,
      picture text not null,
      media text not null,
      links text[] not null,
      credits_used double precision,
      credits_unit text not null,
      error_kind text not null,
      error_message text not null,
      duration_seconds double precision,
      started_at timestamptz not null,
      updated_at timestamptz not null,
      ended_at timestamptz,
      unique (connection, task_id)
    )`,
    'create index on relay.task (connection, id)',
    // Tasks come nearly in this order, so it is small and costs little.
    'create index on relay.task using brin (started_at)',
    // Of tasks that are kept no longer; a task is in one of the two tables.
    `create table relay.daily (
      day date not null,
      connection text not null,
      operation text not null,
      model text not null,
      -- 'finished', or the kind of failure, or '' when no end came.
      outcome text not null,
      credits_unit text not null,
      -- How long they took; see store/daily.ts.
      bucket smallint not null,
      tasks integer not null,
      credits double precision not null,
      primary key (day, connection, operation, model, outcome, credits_unit, bucket)
    )`,
    `alter table relay.connection
      add column name text not null default '',
      -- When it was last refused for one of its quotas, and which.
      add column over_quota_at timestamptz,
      add column over_quota text not null default ''`,
    // What needs somebody; few are of these kinds.
    `create index on relay.delivery (connection, hook_id) where state = 'dead'`,
    `create index on relay.delivery (connection, hook_id) where state = 'waiting' and attempts > 2`,
  ],
];

/** Key of the advisory lock; any number that nothing else on the database uses. */
const MIGRATION_LOCK = 7_203_114;

/** PostgreSQL's error codes when another session has just created the schema or table. */
const ALREADY_EXISTS = new Set(['23505', '42P06', '42P07']);

const isAlreadyExists = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  ALREADY_EXISTS.has(error.code);

const applyMigrations = (database: Database): Promise<void> =>
  database.transaction(async (sql) => {
    await sql.run('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await sql.run('create schema if not exists relay');
    await sql.run(
      'create table if not exists relay.migration (number integer primary key, at timestamptz not null default now())',
    );
    const done = await sql.rows(
      zod.object({ number: zod.number() }),
      'select number from relay.migration',
    );
    const numbers = new Set(done.map(({ number }) => number));
    ensureNotNewer([...numbers], MIGRATIONS.length);
    for (const [number, statements] of MIGRATIONS.entries()) {
      if (!numbers.has(number)) {
        for (const statement of statements) {
          await sql.run(statement);
        }
        await sql.run('insert into relay.migration (number) values ($1)', [number]);
      }
    }
    await checkSchema(sql);
  });

const MAX_ATTEMPTS = 5;

/**
 * Applies the missing migrations. Relays that start together take turns through an advisory lock.
 * Even so, in about 1 of 100 starts of three relays, PostgreSQL's "if not exists" missed what the
 * one before had just created; the transaction is rolled back then and tried again.
 */
export async function migrate(database: Database): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await applyMigrations(database);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isAlreadyExists(error)) {
        throw error;
      }
    }
  }
}
