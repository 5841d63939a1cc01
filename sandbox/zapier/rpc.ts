import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import * as zod from 'zod/mini';
import type { CacheOwner, SandboxCache } from './cache.ts';
import { CURSOR_REFUSAL, type Cursors } from './cursors.ts';
import type { FileStore } from './files.ts';

const text = zod.string();
const scope = zod.nullable(zod.array(zod.enum(['auth', 'user'])));
const storeKey = zod.optional(text);
const call = zod.discriminatedUnion('method', [
  zod.object({
    id: zod.number(),
    method: zod.literal('zcache_get'),
    params: zod.tuple([text, scope]),
  }),
  zod.object({
    id: zod.number(),
    method: zod.literal('zcache_set'),
    params: zod.tuple([text, text, zod.nullable(zod.int()), scope, zod.nullable(zod.boolean())]),
  }),
  zod.object({
    id: zod.number(),
    method: zod.literal('zcache_delete'),
    params: zod.tuple([text, scope]),
  }),
  zod.object({ id: zod.number(), method: zod.literal('get_presigned_upload_post_data') }),
  zod.object({ id: zod.number(), method: zod.literal('get_cursor'), storeKey }),
  zod.object({
    id: zod.number(),
    method: zod.literal('set_cursor'),
    storeKey,
    params: zod.tuple([text]),
  }),
]);
type Call = zod.infer<typeof call>;
type CacheRpc = Extract<Call, { method: `zcache_${string}` }>;
type CursorRpc = Extract<Call, { method: `${string}_cursor` }>;

export interface RpcOptions {
  readonly cache: SandboxCache;
  readonly files: FileStore;
  readonly cursors: Cursors;
  /** By the token that core sends as X-Token. */
  readonly owners: ReadonlyMap<string, CacheOwner>;
}

function answerFromCache(cache: SandboxCache, { method, params }: CacheRpc, owner: CacheOwner) {
  if (method === 'zcache_get') {
    return cache.get(params[0], params[1], owner);
  }
  if (method === 'zcache_delete') {
    return cache.delete(params[0], params[1], owner);
  }
  const [key, json, ttl, scope, nx] = params;
  return cache.set(key, json, scope, owner, { ttl, nx: nx ?? false });
}

function answerFromCursors(cursors: Cursors, rpc: CursorRpc) {
  if (rpc.storeKey === undefined) {
    return { error: CURSOR_REFUSAL };
  }
  if (rpc.method === 'get_cursor') {
    return { result: cursors.get(rpc.storeKey) };
  }
  cursors.set(rpc.storeKey, rpc.params[0]);
  return { result: null };
}

/** `POST /rpc`: what core calls for z.cache, z.cursor and z.stashFile (core's create-rpc-client.js). */
export function routeRpc(server: FastifyInstance, options: RpcOptions): void {
  const { cache, cursors, files, owners } = options;
  server.post('/rpc', async (request, reply) => {
    const rpc = zod.parse(call, JSON.parse(String(request.body)));
    const owner = owners.get(String(request.headers['x-token']));
    if (owner === undefined) {
      return reply.code(403).send({ id: rpc.id, error: 'Unknown token' });
    }
    if (rpc.method === 'get_presigned_upload_post_data') {
      return { id: rpc.id, result: files.presign() };
    }
    if (rpc.method === 'get_cursor' || rpc.method === 'set_cursor') {
      return { id: rpc.id, ...answerFromCursors(cursors, rpc) };
    }
    const [key] = rpc.params;
    const names = { zcache_get: 'get', zcache_set: 'set', zcache_delete: 'delete' } as const;
    cache.calls.push({ method: names[rpc.method], key });
    if (cache.delayMilliseconds > 0) {
      await sleep(cache.delayMilliseconds);
    }
    if (cache.failsFor(key)) {
      return reply.code(500).send({ id: rpc.id, error: 'Cache is down' });
    }
    return { id: rpc.id, result: answerFromCache(cache, rpc, owner) };
  });
}
