import type { ZObject } from 'zapier-platform-core';
import type { WebhookRequest } from '../../delivery/delivery.ts';
import {
  FRESH_MILLISECONDS,
  readDirectory,
  SLOTS,
  subscribe,
} from '../../delivery/direct/directory.ts';
import { type HookEvent, hookId } from '../../delivery/hook.ts';
import type { ReceivedWebhook } from '../../delivery/read_webhook.ts';
import { type Connection, readConnection } from '../../services/connection.ts';
import type { MemoryCache } from './memory_cache.ts';
import { aTask } from './tasks.ts';

export const urlOf = (zap: number | string): string =>
  `https://hooks.zapier.example/hooks/standard/1/zap-${zap}/`;

/** Enters a hook for each name; the last sign of life is now, or too long ago to count. */
export async function listening(
  cache: MemoryCache,
  event: HookEvent,
  names: readonly (number | string)[],
  age: 'fresh' | 'stale' = 'fresh',
): Promise<void> {
  for (const name of names) {
    const seen = Date.now() - (age === 'stale' ? 2 * FRESH_MILLISECONDS : 0);
    await subscribe(cache, event, urlOf(name), seen);
  }
}

/** The URLs that the directory knows, in alphabetical order. */
export async function listedUrls(cache: MemoryCache): Promise<string[]> {
  const { slots } = await readDirectory(cache);
  return slots.map(({ hook }) => hook.target_url).sort();
}

/** All URLs of `count` Zaps, in alphabetical order. */
export const urls = (count: number): string[] =>
  Array.from({ length: count }, (_, zap) => urlOf(zap)).sort();

/** Stores any value in slots of the directory, as another release might have. */
export const fill = (cache: MemoryCache, value: unknown, slots = SLOTS): void => {
  for (let slot = 0; slot < slots; slot += 1) {
    cache.entries.set(`hook:${slot}`, { value, expiresAt: Number.POSITIVE_INFINITY });
  }
};

export const finishedId = (name: number | string): string => hookId('task.finished', urlOf(name));

/** A step that starts one task and does not wait for it. */
export const STEP: WebhookRequest = {
  operation: 'imagine',
  reports: 'progress on request',
  reference: 'row 7',
  notifyProgress: true,
  callbackUrl: undefined,
  size: 1,
  end: Number.POSITIVE_INFINITY,
};

/** A genuine webhook of a finished task. */
export const aWebhook = (known: Partial<ReceivedWebhook> = {}): ReceivedWebhook => ({
  task: aTask({ status: 'finished', imageUrl: 'https://pictures.example/1.png' }),
  reference: '',
  operation: '',
  forwarded: false,
  resume: '',
  content: '{"task_id":"task-1","status":"finished"}',
  signature: '',
  ...known,
});

/** The connection that the hooks of these tests belong to. */
export const connectionOf = (z: ZObject): Connection =>
  readConnection(z, { api_key: 'key-0123456789' });
