import * as zod from 'zod/mini';
import { callerOf } from '../service/accounts.ts';
import type { AddRoutes } from '../service/parts.ts';
import { refusedCall } from '../service/refusal.ts';
import type { StoredTask } from '../service/stored_task.ts';
import { jobOf } from './job.ts';
import { validated } from './refusals.ts';

const query = zod.object({
  status: zod.optional(zod.enum(['QUEUED', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'])),
  model: zod.optional(zod.string()),
  limit: zod._default(zod.coerce.number().check(zod.multipleOf(1), zod.gte(1), zod.lte(100)), 20),
  cursor: zod.optional(zod.string()),
  scope: zod.optional(zod.enum(['user', 'team'])),
  search: zod.optional(zod.uuid()),
});

/** `GET /v2/jobs/<id>` and `GET /v2/jobs`, newest first. */
export const addJobRoutes: AddRoutes = (scope, parts) => {
  const { settings, store } = parts;

  scope.get<{ Params: { id: string } }>('/v2/jobs/:id', async (request) => {
    const { apiKey } = callerOf(request, settings);
    const id = validated(zod.object({ id: zod.uuid() }), request.params).id;
    const task = store.find(id);
    if (task === undefined || task.apiKey !== apiKey) {
      throw refusedCall(404, 'Job not found');
    }
    return jobOf(task, parts);
  });

  scope.get('/v2/jobs', async (request) => {
    const { apiKey } = callerOf(request, settings);
    if (!settings.hasHistory) {
      throw refusedCall(404, 'Not found');
    }
    const { limit, cursor, ...filters } = validated(query, request.query);
    if (filters.scope === 'team') {
      throw refusedCall(403, 'Only admins can list the jobs of a team');
    }
    const rows = after(cursor, store.ofAccount(apiKey).toReversed())
      .map((task) => {
        const { input: _, ...row } = jobOf(task, parts);
        return row;
      })
      .filter(
        ({ id, status, model }) =>
          (filters.status ?? status) === status &&
          (filters.model ?? model) === model &&
          (filters.search ?? id) === id,
      );
    const jobs = rows.slice(0, limit);
    const hasMore = rows.length > limit;
    return { jobs, nextCursor: hasMore ? cursorOf(jobs.at(-1)?.id ?? '') : null, hasMore };
  });
};

const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');

/** The tasks that follow the one of the cursor. @throws Refusal when there is no such */
function after(cursor: string | undefined, tasks: readonly StoredTask[]): readonly StoredTask[] {
  if (cursor === undefined) {
    return tasks;
  }
  const place = tasks.findIndex(({ id }) => cursorOf(id) === cursor);
  if (place === -1) {
    throw refusedCall(400, 'Invalid cursor');
  }
  return tasks.slice(place + 1);
}
