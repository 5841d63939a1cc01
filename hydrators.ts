import type { ZObject } from 'zapier-platform-core';
import { fileName } from './midjourney/file_name.ts';
import type { Task } from './midjourney/task.ts';
import {
  downloadWithin,
  encodeCurlies,
  type Limits,
  type Picture,
} from './steps/download_picture.ts';

/** Files of Zaps go up to about 120 MB, and Zapier ends a step after 30 s. */
const LIMITS: Limits = { bytes: 120_000_000, milliseconds: 25_000 };

const hydrators = { download_picture: downloadWithin(LIMITS) };

export default hydrators;

/** Leaves room for the rest of a pointer; one that is too large would cost the user the event. */
const LONGEST_URL = 8_000;

/**
 * A pointer that Zapier resolves when a later step needs the file; '' when there is no picture.
 * @param number from 1; whatever it is, the task's `imageUrl` is the picture 0
 */
export function fileOf(z: ZObject, task: Task, url: string, number: number): string {
  if (url === '' || url.length > LONGEST_URL) {
    return '';
  }
  const place = url === task.imageUrl ? 0 : number;
  const { id: taskId, prompt, operation } = task;
  return z.dehydrateFile(hydrators.download_picture, {
    url: encodeCurlies(url),
    task_id: taskId,
    number: place,
    file_name: fileName({ prompt, operation, taskId, url, number: place }),
  } satisfies Picture);
}
