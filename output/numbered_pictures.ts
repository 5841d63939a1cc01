import { isGrid } from '../midjourney/grid.ts';
import type { Task } from '../midjourney/task.ts';
import type { OutputFile, ToFile } from './task_output.ts';

/** A picture under keys of its own. */
export interface NumberedPicture {
  /** '' for a quarter of a grid, which has no link of its own. */
  readonly url: string;
  readonly file: OutputFile;
}

/** The pictures of a grid, in Midjourney's order: top left, top right, bottom left, bottom right. */
const QUARTERS = [1, 2, 3, 4] as const;

/**
 * A task's pictures one by one: as the service gives them, or cut from the grid once a file is wanted,
 * or the only one.
 */
export function numberedPictures(task: Task, toFile: ToFile): readonly NumberedPicture[] {
  const { imageUrl, imageUrls } = task;
  if (imageUrls.length > 0) {
    return imageUrls.map((url, index) => ({ url, file: toFile(url, { number: index + 1 }) }));
  }
  if (isGrid(task)) {
    return QUARTERS.map((quarter) => ({
      url: '',
      file: toFile(imageUrl, { number: 0, quarter }),
    }));
  }
  return imageUrl === '' ? [] : [{ url: imageUrl, file: toFile(imageUrl, { number: 0 }) }];
}
