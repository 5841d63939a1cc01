import type { ZObject } from 'zapier-platform-core';
import { failed } from '../../errors/errors.ts';
import type { Cache } from '../cache.ts';
import type { HookEvent, Subscription } from '../hook.ts';
import { NoSlot, SLOTS, subscribe } from './directory.ts';

/**
 * Enters the hook URL of a Zap in the directory.
 * @throws an error that says what to do
 */
export async function subscribeZap(
  z: ZObject,
  cache: Cache,
  event: HookEvent,
  targetUrl: string,
): Promise<Subscription> {
  try {
    return await subscribe(cache, event, targetUrl);
  } catch (error) {
    throw error instanceof NoSlot && error.full
      ? failed(
          z,
          `${SLOTS} Zaps already listen for tasks on this account, and there is no room for more. Switch off one that is not needed, then switch this one on again.`,
          'directory_full',
        )
      : failed(
          z,
          'Zapier could not remember that this Zap listens for tasks. Wait a minute, then switch it on again.',
          'directory_unavailable',
        );
  }
}
