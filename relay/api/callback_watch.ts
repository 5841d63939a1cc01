import { codeOf, isDataError } from '../database.ts';
import type { Health } from '../health.ts';
import { Refusal } from './errors.ts';

/** Hears of each callback that could not be written, so that /readyz and the log can say so. */
export interface CallbackWatch {
  /** @param began when the attempt began, by `performance.now()` */
  failed(error: unknown, began: number): void;
  /** The same function, but heard. @param write gives for each item whether it was new */
  watched<Item, Stored extends { readonly isNew: boolean }>(
    write: (items: readonly Item[]) => Promise<readonly Stored[]>,
  ): (items: readonly Item[]) => Promise<readonly Stored[]>;
}

/** The part of a log that it writes to. */
interface ErrorLog {
  error(values: object, message: string): void;
}

/** Whoever sends something that is refused must not make the relay look ill. */
const isCallersFault = (error: unknown): boolean => error instanceof Refusal || isDataError(error);

export function createCallbackWatch(
  health: Pick<Health, 'callbacksFailed' | 'callbacksWork'>,
  log: ErrorLog,
): CallbackWatch {
  const failed: CallbackWatch['failed'] = (error, began) => {
    if (isCallersFault(error)) {
      return;
    }
    health.callbacksFailed(began);
    log.error(
      { failure: error instanceof Error ? error.name : 'Unknown', code: codeOf(error) },
      'Callbacks cannot be written. Look at the database: whether it answers, has room on its disk, has its tables and is not read-only.',
    );
  };
  return {
    failed,
    watched: (write) => async (items) => {
      const began = performance.now();
      try {
        const stored = await write(items);
        // For one that is known already nothing is written.
        if (stored.some(({ isNew }) => isNew)) {
          health.callbacksWork();
        }
        return stored;
      } catch (error) {
        failed(error, began);
        throw error;
      }
    },
  };
}
