import * as zod from 'zod/mini';
import { MIDJOURNEY } from '../midjourney/task.ts';
import { anyObject, identifier, isoText, list, part, text } from './lenient.ts';
import { ifTask, type Service } from './service.ts';
import { readUnifiedTask, type UnifiedFormat } from './unified_task.ts';

/**
 * The history of PiAPI's accounts, as its pages and two clients show it: rows that are a task of
 * neither API. LegNext runs the same code, so it may have it too (a guess).
 */
const schemas = () => ({
  page: part({ data: part({ data: list }) }),
  row: part({
    task_id: identifier,
    task_model: text,
    action: text,
    status: text,
    created_at: isoText,
    updated_at: isoText,
    detail: part({
      task_id: identifier,
      model: text,
      taskInput: anyObject,
      output: anyObject,
      errorMessage: text,
    }),
  }),
});

let made: ReturnType<typeof schemas> | undefined;

/** Made on first use: no event reads a history, and the app should start quickly for them. */
function schema(): ReturnType<typeof schemas> {
  made ??= schemas();
  return made;
}

/** What the history calls Midjourney. */
const MIDJOURNEY_FILTER = 'mj';

/** A row as the body of a unified task; its pictures are seldom there. */
function bodyOf(value: unknown, { id }: UnifiedFormat) {
  const { task_id, task_model, action, status, created_at, updated_at, detail } = zod.parse(
    schema().row,
    value,
  );
  const model = detail.model || task_model;
  return {
    [id]: task_id || detail.task_id,
    model: model === MIDJOURNEY_FILTER ? MIDJOURNEY : model,
    task_type: action,
    status,
    input: detail.taskInput,
    output: detail.output,
    meta: { created_at, ended_at: /^(finished|completed|failed)$/i.test(status) ? updated_at : '' },
    error: { message: detail.errorMessage },
  };
}

const pageOf = (token: string): number => Number(token) || 1;

/**
 * How a service with such a history is asked for it.
 * @param path relative to the base URL
 * @param models whose tasks are listed
 */
export const historyAt = (path: string, format: UnifiedFormat, models: 'midjourney' | 'all') =>
  ({
    request: (token, size) => ({
      method: 'GET',
      path: `${path}?page=${pageOf(token)}&page_size=${size}${models === 'all' ? '' : `&model=${MIDJOURNEY_FILTER}`}`,
    }),
    read(body, token) {
      const tasks = zod
        .parse(schema().page, body)
        .data.data.flatMap(
          (one) => ifTask(() => readUnifiedTask(bodyOf(one, format), format)) ?? [],
        );
      return { tasks, next: tasks.length > 0 ? String(pageOf(token) + 1) : null };
    },
  }) satisfies Service['history'];
