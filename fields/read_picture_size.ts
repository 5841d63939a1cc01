import type { ZObject } from 'zapier-platform-core';
import { inTime } from '../errors/in_time.ts';
import { isGrid } from '../midjourney/grid.ts';
import { type PictureSize, PNG_START_BYTES, pngSize } from '../midjourney/picture_size.ts';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { encodeCurlies } from '../services/curlies.ts';
import { inputError } from './checked_input.ts';
import { readParent } from './read_parent.ts';

const TIMEOUT_MILLISECONDS = 8_000;

/** Which picture of which task. */
interface PictureOfTask {
  readonly origin_task_id: string;
  /** From 1; the first when undefined. */
  readonly index?: string | undefined;
}

const linkOf = (task: Task, number: number): string | undefined =>
  task.imageUrls[number - 1] ?? (number === 1 && !isGrid(task) ? task.imageUrl : undefined);

/** The first bytes of a file, without the rest of it. */
async function startOf(z: ZObject, url: string): Promise<Buffer> {
  const rest = new AbortController();
  // Core hands `signal` on to node-fetch, though its types lack it.
  const options = {
    url: encodeCurlies(url),
    raw: true,
    skipThrowForStatus: true,
    signal: rest.signal,
  } as const;
  try {
    const { status, body } = await z.request(options);
    let start = Buffer.alloc(0);
    for await (const chunk of status === 200 ? body : []) {
      start = Buffer.concat([start, Buffer.from(chunk)]);
      if (start.length >= PNG_START_BYTES) {
        break;
      }
    }
    return start;
  } finally {
    rest.abort();
  }
}

/**
 * The size of a task's picture, which areas of it are measured by: one call to the service for the
 * picture's link, and one to where the picture is.
 * @param end epoch milliseconds by which there has to be an answer
 * @throws why it is not known, before anything is started
 */
export async function readPictureSize(
  z: ZObject,
  connection: Connection,
  { origin_task_id, index = '1' }: PictureOfTask,
  end: number,
): Promise<PictureSize> {
  const parent = await readParent(z, connection, origin_task_id, end);
  const link = linkOf(parent, Number(index));
  if (!link) {
    throw inputError(z, [
      `Areas: The task has no picture ${index} to measure them by. Choose a finished task, and one of its pictures.`,
    ]);
  }
  const start = await inTime(TIMEOUT_MILLISECONDS, startOf(z, link)).catch(() => undefined);
  const size = start && pngSize(start);
  if (!size) {
    throw inputError(z, [
      `Areas: The size of the picture could not be read at ${new URL(link).host}. Run the step again in a few minutes, or use a Mask.`,
    ]);
  }
  return size;
}
