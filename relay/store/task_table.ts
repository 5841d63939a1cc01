import { PROGRESS } from './rank.ts';

/** Columns of a `TaskSummary`, as json_to_recordset reads them. */
export const SUMMARY_COLUMNS = `
  service text, model text, prompt text, text text, picture text, media text, links text[],
  credits_used float8, credits_unit text, error_kind text, error_message text,
  duration_seconds float8, begun_at timestamptz`;

/** What was known stays known: the events of some services lack what earlier ones had. */
const kept = (column: string): string =>
  `${column} = coalesce(nullif(excluded.${column}, ''), task.${column})`;

/** A service's clock may be wrong, and a task that was begun days before is none that this event starts. */
const BEGUN = `case when begun_at between at - interval '2 days' and at then begun_at end`;

/**
 * Enters tasks, or what is newer of them. A task has the id of its first event, so that tasks are in
 * the order in which they were heard of first.
 * @param source rows with `event_id`, `connection`, `task_id`, `rank`, `operation`, `status`,
 * `reference`, `at` and the columns of a summary, one for each task
 */
export const upsertTasks = (source: string): string => `
  insert into relay.task as task (
    id, connection, task_id, rank, operation, status, reference, service, model, prompt, text,
    picture, media, links, credits_used, credits_unit, error_kind, error_message, duration_seconds,
    started_at, updated_at, ended_at
  )
  select event_id, connection, task_id, rank, operation, status, reference, service, model, prompt,
    text, picture, media, coalesce(links, '{}'), credits_used, credits_unit, error_kind, error_message,
    case when rank > ${PROGRESS}
      then coalesce(duration_seconds, extract(epoch from at - (${BEGUN}))) end,
    coalesce(${BEGUN}, at), at, case when rank > ${PROGRESS} then at end
  from ${source} order by connection, task_id
  on conflict (connection, task_id) do update set
    rank = excluded.rank, status = excluded.status, updated_at = excluded.updated_at,
    ${['operation', 'reference', 'service', 'model', 'prompt', 'text', 'picture', 'media', 'credits_unit'].map(kept).join(', ')},
    links = case when excluded.links = '{}' then task.links else excluded.links end,
    credits_used = coalesce(excluded.credits_used, task.credits_used),
    error_kind = excluded.error_kind, error_message = excluded.error_message,
    ended_at = coalesce(task.ended_at, excluded.ended_at),
    duration_seconds = case when task.ended_at is null
      then coalesce(excluded.duration_seconds,
        extract(epoch from excluded.ended_at - task.started_at))
      else coalesce(task.duration_seconds, excluded.duration_seconds) end
  where excluded.rank > task.rank`;
