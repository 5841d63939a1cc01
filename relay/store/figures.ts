import * as zod from 'zod';
import type { Reader } from '../database.ts';
import { dailyOf, secondsOf } from './daily.ts';
import { connectionsIn, isInScope, type Scope } from './scope.ts';

const seconds = zod.nullable(zod.number());

/** What has come of the tasks of some days; days are UTC's. */
export const figures = zod.object({
  days: zod.array(
    zod.object({
      day: zod.string(),
      connection: zod.string(),
      operation: zod.string(),
      model: zod.string(),
      tasks: zod.number(),
      finished: zod.number(),
      failed: zod.number(),
      credits: zod.number(),
      credits_unit: zod.string(),
    }),
  ),
  failures: zod.array(zod.object({ kind: zod.string(), tasks: zod.number() })),
  times: zod
    .array(zod.object({ day: zod.string(), p50: seconds, p95: seconds }))
    .describe('From start to end, in seconds, within a tenth.'),
  deliveries: zod.object({
    waiting: zod.number(),
    oldest_seconds: zod.number(),
    days: zod
      .array(zod.object({ day: zod.string(), p50: seconds, p95: seconds, delivered: zod.number() }))
      .describe('From an event to its delivery, in seconds, as long as events are kept.'),
  }),
});
export type Figures = zod.output<typeof figures>;

/** The days, as `2026-11-30`, the first and the last of them included. */
export interface Days {
  readonly since: string;
  readonly until: string;
}

/** The sums of the days, of tasks that are kept and of those that are not. */
const SUMS = `
  select * from relay.daily where day between $2::date and $3::date and ${isInScope('connection', '$1')}
  union all select * from (${dailyOf(`(
    select * from relay.task where ${isInScope('connection', '$1')}
      and started_at >= $2::date::timestamp at time zone 'UTC'
      and started_at < ($3::date + 1)::timestamp at time zone 'UTC'
  ) as task`)}) as kept`;

/** All three from the sums, which are made once: rows of which each has what its part needs. */
const COUNTED = `
  with sums as materialized (${SUMS}), buckets as (
    select day, bucket, sum(tasks) as tasks from sums
    where bucket >= 0 and outcome = 'finished' group by day, bucket
  ), running as (
    select day, bucket, sum(tasks) over (partition by day order by bucket) as so_far,
      sum(tasks) over (partition by day) as total from buckets
  )
  select 'days' as part, json_build_object('day', day, 'connection', connection,
    'operation', operation, 'model', model, 'credits_unit', credits_unit, 'tasks', sum(tasks),
    'finished', coalesce(sum(tasks) filter (where outcome = 'finished'), 0),
    'failed', coalesce(sum(tasks) filter (where outcome not in ('finished', '')), 0),
    'credits', sum(credits)) as row
  from sums group by day, connection, operation, model, credits_unit
  union all
  select 'failures', json_build_object('kind', outcome, 'tasks', sum(tasks))
  from sums where outcome not in ('finished', '') group by outcome
  union all
  -- The first bucket with which half, or nineteen of twenty, of a day's tasks are done.
  select 'times', json_build_object('day', day,
    'p50', min(bucket) filter (where so_far >= total * 0.5),
    'p95', min(bucket) filter (where so_far >= total * 0.95))
  from running group by day`;

const WAITING = `
  select count(*)::integer as waiting,
    coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest_seconds
  from relay.delivery where state = 'waiting' and ${isInScope('connection', '$1')}`;

const DELAYS = `
  select (created_at at time zone 'UTC')::date::text as day, count(*)::integer as delivered,
    percentile_cont(0.5) within group (order by delay) as p50,
    percentile_cont(0.95) within group (order by delay) as p95
  from (
    select created_at, extract(epoch from settled_at - created_at)::float8 as delay
    from relay.delivery where state = 'delivered' and ${isInScope('connection', '$1')}
      and created_at >= $2::date::timestamp at time zone 'UTC'
      and created_at < ($3::date + 1)::timestamp at time zone 'UTC'
  ) as delivered group by 1 order by 1`;

const waitingRow = zod.object({ waiting: zod.number(), oldest_seconds: zod.number() });

const { days: dayRows, failures: failureRows, times: timeRows, deliveries } = figures.shape;

const countedRow = zod.discriminatedUnion('part', [
  zod.object({ part: zod.literal('days'), row: dayRows.element }),
  zod.object({ part: zod.literal('failures'), row: failureRows.element }),
  zod.object({ part: zod.literal('times'), row: timeRows.element }),
]);

const inSeconds = (bucket: number | null) => (bucket === null ? null : secondsOf(bucket));

/** One query after the other: figures may wait, deliveries may not. */
export async function readFigures(
  sql: Reader,
  scope: Scope,
  { since, until }: Days,
): Promise<Figures> {
  const connections = connectionsIn(scope);
  const values = [connections, since, until];
  const counted = await sql.rows(countedRow, COUNTED, values);
  const [waiting = { waiting: 0, oldest_seconds: 0 }] = await sql.rows(waitingRow, WAITING, [
    connections,
  ]);
  const delays = await sql.rows(deliveries.shape.days.element, DELAYS, values);
  const byDay = (one: { day: string }, other: { day: string }) => one.day.localeCompare(other.day);
  return {
    days: counted.flatMap(({ part, row }) => (part === 'days' ? row : [])).sort(byDay),
    failures: counted
      .flatMap(({ part, row }) => (part === 'failures' ? row : []))
      .sort((one, other) => other.tasks - one.tasks),
    times: counted
      .flatMap(({ part, row }) => (part === 'times' ? row : []))
      .map(({ day, p50, p95 }) => ({ day, p50: inSeconds(p50), p95: inSeconds(p95) }))
      .sort(byDay),
    deliveries: { ...waiting, days: delays },
  };
}
