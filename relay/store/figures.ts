import * as zod from 'zod';
import type { Sql } from '../database.ts';
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

const BY_DAY = `
  select day::text, connection, operation, model, credits_unit,
    sum(tasks)::integer as tasks,
    coalesce(sum(tasks) filter (where outcome = 'finished'), 0)::integer as finished,
    coalesce(sum(tasks) filter (where outcome not in ('finished', '')), 0)::integer as failed,
    sum(credits)::float8 as credits
  from (${SUMS}) as sums group by day, connection, operation, model, credits_unit
  order by day, connection, operation, model`;

const FAILURES = `
  select outcome as kind, sum(tasks)::integer as tasks from (${SUMS}) as sums
  where outcome not in ('finished', '') group by outcome order by tasks desc, kind`;

/** The first bucket with which half, or nineteen of twenty, of a day's tasks are done. */
const TIMES = `
  with counted as (
    select day, bucket, sum(tasks) as tasks from (${SUMS}) as sums
    where bucket >= 0 and outcome = 'finished' group by day, bucket
  ), running as (
    select day, bucket, sum(tasks) over (partition by day order by bucket) as so_far,
      sum(tasks) over (partition by day) as total from counted
  )
  select day::text, min(bucket) filter (where so_far >= total * 0.5) as p50,
    min(bucket) filter (where so_far >= total * 0.95) as p95
  from running group by day order by day`;

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

/** One query after the other: figures may wait, deliveries may not. */
export async function readFigures(
  sql: Sql,
  scope: Scope,
  { since, until }: Days,
): Promise<Figures> {
  const values = [connectionsIn(scope), since, until];
  const { days, failures, times, deliveries } = figures.shape;
  const rowsOfDays = await sql.rows(days.element, BY_DAY, values);
  const rowsOfFailures = await sql.rows(failures.element, FAILURES, values);
  const buckets = await sql.rows(times.element, TIMES, values);
  const [waiting = { waiting: 0, oldest_seconds: 0 }] = await sql.rows(waitingRow, WAITING, [
    connectionsIn(scope),
  ]);
  const delays = await sql.rows(deliveries.shape.days.element, DELAYS, values);
  const inSeconds = (bucket: number | null) => (bucket === null ? null : secondsOf(bucket));
  return {
    days: rowsOfDays,
    failures: rowsOfFailures,
    times: buckets.map(({ day, p50, p95 }) => ({ day, p50: inSeconds(p50), p95: inSeconds(p95) })),
    deliveries: { ...waiting, days: delays },
  };
}
