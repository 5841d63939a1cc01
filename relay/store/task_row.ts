import * as zod from 'zod';
import { failureOf } from '../../midjourney/failure.ts';
import { serviceOf } from '../../services/services.ts';
import { iso } from './iso.ts';
import { PROGRESS } from './rank.ts';

/** What lists show of a task. */
export const taskRow = zod.object({
  id: zod.string().describe('Lists are paged by it.'),
  connection: zod.string(),
  task_id: zod.string(),
  service: zod.string(),
  operation: zod.string(),
  model: zod.string(),
  status: zod.string(),
  progress: zod.number(),
  prompt: zod.string(),
  reference: zod.string(),
  text: zod.string().describe('What came as words.'),
  picture: zod.string().describe('What can be shown of it: the result, or a preview.'),
  media: zod.string().describe('What the result is that is no picture: video, audio, 3d.'),
  links: zod.array(zod.string()),
  credits_used: zod.nullable(zod.number()),
  credits_unit: zod.string(),
  error_kind: zod.string(),
  error_message: zod.string().describe('The reason of the service.'),
  advice: zod.string().describe('What to do about a failure.'),
  started_at: zod.string(),
  updated_at: zod.string(),
  ended_at: zod.nullable(zod.string()),
  duration_seconds: zod.nullable(zod.number()),
});
export type TaskRow = zod.output<typeof taskRow>;

/** The columns of `storedTask`, from relay.task. */
export const TASK_COLUMNS = `
  id::text, connection, task_id, service, operation, model, status,
  least(greatest(rank, 0), ${PROGRESS})::integer as progress,
  prompt, text, reference, picture, media, links, credits_used, credits_unit, error_kind, error_message,
  ${iso('started_at')}, ${iso('updated_at')}, ${iso('ended_at')}, duration_seconds`;

/** A row of relay.task; the advice follows from it. */
export const storedTask = taskRow.omit({ advice: true });

export function withAdvice(task: zod.output<typeof storedTask>): TaskRow {
  const { status, service, error_message } = task;
  const { advice } = failureOf(error_message, serviceOf(service)?.keeps.followUps);
  return { ...task, advice: status === 'failed' ? advice : '' };
}
