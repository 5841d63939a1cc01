import { failureOf } from './failures.ts';
import type { Operation, TaskRequest } from './operations.ts';
import { refused } from './refusal.ts';
import type { PiapiSettings } from './settings.ts';
import { newTask, type StoredTask } from './stored_task.ts';
import type { TaskStore } from './task_store.ts';
import { readWebhookFields } from './webhook_fields.ts';

/** Makes the task that a v2 body asks for, or throws the refusal it is answered with. */
export function createTask(
  operation: Operation,
  body: unknown,
  apiKey: string,
  settings: PiapiSettings,
  store: TaskStore,
): StoredTask {
  const request = readRequest(operation, body);
  return newTask({
    apiKey,
    operation,
    request,
    parent: parentOf(operation, request, apiKey, settings, store),
    webhook: operation.webhooks ? readWebhookFields(body) : undefined,
    failure: failureOf(request, settings.bannedWords),
    createdAt: settings.now(),
  });
}

function readRequest(operation: Operation, body: unknown): TaskRequest {
  if (typeof body !== 'object' || body === null) throw refused('the body must be a JSON object');
  // The service was seen to answer an integer with 500; the words are a guess.
  if ('index' in body && typeof body.index === 'number') {
    throw refused('cannot unmarshal number into field index of type string', 500);
  }
  const read = operation.body.safeParse(body);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw refused(`${issue?.path.join('.')} ${issue?.message}`);
}

/** The words of all but the outdated parent are a guess. */
function parentOf(
  operation: Operation,
  request: TaskRequest,
  apiKey: string,
  settings: PiapiSettings,
  store: TaskStore,
): StoredTask | undefined {
  const id = request.origin_task_id ?? request.task_id;
  if (id === undefined) return undefined;
  const parent = store.find(id);
  const refuse = (reason: string) => refused(`derive from origin task: ${reason}`);
  if (parent === undefined || parent.apiKey !== apiKey) throw refuse('parent task not found');
  if (parent.status !== 'finished') throw refuse('parent task is not finished');
  if (settings.now() - parent.createdAt > settings.followUpWindowSeconds * 1000) {
    throw refuse('parent task is outdated');
  }
  const action = operation.action(request);
  if (action !== undefined && !parent.actions.includes(action)) {
    throw refuse(`parent task does not offer ${action}`);
  }
  return parent;
}
