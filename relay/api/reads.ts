import type { Reader } from '../database.ts';
import type { Scope } from '../store/scope.ts';
import { Refusal } from './errors.ts';

/** Reads of pages, which may be long, as against callbacks and deliveries, which must not wait. */
export interface Reads {
  /** The database for whoever has this scope. Its reads may reject with a Refusal: too many at a time. */
  of(scope: Scope): Reader;
}

/** So few of the connections to the database, and of its processors. */
const AT_A_TIME = 2;

/** A page asks for less, and a table of all tasks for one page after the other. */
const MOST_WAITING = 20;

/** Whoever reads much waits for himself: the names take turns. */
export function createReads(sql: Reader): Reads {
  const waiting = new Map<string, (() => void)[]>();
  let running = 0;

  function startNext(): void {
    const [next] = waiting;
    if (running === AT_A_TIME || !next) {
      return;
    }
    const [name, starts] = next;
    const [start, ...others] = starts;
    waiting.delete(name);
    if (others.length > 0) {
      waiting.set(name, others);
    }
    running += 1;
    start?.();
  }

  async function turnOf(name: string): Promise<void> {
    const starts = waiting.get(name) ?? [];
    if (starts.length === MOST_WAITING) {
      throw new Refusal(
        429,
        'too_many_reads',
        'The relay is reading as much as it can for this client. Try again in a few seconds.',
        5,
      );
    }
    const turn = new Promise<void>((resolve) => {
      waiting.set(name, [...starts, resolve]);
    });
    startNext();
    await turn;
  }

  return {
    of: (scope) => ({
      async rows(schema, text, values) {
        await turnOf(scope === 'all' ? scope : (scope[0] ?? ''));
        try {
          return await sql.rows(schema, text, values);
        } finally {
          running -= 1;
          startNext();
        }
      },
    }),
  };
}
