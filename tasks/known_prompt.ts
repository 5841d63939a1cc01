import type { ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import { promptOfStarted } from '../delivery/started_tasks.ts';
import type { Task } from '../midjourney/task.ts';
import type { Connection } from '../services/connection.ts';

/** A task with the prompt that it was started with, where the service does not repeat it. */
export async function withPrompt(z: ZObject, { service }: Connection, task: Task): Promise<Task> {
  return task.prompt === '' && service.remembersLittle
    ? { ...task, prompt: await promptOfStarted(cacheOf(z), task.id) }
    : task;
}
