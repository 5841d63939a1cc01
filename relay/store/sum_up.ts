import * as zod from 'zod';
import { taskIn } from '../../delivery/read_webhook.ts';
import { STATUSES, type Status, type Task, taskOf } from '../../midjourney/task.ts';
import { ifTask } from '../../services/service.ts';
import { FIRST_SERVICE, SERVICES } from '../../services/services.ts';
import type { Database } from '../database.ts';
import { SUM_UP } from '../queues.ts';
import { rankOf } from './rank.ts';
import { summaryOf } from './task_summary.ts';
import { SUMMARY_COLUMNS, upsertTasks } from './task_table.ts';

const AT_A_TIME = 200;

/**
 * The newest event of tasks that are in no list, or are there as they were before it, and the id of
 * their first; in the order of events.
 */
const FIND = `
  select event.id::text, event.connection, event.task_id, event.rank, event.operation, event.status, event.reference,
    event.body, event.received_at::text as at,
    (select min(id)::text from relay.event earlier where earlier.connection = event.connection
      and earlier.task_id = event.task_id) as event_id
  from relay.event where event.id > $1 and event.received_at > now() - $2 * interval '1 hour'
    and not exists (
      select from relay.task where task.connection = event.connection
        and task.task_id = event.task_id and task.rank >= event.rank
    ) and not exists (
    select from relay.event newer where newer.connection = event.connection
      and newer.task_id = event.task_id and newer.rank > event.rank
  ) order by event.id limit ${AT_A_TIME}`;

const foundEvent = zod.object({
  id: zod.string(),
  connection: zod.string(),
  task_id: zod.string(),
  rank: zod.number(),
  operation: zod.string(),
  status: zod.string(),
  reference: zod.string(),
  body: zod.string(),
  at: zod.string(),
  event_id: zod.string(),
});
type FoundEvent = zod.output<typeof foundEvent>;

const ENTER = upsertTasks(`json_to_recordset($1::json) as found (
  event_id bigint, at timestamptz, connection text, task_id text, rank smallint, operation text,
  status text, reference text, ${SUMMARY_COLUMNS}
)`);

/** That of the first versions first: others read its bodies as well. */
const CANDIDATES = [FIRST_SERVICE, ...SERVICES.filter((service) => service !== FIRST_SERVICE)];

const statusOf = (status: string): Status => STATUSES.find((one) => one === status) ?? 'pending';

/** Which service sent an event was not written down: the first that reads the same out of it. */
function taskOfEvent({ body, operation, ...event }: FoundEvent): Task {
  const tasks = CANDIDATES.flatMap(
    (service) => ifTask(() => taskIn(service, body, operation)) ?? [],
  );
  return (
    tasks.find(
      (task) =>
        task.id === event.task_id && rankOf(task) === event.rank && task.status === event.status,
    ) ?? taskOf({ id: event.task_id, service: '', operation, status: statusOf(event.status) })
  );
}

/** More than events are kept. */
const ALL_HOURS = 400 * 24;

/** As long as it may take to replace several relays one after the other. */
const RECENT_HOURS = 24;

/**
 * Enters the tasks that an earlier version of the relay wrote only the events of.
 * @param hours of which the events are looked through
 */
export async function sumUpOldEvents(database: Database, hours = ALL_HOURS): Promise<void> {
  for (let after = '0'; ; ) {
    const events = await database.rows(foundEvent, FIND, [after, hours]);
    if (events.length === 0) {
      return;
    }
    const rows = events.map((event) => ({
      ...event,
      body: undefined,
      ...summaryOf(taskOfEvent(event)),
    }));
    await database.run(ENTER, [JSON.stringify(rows)]);
    after = events.at(-1)?.id ?? after;
  }
}

const sumUpData = zod.object({ hours: zod.number().optional() }).nullable();

/**
 * At each start, and each hour of what an earlier version may have written beside this one. One of
 * several relays does it, while all of them take callbacks.
 */
export async function startSummingUp(database: Database): Promise<void> {
  await database.boss.work(SUM_UP, async ([job]) => {
    await sumUpOldEvents(database, sumUpData.parse(job?.data ?? null)?.hours);
  });
  await database.boss.schedule(SUM_UP, '41 * * * *', { hours: RECENT_HOURS });
  await database.boss.send(SUM_UP, {});
}
