import * as zod from 'zod/mini';
import type { TaskInput } from '../midjourney/task_input.ts';
import { text } from './lenient.ts';
import { piapi, piapiInput, piapiOperations } from './piapi.ts';
import type { Service } from './service.ts';

/**
 * PiAPI's Midjourney API v2: flat bodies, no envelope around the task, the webhook fields at the
 * top level. A webhook's body is the task object itself.
 */

const { common, midjourneyTasks } = piapi('piapi_v2', 'midjourney');

/** "success" alone, without an id, is no reason for anything. */
const started = zod.union([
  zod.object({ task_id: zod.string(), message: text }),
  zod.object({ task_id: text, message: zod.string().check(zod.regex(/^(?!success$)./i)) }),
]);

/** Seed is the one follow-up that names its parent `task_id`. */
const seedInput = ({ origin_task_id, ...input }: TaskInput) => ({
  ...input,
  task_id: origin_task_id,
});

export const PIAPI_V2: Service = {
  ...common,
  name: 'PiAPI v2',
  purpose: 'legacy Midjourney, ended by PiAPI',

  // Inpaint is not in the vendor's list of endpoints that take webhooks.
  operations: piapiOperations((operation) =>
    operation === 'inpaint' ? 'nothing' : 'progress on request',
  ),

  startRequest(operation, input, webhook) {
    const body = operation === 'seed' ? seedInput(input) : piapiInput(input);
    return {
      method: 'POST',
      path: `/mj/v2/${operation}`,
      body: { ...body, ...webhook },
    };
  },

  readStarted(body) {
    const { success, data } = zod.safeParse(started, body);
    if (!success) {
      return undefined;
    }
    return data.task_id ? { taskId: data.task_id } : { refusal: data.message };
  },

  fetchRequest: (task_id) => ({ method: 'POST', path: '/mj/v2/fetch', body: { task_id } }),

  many: midjourneyTasks,

  cancelRequest: (task_id) => ({ method: 'POST', path: '/mj/v2/cancel', body: { task_id } }),
};
