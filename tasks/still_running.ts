import type { ZObject } from 'zapier-platform-core';
import { failed } from '../errors/errors.ts';
import { OPERATIONS, type Operation } from '../midjourney/operations.ts';
import type { Connection } from '../services/connection.ts';
import { reportsUnasked } from '../services/service.ts';

/** Why a step may be called before the end of its task, and what to switch on. */
export const calledTooEarly = ({ service: { label } }: Connection): string =>
  `${label} may call a step before the end. So that a Zap can call it at the end instead, switch on any Zap that starts with Task Finished and uses the same connection.`;

/** That a step has no time left to wait for tasks that run: which they are, and what to do. */
export function stillRunning(
  z: ZObject,
  connection: Connection,
  operation: Operation,
  taskIds: readonly string[],
): Error {
  const { service } = connection;
  const { label } = OPERATIONS[operation];
  const isUnasked = reportsUnasked(service.operations[operation]?.reports ?? 'nothing');
  const advice = isUnasked ? ` ${calledTooEarly(connection)}` : '';
  return failed(
    z,
    `${label} may still be running at ${service.label}: there was no time left to wait for its result. Look up task ${taskIds.join(', ')} with Find Task in a few minutes.${advice}`,
    'still_running',
  );
}
