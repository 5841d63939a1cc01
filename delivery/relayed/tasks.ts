import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { askRelay, type Relay } from './relay_client.ts';

const heardOf = zod.object({
  data: zod.array(zod.object({ body: zod.string() })),
  next: zod.nullable(zod.string()),
});

/**
 * The bodies of the tasks that the relay heard of last, newest first; undefined when it does not
 * answer.
 * @param after the `next` of the page before
 */
export async function tasksAtRelay(
  z: ZObject,
  relay: Relay,
  size: number,
  after: string | undefined,
): Promise<{ bodies: string[]; next: string | null } | undefined> {
  const query = new URLSearchParams({ limit: String(size), ...(after && { after }) });
  const answer = await askRelay(z, relay, 'GET', `/v1/tasks?${query}`).catch(() => undefined);
  const read = zod.safeParse(heardOf, answer?.body);
  return read.success
    ? { bodies: read.data.data.map(({ body }) => body), next: read.data.next }
    : undefined;
}
