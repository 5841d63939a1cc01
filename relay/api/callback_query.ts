import * as zod from 'zod';
import type { WebhookParameters } from '../../delivery/webhook_url.ts';
import { FIRST_SERVICE, SERVICES } from '../../services/services.ts';
import type { Settings } from '../settings.ts';
import { clean } from '../store/clean.ts';
import type { WaitingStep } from '../store/intake.ts';
import { targetProblem } from '../targets.ts';
import { Refusal } from './errors.ts';
import { groupSize } from './groups.ts';

/** The query string of a webhook URL. */
export const callbackQuery = zod.object({
  service: zod
    .enum(SERVICES.map(({ key }) => key))
    .default(FIRST_SERVICE.key)
    .describe('The service that calls.'),
  secret: zod
    .string()
    .optional()
    .describe('The secret, from a service that does not send it in x-webhook-secret.'),
  operation: zod
    .string()
    .optional()
    .describe('The operation of the task, from a service that does not say it.'),
  quiet: zod
    .string()
    .optional()
    .describe('Progress, which some services always send, is acknowledged and dropped.'),
  reference: zod.string().max(1000).default('').describe('Returned with the event.'),
  resume: zod
    .string()
    .optional()
    .describe('The callback URL of a step that waits for the end of the task.'),
  group: zod
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('The step waits for all tasks of this group.'),
  group_size: groupSize.optional().describe('How many tasks the group has.'),
} satisfies { readonly [Name in keyof WebhookParameters]?: zod.ZodType });

/** The step that waits for the end of the task. @throws Refusal */
export function stepOf(
  { resume, group, group_size }: WebhookParameters,
  settings: Settings,
): WaitingStep | undefined {
  if (!resume) {
    return undefined;
  }
  const problem = targetProblem(resume, settings.targets);
  if (problem) {
    throw new Refusal(400, 'target', `resume: ${problem}`);
  }
  if (group && group_size === undefined) {
    throw new Refusal(
      400,
      'invalid',
      'group_size: Required with group. Set it to the number of tasks in the group.',
    );
  }
  return {
    callbackUrl: resume,
    group: group && group_size !== undefined ? { name: clean(group), size: group_size } : undefined,
  };
}
