import { createHash } from 'node:crypto';
import * as zod from 'zod/mini';
import type { Cache } from '../cache.ts';
import { HOOK_EVENTS, type HookEvent, hookId, type Subscription } from '../hook.ts';

/**
 * The hook URLs of one connected account: which Zaps listen to what. It lives in the cache in a
 * fixed number of slots, one entry each, so that Zaps switched on at the same moment never
 * overwrite each other's entry, as they would in one shared list. All are read on every event, each
 * with a call of its own, so there are no more than direct delivery is good for.
 */
export const SLOTS = 12;

/** An entry that nobody renews is gone after this; Zapier subscribes a Zap again long before. */
export const LIFE_SECONDS = 30 * 24 * 3600;
const RENEW_SUBSCRIPTION_SECONDS = LIFE_SECONDS / 4;

/** How long a sign of life counts; after that, the next one is written to the cache. */
export const FRESH_MILLISECONDS = 10 * 60 * 1000;

const hookSchema = zod.object({
  id: zod.string(),
  event: zod.enum(HOOK_EVENTS),
  target_url: zod.string().check(zod.refine((url) => URL.canParse(url))),
  /** Epoch milliseconds of the last sign of life. */
  renewed_at: zod.number(),
  /** Whether its Zap takes a secret of its own, and not only the one of earlier versions. */
  own_secret: zod.optional(zod.boolean()),
});
export type Hook = zod.output<typeof hookSchema>;

export interface Slot {
  readonly number: number;
  readonly hook: Hook;
}

export interface Directory {
  readonly slots: readonly Slot[];
  /** False when a part of it could not be read: there may be more hooks than these. */
  readonly complete: boolean;
}

/** No slot could be claimed: all are taken (`full`), or the cache refused. */
export class NoSlot extends Error {
  override readonly name = 'NoSlot';
  readonly full: boolean;

  constructor(full: boolean) {
    super(full ? 'All slots are taken.' : 'The cache did not store the subscription.');
    this.full = full;
  }
}

const keyOf = (slot: number): string => `hook:${slot}`;

const slotOf = (number: number, value: unknown): Slot | undefined => {
  const read = value === null ? undefined : zod.safeParse(hookSchema, value);
  return read?.success ? { number, hook: read.data } : undefined;
};

const readSlot = async (cache: Cache, number: number): Promise<Slot | undefined> =>
  slotOf(number, await cache.get(keyOf(number)));

const NUMBERS = Array.from({ length: SLOTS }, (_, number) => number);
const KEYS = NUMBERS.map(keyOf);

/** Reads all slots in one parallel round. */
export async function readDirectory(cache: Cache): Promise<Directory> {
  const values = await cache.getAll(KEYS);
  return {
    slots: NUMBERS.flatMap((number) => slotOf(number, values.get(keyOf(number)) ?? null) ?? []),
    complete: values.size === SLOTS,
  };
}

/**
 * Claims one slot, if it is free. The answer of `set` is not enough: core repeats a call whose
 * answer got lost, and a cache may answer true and keep nothing. So the entry is read back.
 * @throws NoSlot when the slot is free and yet the entry is not there
 */
async function claim(cache: Cache, slot: number, hook: Hook): Promise<boolean> {
  const value = await cache.get(keyOf(slot));
  const before = slotOf(slot, value);
  if (before) {
    return before.hook.id === hook.id;
  }
  if (value !== null) {
    await cache.delete(keyOf(slot));
  }
  const stored = await cache.set(keyOf(slot), hook, LIFE_SECONDS, { ifAbsent: true });
  const holder = await readSlot(cache, slot);
  if (!holder) {
    if (stored) {
      await cache.delete(keyOf(slot));
    }
    throw new NoSlot(false);
  }
  return holder.hook.id === hook.id;
}

/**
 * Enters a hook. The same URL again renews its own entry.
 * @throws NoSlot when every slot is taken, the cache stores nothing, or the URL is none
 */
export async function subscribe(
  cache: Cache,
  event: HookEvent,
  targetUrl: string,
  now = Date.now(),
): Promise<Subscription> {
  const hook: Hook = {
    id: hookId(event, targetUrl),
    event,
    target_url: targetUrl,
    renewed_at: now,
    own_secret: true,
  };
  if (!zod.safeParse(hookSchema, hook).success) {
    throw new NoSlot(false);
  }
  const subscription = {
    id: hook.id,
    target_url: targetUrl,
    expiration_date: new Date(now + RENEW_SUBSCRIPTION_SECONDS * 1000).toISOString(),
  };
  const { slots } = await readDirectory(cache);
  const own = slots.find((slot) => slot.hook.id === hook.id);
  if (own) {
    await renew(cache, { ...own, hook }, now);
    return subscription;
  }
  const taken = new Set(slots.map((slot) => slot.number));
  // Each URL begins its search elsewhere, so that Zaps switched on together seldom meet.
  const first = createHash('sha256').update(hook.id).digest().readUInt32BE() % SLOTS;
  for (let step = 0; step < SLOTS; step += 1) {
    const slot = (first + step) % SLOTS;
    if (!taken.has(slot) && (await claim(cache, slot, hook))) {
      return subscription;
    }
  }
  throw new NoSlot(true);
}

/** Notes a sign of life of a hook, so that its entry lives on; unless another has the slot by now. */
export async function renew(cache: Cache, { number, hook }: Slot, now = Date.now()): Promise<void> {
  if ((await readSlot(cache, number))?.hook.id === hook.id) {
    await cache.set(keyOf(number), { ...hook, renewed_at: now }, LIFE_SECONDS);
  }
}

/** Empties the slot, unless another hook has it by now. */
export async function remove(cache: Cache, { number, hook }: Slot): Promise<void> {
  if ((await readSlot(cache, number))?.hook.id === hook.id) {
    await cache.delete(keyOf(number));
  }
}

/**
 * Empties exactly what this hook holds; that it is gone already is fine.
 * @returns false when a part could not be read, where it may be listed still
 */
export async function unsubscribe(cache: Cache, id: string): Promise<boolean> {
  const { slots, complete } = await readDirectory(cache);
  await Promise.all(slots.filter((slot) => slot.hook.id === id).map((slot) => remove(cache, slot)));
  return complete;
}

/** Whether the last sign of life is recent enough to count on. */
export const isFresh = (hook: Hook, now = Date.now()): boolean =>
  now - hook.renewed_at < FRESH_MILLISECONDS;
