import type { ModelEntry, ModelKind } from '../../services/models/model_entry.ts';
import type { TaskKind } from './task_request.ts';

/** A film takes minutes where a picture takes seconds. */
const PACES: Readonly<Record<ModelKind, number>> = {
  image: 1,
  edit: 1,
  audio: 2,
  '3d': 2,
  video: 4,
};

const COUNTS: ReadonlySet<string> = new Set([
  'batch_size',
  'n',
  'num_images',
  'num_outputs',
  'number_of_images',
]);

/** How many results an input asks for, also in an object within it; 1 where it does not say. */
function countIn(input: object): number {
  const counts = Object.entries(input).map(([key, value]) =>
    typeof value === 'object' && value !== null
      ? countIn(value)
      : COUNTS.has(key) && typeof value === 'number'
        ? value
        : 1,
  );
  return Math.max(1, ...counts);
}

/** What a task of another model than Midjourney does. @param entry undefined where it is in no catalogue */
export const mediaKind = (
  name: string,
  entry: Pick<ModelEntry, 'kind'> | undefined,
  input: object,
): TaskKind => ({
  name,
  result: 'media',
  pace: PACES[entry?.kind ?? 'image'],
  count: countIn(input),
});
