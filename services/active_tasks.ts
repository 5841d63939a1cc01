import * as zod from 'zod/mini';
import { anyObject, count, part } from './lenient.ts';
import type { Service } from './service.ts';

const answer = part({ data: anyObject });

/** Of one model. */
const counts = part({ staged_count: count, pending_count: count, processing_count: count });

/** PiAPI's page of tasks being worked on, by model (documented); LegNext lists it as well. */
export const ACTIVE_TASKS = {
  request: () => ({ method: 'GET', path: '/account/active_tasks' }),
  read(body) {
    const models = Object.values(zod.parse(answer, body).data);
    return models.reduce((sum: number, model) => {
      const { staged_count, pending_count, processing_count } = zod.parse(counts, model);
      return sum + staged_count + pending_count + processing_count;
    }, 0);
  },
} satisfies Service['activeTasks'];
