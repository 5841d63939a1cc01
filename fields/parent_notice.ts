import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { deliveryFor } from '../delivery/delivery_for.ts';
import { canFollow, OPERATIONS, type Operation, usuallyFollows } from '../midjourney/operations.ts';
import { readConnection } from '../services/connection.ts';
import { readTaskOf } from '../services/read_tasks.ts';
import { notice } from './notice.ts';
import { followedBy, isTaskId } from './task_fields.ts';

/** Midjourney does some with one picture, not with four. */
export const needsOnePicture = (operation: Operation): boolean =>
  usuallyFollows(operation) === 'upscale';

/** What the chosen task cannot do, or all recent ones, where none is chosen yet. */
async function problem(
  z: ZObject,
  { authData, inputData }: Bundle,
  operation: Operation,
): Promise<string> {
  const connection = readConnection(z, authData);
  const parent = String(inputData.origin_task_id ?? '').trim();
  if (isTaskId(parent)) {
    const task = await readTaskOf(z, connection, parent);
    return task && !canFollow(operation, task.actions) ? 'The chosen task does not allow it' : '';
  }
  const { tasks } = await deliveryFor(z, connection).recentTasks('');
  return tasks.some(followedBy(operation)) ? '' : 'None of the recent tasks allows it yet';
}

/** Under Task, where an upscaled picture is needed and there is none. What cannot be read is no reason. */
export async function parentNotice(
  z: ZObject,
  bundle: Bundle,
  operation: Operation,
): Promise<PlainInputField[]> {
  const reason = await problem(z, bundle, operation).catch(() => '');
  return reason
    ? [
        notice(
          'upscale_first',
          `**Upscale first.** ${reason}: ${OPERATIONS[operation].label} goes on from one picture. Add a step **${OPERATIONS.upscale.label}** before this one, and map its Task ID here.`,
        ),
      ]
    : [];
}
