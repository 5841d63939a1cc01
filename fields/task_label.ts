import { isGrid } from '../midjourney/grid.ts';
import { promptWords } from '../midjourney/prompt_words.ts';
import type { Task } from '../midjourney/task.ts';

const SHORT_PROMPT = 40;

const age = (task: Task, now: number): string => {
  const minutes = Math.round((now - Date.parse(task.finishedAt || task.createdAt)) / 60_000);
  if (Number.isNaN(minutes)) {
    return '';
  }
  if (minutes < 60) {
    return `${Math.max(0, minutes)} min ago`;
  }
  return minutes < 48 * 60
    ? `${Math.round(minutes / 60)} h ago`
    : `${Math.round(minutes / 1440)} days ago`;
};

const contents = (task: Task): string => {
  if (task.status !== 'finished') {
    return task.status;
  }
  if (task.videoUrls.length > 0) {
    return task.videoUrls.length > 1 ? `${task.videoUrls.length} videos` : '1 video';
  }
  if (task.imageUrl === '') {
    return task.taskType;
  }
  const isFour = task.imageUrls.length === 0 ? isGrid(task) : task.imageUrls.length > 1;
  return isFour ? '4 images' : '1 image';
};

/** A task in a dropdown: "4 images · red fox in snow… · 3 min ago". */
export function taskLabel(task: Task, now = Date.now()): string {
  return [contents(task), promptWords(task.prompt, SHORT_PROMPT), age(task, now)]
    .filter(Boolean)
    .join(' · ');
}
