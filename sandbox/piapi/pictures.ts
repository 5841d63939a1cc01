import type { StoredTask } from '../service/stored_task.ts';
import type { View } from '../service/task_format.ts';

/** What a plan shows of a finished picture, as PiAPI's pages say; the same on both APIs. */
export interface Pictures {
  /** '' without one. */
  readonly image: string;
  /** The four of a grid, on any plan. */
  readonly split: readonly string[];
  /** Whether the plan gives more than the one image. */
  readonly full: boolean;
  /** While it runs, where the plan gives them. */
  readonly previews: readonly string[];
}

/** The links to a task's pictures as they are now. */
export function picturesOf(task: StoredTask, { plan, url }: View): Pictures {
  const base = `${url}/images/${task.id}`;
  const pictured = task.status === 'finished' && task.pictures.length > 0;
  const previewed =
    plan === 'host' &&
    task.status === 'processing' &&
    task.progress > 0 &&
    task.pictures.length > 0;
  return {
    image: pictured ? `${base}.png` : '',
    split: pictured && task.pictures.length > 1 ? [1, 2, 3, 4].map((n) => `${base}-${n}.png`) : [],
    full: plan === 'pro' || plan === 'host',
    previews: previewed ? [`${base}-p${task.progress}.png`] : [],
  };
}
