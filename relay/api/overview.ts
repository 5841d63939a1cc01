import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import type { Settings } from '../settings.ts';
import { attentionRow, readAttention } from '../store/attention.ts';
import { DAYS_OF_SUMS } from '../store/daily.ts';
import { figures, readFigures } from '../store/figures.ts';
import { narrowed } from '../store/scope.ts';
import { errorBody, Refusal } from './errors.ts';
import type { Reads } from './reads.ts';
import { scopeOf } from './scope.ts';

const tags = ['Overview'];
const security = [{ management: [] }];

const DAY_MILLISECONDS = 24 * 3600 * 1000;
const USUAL_DAYS = 7;

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

const daysQuery = zod.strictObject({
  since: zod.iso.date().optional().describe('The first day, of UTC.'),
  until: zod.iso.date().optional().describe('The last day; today unless it is given.'),
  connection: zod.string().max(100).optional(),
});

/** @throws Refusal when they are too many, or end before they begin */
function daysIn({ since, until = dayOf(Date.now()) }: zod.output<typeof daysQuery>) {
  const last = Date.parse(until);
  const first = since ?? dayOf(last - (USUAL_DAYS - 1) * DAY_MILLISECONDS);
  const days = (last - Date.parse(first)) / DAY_MILLISECONDS + 1;
  if (days < 1 || days > DAYS_OF_SUMS) {
    throw new Refusal(
      400,
      'invalid',
      `since, until: Take from one to ${DAYS_OF_SUMS} days, for example since=2026-11-01&until=2026-11-30.`,
    );
  }
  return { since: first, until };
}

/** What needs somebody, and what has come of all tasks. */
export const overviewRoutes =
  (reads: Reads, settings: Settings): FastifyPluginAsyncZod =>
  async (server) => {
    server.get(
      '/v1/attention',
      {
        schema: {
          summary: 'What needs somebody',
          tags,
          security,
          response: { 200: zod.object({ data: zod.array(attentionRow) }), '4xx': errorBody },
        },
      },
      async (request) => {
        const scope = scopeOf(request, settings);
        return { data: await readAttention(reads.of(scope), scope) };
      },
    );

    server.get(
      '/v1/figures',
      {
        schema: {
          summary: 'Figures by day',
          description: 'Of 7 days unless told otherwise. Sums are kept for 400 days.',
          tags,
          security,
          querystring: daysQuery,
          response: { 200: figures, '4xx': errorBody },
        },
      },
      async (request) => {
        const scope = scopeOf(request, settings);
        const wanted = narrowed(scope, request.query.connection);
        return readFigures(reads.of(scope), wanted, daysIn(request.query));
      },
    );
  };
