import * as zod from 'zod/mini';
import type { Zap } from '../sandbox/zapier/zapier.ts';

/** What the demo reads of an event that a Zap received. */
export const runSchema = zod.object({
  task_id: zod.string(),
  reference: zod.string(),
  succeeded: zod.boolean(),
  progress: zod.nullable(zod.number()),
  image_url: zod.string(),
  images: zod.array(zod.object({ number: zod.number(), url: zod.string() })),
  error_message: zod.string(),
});
export type Run = zod.output<typeof runSchema>;

/** All runs of a Zap, in order. */
export const runsOf = (zap: Zap): Run[] => zap.runs.map((run) => zod.parse(runSchema, run));
