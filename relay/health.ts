import { inTime } from '../errors/in_time.ts';
import type { Database } from './database.ts';
import { createTrouble } from './trouble.ts';

/** What keeps the relay from its work. */
export interface Problem {
  /** Machine-readable. */
  readonly code: 'database' | 'callbacks' | 'deliveries';
  /** What it is and what to do. */
  readonly message: string;
}

/** Whether the relay can take callbacks and make deliveries. */
export interface Health {
  /** Undefined when it can do both. */
  problem(): Promise<Problem | undefined>;
  /**
   * Callbacks could not be written, and not for what is in them: a full disk may still have room for
   * the one row.
   * @param began when the writing began, by `performance.now()`
   */
  callbacksFailed(began: number): void;
  callbacksWork(): void;
  /** A batch of deliveries failed as a whole, or none could be fetched. */
  deliveriesFailed(): void;
  deliveriesWork(): void;
}

/** How long the database may take to write one row. */
const WRITE_MILLISECONDS = 3_000;

/**
 * Callbacks that fail for less long are left to the services, which repeat them. A balancer that
 * sends none any more must soon send some again, or nobody learns that they can be written.
 */
const CALLBACKS = { patience: 5_000, over: 30_000 } as const;

/** Deliveries that fail for less long are left to their retries. */
const DELIVERIES = { patience: 30_000, over: 60_000 } as const;

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

const CANNOT_TAKE: Problem = {
  code: 'callbacks',
  message:
    'Callbacks cannot be written. The log says why, in lines with "Callbacks cannot be written"; services repeat them.',
};

const CANNOT_DELIVER: Problem = {
  code: 'deliveries',
  message:
    'Deliveries cannot be made. The log says why, in lines with "Deliveries cannot be made"; waiting ones stay in the database.',
};

export function createHealth(database: Pick<Database, 'run'>): Health {
  const callbacks = createTrouble(CALLBACKS);
  const deliveries = createTrouble(DELIVERIES);
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
      if (callbacks.isThere()) {
        return CANNOT_TAKE;
      }
      return deliveries.isThere() ? CANNOT_DELIVER : undefined;
    },
    callbacksFailed: callbacks.failed,
    callbacksWork: callbacks.worked,
    deliveriesFailed: () => deliveries.failed(),
    deliveriesWork: deliveries.worked,
  };
}
