import type { ZObject } from 'zapier-platform-core';
import type { Cache } from '../cache.ts';
import { isFirst } from '../memory.ts';
import { type Callback, FORWARDED_MARK } from '../read_webhook.ts';
import { withMarks } from '../webhook_url.ts';
import { insist } from './fan_out.ts';

/**
 * Tells a step that waits of the end of its task, where the service itself must not: it would tell
 * of progress too, and a callback URL takes one POST. It is marked as passed on, so that the step
 * does not pass it on in turn. Never rejects.
 * @param deadline epoch milliseconds; no try begins after it
 */
export async function resumeStep(
  z: ZObject,
  cache: Cache,
  callback: Callback,
  deadline: number,
): Promise<void> {
  const key = `resumed:${callback.task.id}`;
  if (!(await isFirst(cache, key))) {
    return;
  }
  const url = withMarks(callback.resume, { [FORWARDED_MARK]: '1' });
  if ((await insist(z, url, callback, deadline)) !== 'taken') {
    z.console.log('A step that waits for a task could not be told of its end.');
    // The service tells some ends twice: the next one may get through.
    await cache.delete(key).catch(() => undefined);
  }
}
