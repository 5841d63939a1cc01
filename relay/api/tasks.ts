import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import type { Settings } from '../settings.ts';
import { clean } from '../store/clean.ts';
import { namesOf } from '../store/known_connections.ts';
import { oneTask, readOneTask } from '../store/one_task.ts';
import { narrowed } from '../store/scope.ts';
import { taskFilters } from '../store/task_filters.ts';
import { taskRow } from '../store/task_row.ts';
import { choicesOf, taskChoice, tasksOf, tasksWithBodies } from '../store/tasks.ts';
import { errorBody, Refusal } from './errors.ts';
import { pageOf, pageQuery, pageWith } from './paging.ts';
import type { Reads } from './reads.ts';
import { scopeOf } from './scope.ts';
import { csvOfTasks } from './tasks_csv.ts';

const tags = ['Tasks and deliveries'];
const security = [{ management: [] }];

/** Unknown names are refused: a filter that does nothing shows what nobody asked for. */
const taskQuery = zod.strictObject({
  ...pageQuery.shape,
  ...taskFilters.shape,
  body: zod
    .enum(['true', 'false'])
    .default('true')
    .describe('Whether each task comes with the body of its newest event.'),
});

const listedTask = taskRow.extend({
  body: zod.string().optional().describe('As received; empty before the first event.'),
});

const taskPath = zod.object({ connection: zod.string().max(100), task_id: zod.string().max(200) });

/** What connections have run: as a list, as a table, and one task with all that is known of it. */
export const taskRoutes =
  (reads: Reads, settings: Settings): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/v1/tasks',
      {
        schema: {
          summary: 'List the tasks',
          description:
            'Newest first: by when they were heard of first. A page with bodies has fewer than `limit` where these are large.',
          tags,
          security,
          querystring: taskQuery,
          response: { 200: pageOf(listedTask), '4xx': errorBody },
        },
      },
      async (request) => {
        const { after, limit, body, ...filters } = request.query;
        const read = body === 'true' ? tasksWithBodies : tasksOf;
        const scope = scopeOf(request, settings);
        const { tasks, hasMore } = await read(reads.of(scope), scope, {
          after,
          limit,
          filters,
        });
        return pageWith(tasks, hasMore);
      },
    );

    server.get(
      '/v1/tasks/choices',
      {
        schema: {
          summary: 'Operations and models to choose from',
          description: 'Those of the newest tasks, for filters.',
          tags,
          security,
          response: { 200: zod.object({ data: zod.array(taskChoice) }), '4xx': errorBody },
        },
      },
      async (request) => {
        const scope = scopeOf(request, settings);
        return { data: await choicesOf(reads.of(scope), scope) };
      },
    );

    server.get(
      '/v1/tasks.csv',
      {
        schema: {
          summary: 'The tasks as a table',
          description: 'One row a task, as CSV in UTF-8; the same filters as of the list.',
          tags,
          security,
          querystring: taskFilters.strict(),
        },
      },
      async (request, reply) => {
        const scope = scopeOf(request, settings);
        const reader = reads.of(scope);
        const names = await namesOf(reader, scope);
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="tasks.csv"')
          .send(Readable.from(csvOfTasks(reader, scope, request.query, names)));
      },
    );

    server.get(
      '/v1/connections/:connection/tasks/:task_id',
      {
        schema: {
          summary: 'One task',
          description: 'With its events, its deliveries, and the body of its newest event.',
          tags,
          security,
          params: taskPath,
          response: { 200: oneTask, '4xx': errorBody },
        },
      },
      async (request) => {
        const connection = clean(request.params.connection);
        const task_id = clean(request.params.task_id);
        const scope = scopeOf(request, settings);
        const isSeen = narrowed(scope, connection).length > 0;
        const task = isSeen ? await readOneTask(reads.of(scope), connection, task_id) : undefined;
        if (!task) {
          throw new Refusal(
            404,
            'not_found',
            'The relay does not know this task, or keeps it no longer.',
          );
        }
        return task;
      },
    );
  };
