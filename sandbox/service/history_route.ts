import { accountId, callerOf } from './accounts.ts';
import type { AddRoutes } from './parts.ts';
import { refusedCall } from './refusal.ts';
import { isEnded, type StoredTask } from './stored_task.ts';

const largestPage = 100;

type Query = Readonly<Record<string, string | undefined>>;

/** `GET <path>`: the history of an account's tasks, newest first, as rows of its own shape. */
export const addHistory =
  (path: string): AddRoutes =>
  (scope, { settings, store }) => {
    scope.get<{ Querystring: Query }>(path, async (request) => {
      const { apiKey } = callerOf(request, settings);
      if (!settings.hasHistory) {
        throw refusedCall(404, 'page not found');
      }
      const page = numberIn(request.query.page, 1);
      const size = Math.min(numberIn(request.query.page_size, 20), largestPage);
      const tasks = matching(store.ofAccount(apiKey), request.query);
      const rows = tasks.slice((page - 1) * size, page * size).map(rowOf);
      const data = { data: rows, page, size, total: tasks.length };
      return { code: 200, data, message: 'success' };
    });
  };

/** Newest first. Times are epoch seconds; Midjourney is called `mj` here. */
function matching(tasks: readonly StoredTask[], query: Query): StoredTask[] {
  const model = query.model === 'mj' ? 'midjourney' : query.model;
  const from = numberIn(query.start_time, 0);
  const to = numberIn(query.end_time, Number.POSITIVE_INFINITY);
  return tasks
    .filter((task) => {
      const second = Math.floor(task.createdAt / 1000);
      return second >= from && second <= to && (!model || task.model === model);
    })
    .toReversed();
}

/** As documented, and as two clients of the same backend read it. */
function rowOf(task: StoredTask, place: number) {
  const { id, model, operation, request, status, createdAt, endedAt } = task;
  return {
    id: place + 1,
    account_id: accountId(task.apiKey),
    task_id: id,
    task_model: model === 'midjourney' ? 'mj' : model,
    action: operation.name,
    // Recorded are these three.
    status: isEnded(status) ? status : 'processing',
    usage: 0,
    usage_type: 'point',
    service_mode: task.serviceMode,
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(endedAt || createdAt).toISOString(),
    detail: {
      task_id: id,
      model,
      workflow_type: operation.name,
      taskInput: {
        prompt: request.prompt ?? '',
        originTaskId: task.parentId,
        index: request.index ?? '',
      },
      ...(status === 'failed' ? { errorMessage: task.failure } : {}),
    },
  };
}

function numberIn(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return text && number >= 0 ? number : otherwise;
}
