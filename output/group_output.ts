import { hasEnded } from '../midjourney/task.ts';
import { flatPictures, type TaskOutput } from './task_output.ts';

/** Several tasks that one step started, as one: the usual keys, and each task as a line item. */
export type GroupOutput = TaskOutput & { readonly tasks: readonly TaskOutput[] };

const statusOf = (tasks: readonly TaskOutput[]): TaskOutput['status'] => {
  const running = tasks.find(({ status }) => status !== 'finished' && status !== 'failed');
  return running?.status ?? (tasks.some(({ succeeded }) => succeeded) ? 'finished' : 'failed');
};

const latest = (times: readonly (string | null)[]): string | null =>
  times
    .filter((time) => time !== null)
    .sort()
    .at(-1) ?? null;

/** What all cost together; null while that is not known of each. */
const sum = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce((total, number) => (total === null || number === null ? null : total + number), 0);

/** Each task's first picture, under the number of its task. */
const picturesOf = (tasks: readonly TaskOutput[]) =>
  flatPictures(tasks.map(({ image_1_url, image_1 }) => ({ url: image_1_url, file: image_1 })));

const least = (numbers: readonly (number | null)[]): number | null => {
  const known = numbers.filter((number) => number !== null);
  return known.length > 0 && known.length === numbers.length ? Math.min(...known) : null;
};

/** The images keep the number of their task: the third task's picture is number 3. */
const imagesOf = (tasks: readonly TaskOutput[]): TaskOutput['images'] =>
  tasks.flatMap(({ images }, index) => images.map((image) => ({ ...image, number: index + 1 })));

const errorsOf = (tasks: readonly TaskOutput[]): string =>
  tasks
    .map(({ error_message }, index) => error_message && `Image ${index + 1}: ${error_message}`)
    .filter(Boolean)
    .join(' ');

/**
 * The usual keys describe the whole: it succeeded when all did, it runs while one runs, its images
 * are those of all. Identity, prompt and times are of the first task that was started.
 */
export function groupOutput(tasks: readonly TaskOutput[]): TaskOutput {
  const [first] = [...tasks].sort((a, b) => Number(a.id === '') - Number(b.id === ''));
  if (!first) {
    throw new RangeError('A group has at least one task.');
  }
  const status = statusOf(tasks);
  const images = imagesOf(tasks);
  const started = tasks.filter(({ id }) => id !== '');
  const group: GroupOutput = {
    ...first,
    status,
    succeeded: tasks.every(({ succeeded }) => succeeded),
    image_url: images[0]?.url ?? '',
    image: images[0]?.file ?? null,
    ...picturesOf(tasks),
    images,
    thumbnail_markdown:
      tasks.find((task) => task.thumbnail_markdown !== '')?.thumbnail_markdown ?? '',
    credits_used: sum(started.map(({ credits_used }) => credits_used)),
    error_message: errorsOf(tasks),
    error_kind: tasks.find(({ error_kind }) => error_kind !== '')?.error_kind ?? '',
    progress: least(started.map(({ progress }) => progress)),
    finished_at: hasEnded({ status }) ? latest(tasks.map(({ finished_at }) => finished_at)) : null,
    tasks,
  };
  return group;
}
