import { setTimeout as pause } from 'node:timers/promises';
import type { ZObject } from 'zapier-platform-core';
import { failed } from '../../errors/errors.ts';
import type { Cache } from '../cache.ts';
import { unsubscribe } from './directory.ts';
import { noteDoubt } from './doubt.ts';

const PAUSE_MILLISECONDS = 2_000;

/** Of the 30 s that Zapier gives a step; the last try may wait for the cache for 8 s. */
const BUDGET_MILLISECONDS = 18_000;

/**
 * Takes a hook out of the directory, also when the cache fails at first: a dead hook that stays
 * listed could become the only webhook of a task.
 * @throws when the cache goes on failing, so that Zapier's log shows it
 */
export async function unsubscribeZap(z: ZObject, cache: Cache, hookId: string): Promise<void> {
  const end = Date.now() + BUDGET_MILLISECONDS;
  do {
    if (await unsubscribe(cache, hookId).catch(() => false)) {
      return;
    }
    await noteDoubt(cache);
  } while (Date.now() + PAUSE_MILLISECONDS < end && (await pause(PAUSE_MILLISECONDS, true)));
  throw failed(
    z,
    'Zapier could not take this Zap off the list of those that listen for tasks. It is off all the same, and there is nothing to do: whether a Zap still listens is asked before the next task reports to it.',
    'directory_unavailable',
  );
}
