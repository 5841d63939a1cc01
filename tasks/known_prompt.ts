import type { ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import { promptOfStarted } from '../delivery/started_tasks.ts';
import { inTime } from '../errors/in_time.ts';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';

/** An event does not wait longer for a memory that may be slow. */
const PATIENCE_MILLISECONDS = 2_000;

/** A task with the prompt that it was started with, where the service does not repeat it. */
export async function withPrompt(z: ZObject, { service }: Connection, task: Task): Promise<Task> {
  return task.prompt === '' && service.remembersLittle
    ? {
        ...task,
        prompt: await inTime(PATIENCE_MILLISECONDS, promptOfStarted(cacheOf(z), task.id), () => ''),
      }
    : task;
}
