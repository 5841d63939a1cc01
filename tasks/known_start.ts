import type { ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import { startOf } from '../delivery/started_tasks.ts';
import { inTime } from '../errors/in_time.ts';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';
import { hidesStep } from '../services/started_by.ts';

/** An event does not wait longer for a memory that may be slow. */
const PATIENCE_MILLISECONDS = 2_000;

const UNKNOWN = { operation: '', prompt: '' };

/** A task with what it was started with, where the service does not repeat that. */
export async function withKnownStart(
  z: ZObject,
  { service }: Connection,
  task: Task,
): Promise<Task> {
  const isHidden = hidesStep(service, task);
  if (!service.remembersLittle || (task.prompt !== '' && !isHidden)) {
    return task;
  }
  const start = await inTime(PATIENCE_MILLISECONDS, startOf(cacheOf(z), task.id), () => UNKNOWN);
  return {
    ...task,
    prompt: task.prompt || start.prompt,
    operation: (isHidden && start.operation) || task.operation,
  };
}
