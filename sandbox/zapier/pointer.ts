import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as zod from 'zod/mini';

/**
 * What core signs pointers with, so that text typed by a user never runs a hydrator. One for the
 * process: core reads it from process.env, which all worlds share.
 */
export const pointerSecret = randomBytes(24).toString('base64url');

const pointerSchema = zod.object({
  type: zod.enum(['method', 'file']),
  method: zod.string(),
  bundle: zod.record(zod.string(), zod.unknown()),
});

function signature(payload: string): Buffer {
  return createHmac('sha1', pointerSecret).update(payload).digest();
}

/**
 * Reads a `hydrate|||<base64>:<signature>|||hydrate` pointer (core's wrap-hydrate.js).
 * Throws when it is none, or when the app did not make it.
 */
export function readPointer(pointer: string): zod.infer<typeof pointerSchema> {
  const [, payload, signed] = /^hydrate\|\|\|([^:]+):(.+)\|\|\|hydrate$/.exec(pointer) ?? [];
  if (payload === undefined || signed === undefined) {
    throw new Error(`Not a signed hydration pointer: ${pointer}`);
  }
  const given = Buffer.from(signed, 'base64');
  const right = signature(payload);
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new Error('The signature of this hydration pointer is wrong');
  }
  return zod.parse(pointerSchema, JSON.parse(Buffer.from(payload, 'base64').toString()));
}
