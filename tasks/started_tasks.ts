import * as zod from 'zod/mini';
import type { Operation } from '../midjourney/operations.ts';
import { MIDJOURNEY, type Task, taskOf } from '../midjourney/task.ts';
import { text } from '../services/lenient.ts';

/** A task as a step that started it gave it to Zapier. */
export const startedTask = zod.object({
  task_id: zod.string(),
  // What does not come back is empty: only the id cannot be done without.
  service: text,
  model: text,
  task_type: text,
  prompt: text,
  error_message: text,
});

export type StartedTask = zod.output<typeof startedTask>;

export const taskFrom = (operation: Operation, started: StartedTask): Task =>
  taskOf({
    id: started.task_id,
    service: started.service,
    operation,
    model: started.model || MIDJOURNEY,
    taskType: started.task_type || operation,
    prompt: started.prompt,
    status: started.task_id === '' ? 'failed' : 'pending',
    errorMessage: started.error_message,
  });

export const asStarted = (task: Task): StartedTask => ({
  task_id: task.id,
  service: task.service,
  model: task.model,
  task_type: task.taskType,
  prompt: task.prompt,
  error_message: task.errorMessage,
});
