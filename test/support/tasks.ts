import fc from 'fast-check';
import { STATUSES, type Task, taskOf } from '../../midjourney/task.ts';

/** A task of which a test names only the parts that matter to it. */
export const aTask = (known: Partial<Task> = {}): Task =>
  taskOf({ id: 'task-1', service: 'piapi_v2', operation: 'imagine', ...known });

const texts = fc.array(fc.string(), { maxLength: 4 });

/** Any task that a service may report. */
export const anyTask: fc.Arbitrary<Task> = fc.record({
  id: fc.string({ minLength: 1 }),
  service: fc.constant('piapi_v2'),
  operation: fc.string(),
  model: fc.string(),
  taskType: fc.string(),
  status: fc.constantFrom(...STATUSES),
  progress: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  prompt: fc.string(),
  imageUrl: fc.oneof(fc.constant(''), fc.webUrl()),
  imageUrls: fc.array(fc.webUrl(), { maxLength: 4 }),
  previewUrls: fc.array(fc.webUrl(), { maxLength: 4 }),
  videoUrls: fc.array(fc.webUrl(), { maxLength: 4 }),
  audioUrls: fc.array(fc.webUrl(), { maxLength: 4 }),
  model3dUrl: fc.oneof(fc.constant(''), fc.webUrl()),
  seed: fc.string(),
  description: fc.string(),
  output: fc.constant(undefined),
  actions: texts,
  errorMessage: fc.string(),
  createdAt: fc.string(),
  startedAt: fc.string(),
  finishedAt: fc.string(),
  durationSeconds: fc.option(fc.nat(), { nil: undefined }),
  prompts: texts,
  finalPrompt: fc.string(),
  creditsUsed: fc.option(fc.nat(), { nil: undefined }),
  creditsUnit: fc.string(),
});
