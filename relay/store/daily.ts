import { PROGRESS } from './rank.ts';

/** For so long sums of days are kept. */
export const DAYS_OF_SUMS = 400;

/**
 * How long tasks took, in buckets of which each is a fifth longer than the one before, so that sums
 * of many days still have a median.
 */
const GROWTH = 1.2;
const MOST_BUCKETS = 70;

/** Of a task that has no duration. */
const NO_BUCKET = -1;

/** The seconds in the middle of a bucket. */
export const secondsOf = (bucket: number): number => Math.round(GROWTH ** bucket * 10) / 10;

/** Tasks of relay.task as rows of relay.daily. @param source a table of the same columns */
export const dailyOf = (source: string): string => `
  select (started_at at time zone 'UTC')::date as day, connection, operation, model,
    case when rank <= ${PROGRESS} then '' when status = 'failed' then error_kind else status end as outcome,
    credits_unit,
    coalesce(least(${MOST_BUCKETS}, greatest(0, round(
      ln(greatest(duration_seconds, 1)) / ln(${GROWTH}::float8)
    ))), ${NO_BUCKET})::smallint as bucket,
    count(*)::integer as tasks, coalesce(sum(credits_used), 0) as credits
  from ${source} group by 1, 2, 3, 4, 5, 6, 7`;

/** Adds tasks that are kept no longer to the sums of their days. */
export const addToDaily = (source: string): string => `
  insert into relay.daily as daily
    (day, connection, operation, model, outcome, credits_unit, bucket, tasks, credits)
  ${dailyOf(source)} order by 1, 2, 3, 4, 5, 6, 7
  on conflict (day, connection, operation, model, outcome, credits_unit, bucket) do update set
    tasks = daily.tasks + excluded.tasks, credits = daily.credits + excluded.credits`;
