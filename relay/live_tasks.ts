import * as zod from 'zod';
import type { Reader } from './database.ts';
import { isInScope, type Scope } from './store/scope.ts';
import { storedTask, TASK_COLUMNS, type TaskRow, withAdvice } from './store/task_row.ts';

/** Tells of tasks that start, move or end, on whichever instance. */
export interface LiveTasks {
  /**
   * Resolves once nothing that happens from now on is missed.
   * @returns what ends it
   */
  listen(scope: Scope, onTask: (task: TaskRow) => void): Promise<() => void>;
  stop(): void;
}

const LOOK_MILLISECONDS = 700;

/** A transaction may be written this much later than its ids were given out, and by then so many were. */
const LATE_MILLISECONDS = 10_000;
const LATE_IDS = 500;

const MOST_AT_A_TIME = 5_000;

/** Ids are given out in order, and an event of a running task is never far from the newest. */
const CHANGED = `
  select task.id::text, task.updated_at::text from relay.task join (
    select connection, task_id from relay.event where id > $2
    union select connection, task_id from relay.task where id > $2
  ) as changed using (connection, task_id)
  where ${isInScope('connection', '$1')} order by task.updated_at desc limit ${MOST_AT_A_TIME}`;

const changedRow = zod.object({ id: zod.string(), updated_at: zod.string() });

const READ = `select ${TASK_COLUMNS} from relay.task where id = any($1::bigint[]) order by updated_at`;

const newestRow = zod.object({ id: zod.coerce.number() });

const NEWEST = `
  select greatest(
    (select coalesce(max(id), 0) from relay.event), (select coalesce(max(id), 0) from relay.task)
  )::text as id`;

interface Listener {
  readonly scope: Scope;
  readonly onTask: (task: TaskRow) => void;
}

const hears = ({ scope }: Listener, { connection }: TaskRow): boolean =>
  scope === 'all' || scope.includes(connection);

/** Looks only while somebody listens, once for all of them. */
export function createLiveTasks(sql: Reader): LiveTasks {
  const listeners = new Set<Listener>();
  /** The newest id at each look, of the last seconds. */
  let looks: { readonly at: number; readonly id: number }[] = [];
  /** What was told already: the state of each task that changed of late. */
  let told = new Map<string, string>();
  let baseline: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** @returns what has changed since the look before */
  async function look(): Promise<TaskRow[]> {
    const now = performance.now();
    const [newest] = await sql.rows(newestRow, NEWEST);
    looks = [
      ...looks.filter(({ at }) => at > now - LATE_MILLISECONDS),
      { at: now, id: newest?.id ?? 0 },
    ];
    const since = (looks[0]?.id ?? 0) - LATE_IDS;
    const scopes = [...listeners].flatMap(({ scope }) => scope);
    const changed = await sql.rows(changedRow, CHANGED, [
      scopes.includes('all') ? null : scopes,
      since,
    ]);
    const news = changed.filter(({ id, updated_at }) => told.get(id) !== updated_at);
    const rows =
      news.length > 0 ? await sql.rows(storedTask, READ, [news.map(({ id }) => id)]) : [];
    told = new Map(changed.map(({ id, updated_at }) => [id, updated_at]));
    return rows.map(withAdvice);
  }

  async function tell(): Promise<void> {
    for (const task of await look()) {
      for (const listener of listeners) {
        if (hears(listener, task)) {
          listener.onTask(task);
        }
      }
    }
  }

  function lookLater(): void {
    timer ??= setTimeout(async () => {
      // A database that does not answer is seen by /readyz; the page goes on waiting.
      await tell().catch(() => undefined);
      timer = undefined;
      if (listeners.size > 0) {
        lookLater();
      } else {
        looks = [];
        told = new Map();
        baseline = undefined;
      }
    }, LOOK_MILLISECONDS).unref();
  }

  return {
    async listen(scope, onTask) {
      const listener = { scope, onTask };
      listeners.add(listener);
      baseline ??= look().then(lookLater);
      try {
        await baseline;
      } catch (error) {
        baseline = undefined;
        listeners.delete(listener);
        throw error;
      }
      return () => listeners.delete(listener);
    },
    stop() {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
