import type { ZObject } from 'zapier-platform-core';
import { fileName } from '../midjourney/file_name.ts';
import { MIDJOURNEY, type Task } from '../midjourney/task.ts';
import { encodeCurlies } from '../services/curlies.ts';
import { downloadPicture } from './download_file.ts';
import type { Picture } from './open_picture.ts';
import type { FilePlace, OutputFile } from './task_output.ts';

/** Leaves room for the rest of a pointer; one that is too large would cost the user the event. */
const LONGEST_URL = 8_000;

/** What a file without a prompt is named after: `image-toolkit upscale` says more than Edit Media. */
const workOf = ({ model, taskType, operation }: Task): string =>
  model === MIDJOURNEY ? operation : [model.replace(/^.*\//, ''), taskType].join(' ');

/**
 * A pointer that Zapier resolves when a later step needs the file; null when there is no picture.
 * @param place whatever its number is, the task's `imageUrl` is the picture 0
 */
export function fileOf(z: ZObject, task: Task, link: string, place: FilePlace): OutputFile {
  const url = encodeCurlies(link);
  if (url === '' || Buffer.byteLength(JSON.stringify(url)) > LONGEST_URL) {
    return null;
  }
  const { media, quarter } = place;
  const number = media || link !== task.imageUrl ? place.number : 0;
  const { id: taskId, prompt } = task;
  return z.dehydrateFile(downloadPicture, {
    url,
    task_id: taskId,
    number,
    ...(media && { media }),
    ...(quarter && { quarter }),
    file_name: fileName({
      prompt,
      work: workOf(task),
      taskId,
      url: link,
      number: quarter ?? number,
      media,
    }),
  } satisfies Picture);
}
