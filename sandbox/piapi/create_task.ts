import { failureOf } from '../service/failures.ts';
import { parentTask, refusedParent } from '../service/parent_task.ts';
import type { Parts } from '../service/parts.ts';
import { refused } from '../service/refusal.ts';
import { newTask, type StoredTask } from '../service/stored_task.ts';
import type { TaskFormat } from '../service/task_format.ts';
import type { TaskRequest } from '../service/task_request.ts';
import type { WebhookFields } from '../service/webhook_fields.ts';
import { actionsAfter } from './actions.ts';
import type { Operation } from './operations.ts';

/** A create as one of the two APIs has read it. */
export interface CreateInput {
  readonly format: TaskFormat;
  readonly operation: Operation;
  /** The operation's own fields. */
  readonly fields: unknown;
  /** Read last, after the fields. @throws Refusal */
  readonly webhook: () => WebhookFields | undefined;
  readonly apiKey: string;
  readonly serviceMode?: string;
}

/** Makes a Midjourney task. @throws Refusal */
export function createTask({ fields, ...input }: CreateInput, parts: Parts): StoredTask {
  const { operation, apiKey } = input;
  const { settings } = parts;
  const request = readRequest(operation, fields);
  return newTask({
    ...input,
    model: 'midjourney',
    request,
    parent: parentOf(operation, request, apiKey, parts),
    webhook: operation.webhooks ? input.webhook() : undefined,
    failure: failureOf(request, settings.bannedWords),
    createdAt: settings.now(),
  });
}

function readRequest(operation: Operation, fields: unknown): TaskRequest {
  if (typeof fields !== 'object' || fields === null) {
    throw refused('the body must be a JSON object');
  }
  // The service was seen to answer an integer with 500; the words are a guess.
  if ('index' in fields && typeof fields.index === 'number') {
    throw refused('cannot unmarshal number into field index of type string', 500);
  }
  const read = operation.body.safeParse(fields);
  if (read.success) {
    return read.data;
  }
  const issue = read.error.issues[0];
  throw refused(`${issue?.path.join('.')} ${issue?.message}`);
}

function parentOf(
  operation: Operation,
  request: TaskRequest,
  apiKey: string,
  { settings, store }: Parts,
): StoredTask | undefined {
  const id = request.origin_task_id ?? request.task_id;
  if (id === undefined) {
    return undefined;
  }
  const parent = parentTask(id, apiKey, settings, store);
  const action = operation.action(request);
  const offered = actionsAfter(parent.pictures.length, parent.prompt);
  if (action !== undefined && !offered.includes(action)) {
    throw refusedParent(`does not offer ${action}`);
  }
  return parent;
}
