import * as zod from 'zod/mini';
import { textOrNumber, yesOrNo } from '../midjourney/values.ts';
import { ADVANCED, serviceMode } from './common_fields.ts';
import { field } from './input.ts';

/** It travels in the query string of the webhook URL, which is why it is short. */
const reference = () =>
  field(zod.optional(textOrNumber().check(zod.maxLength(200, 'Use at most 200 characters.'))), {
    label: 'Reference',
    type: 'string',
    helpText:
      'Comes back in every event of this task, so that another Zap knows what it belongs to, for example a row id such as `rec8Yt3`.',
  });

const waitForResult = () =>
  field(zod.optional(yesOrNo()), {
    label: 'Wait for Result',
    type: 'boolean',
    default: 'false',
    altersDynamicFields: true,
    helpText:
      'Pauses this Zap until the task has ended, and gives the pictures to the next steps. The Zap stops with the reason when the task fails. In the editor it waits 20 seconds at the most and shows what is known by then.',
  });

const notifyProgress = () =>
  field(zod.optional(yesOrNo()), {
    label: 'Send Progress',
    type: 'boolean',
    default: 'true',
    helpText:
      'Lets Zaps that start with **Task Progress** run while this task is worked on. Nothing is sent when no such Zap is on, nor when this step waits for the result.',
    group: ADVANCED.key,
  });

/** What every step that starts a task has besides the API's own fields. */
export const deliveryFields = zod.object({
  reference: reference(),
  wait_for_result: waitForResult(),
  notify_progress: notifyProgress(),
  service_mode: serviceMode,
});
