import { inTime } from '../errors/in_time.ts';
import type { Database } from './database.ts';

/** What keeps the relay from its work. */
export interface Problem {
  /** Machine-readable. */
  readonly code: 'database' | 'deliveries';
  /** What it is and what to do. */
  readonly message: string;
}

/** Whether the relay can take callbacks and make deliveries. */
export interface Health {
  /** Undefined when it can do both. */
  problem(): Promise<Problem | undefined>;
  /** A batch of deliveries failed as a whole, or none could be fetched. */
  deliveriesFailed(): void;
  deliveriesWork(): void;
}

/** How long the database may take to write one row. */
const WRITE_MILLISECONDS = 3_000;

/** Deliveries that fail for less long are left to their retries. */
const PATIENCE_MILLISECONDS = 30_000;

/** Who is not fed with work fails at nothing: a failure that was not repeated for this long is over. */
const OVER_MILLISECONDS = 60_000;

/** What is known is not asked again sooner: anybody may ask for /readyz. */
const FRESH_MILLISECONDS = 1_000;

const WRITE = `
  insert into relay.sign_of_life (id) values (1)
  on conflict (id) do update set at = now()`;

const CANNOT_WRITE: Problem = {
  code: 'database',
  message:
    'The database cannot be written. Look at whether it answers, has room on its disk, and is not read-only.',
};

const CANNOT_DELIVER: Problem = {
  code: 'deliveries',
  message:
    'Deliveries cannot be made. The log says why, in lines with "Deliveries cannot be made"; waiting ones stay in the database.',
};

export function createHealth(database: Pick<Database, 'run'>): Health {
  let failing: { readonly since: number; readonly last: number } | undefined;
  let asked: { readonly at: number; readonly isWritable: Promise<boolean> } | undefined;

  /** A row that is really written: a full disk and a read-only database answer everything else. */
  function isWritable(): Promise<boolean> {
    const now = performance.now();
    if (!asked || now - asked.at > FRESH_MILLISECONDS) {
      const written = database.run(WRITE).then(
        () => true,
        () => false,
      );
      asked = { at: now, isWritable: inTime(WRITE_MILLISECONDS, written, () => false) };
    }
    return asked.isWritable;
  }

  return {
    async problem() {
      if (!(await isWritable())) {
        return CANNOT_WRITE;
      }
      const now = performance.now();
      const isFailing =
        failing !== undefined &&
        now - failing.since > PATIENCE_MILLISECONDS &&
        now - failing.last < OVER_MILLISECONDS;
      return isFailing ? CANNOT_DELIVER : undefined;
    },
    deliveriesFailed() {
      const now = performance.now();
      const since = failing && now - failing.last <= OVER_MILLISECONDS ? failing.since : now;
      failing = { since, last: now };
    },
    deliveriesWork() {
      failing = undefined;
    },
  };
}
