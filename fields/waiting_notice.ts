import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { deliveryFor } from '../delivery/delivery_for.ts';
import type { Operation } from '../midjourney/operations.ts';
import { yesOrNo } from '../midjourney/values.ts';
import { type Connection, readConnection } from '../services/connection.ts';
import { reportsUnasked, type Service } from '../services/service.ts';
import { notice } from './notice.ts';

const SWITCH_ON =
  'Switch on any Zap that starts with **Task Finished** and uses the same connection.';

function textFor({ label }: Service, callers: number, isCertain: boolean): string {
  if (callers === 0) {
    return isCertain
      ? `No Zap listens on this connection yet, so this step would stop before anything is started: ${label} reports progress as well, and a step that waits can be called only once. ${SWITCH_ON}`
      : `No Zap listens on this connection yet. ${label} may call this step before its task has ended, and then it has about 25 seconds left to wait. ${SWITCH_ON}`;
  }
  return callers === 1
    ? '1 Zap listens on this connection. It calls this step at the end of the task, so leave it on.'
    : `${callers} Zaps listen on this connection. One of them calls this step at the end of the task, so leave them on.`;
}

/**
 * Under Wait for Result, where the service may call before the end: how many Zaps listen that can
 * call the step at the end, and what to switch on when none does.
 */
export function waitingNotice(
  z: ZObject,
  { authData, inputData }: Bundle,
  operation: Operation,
): PlainInputField[] | Promise<PlainInputField[]> {
  const connection = readConnection(z, authData);
  const reports = connection.service.operations[operation]?.reports ?? 'nothing';
  const waits = zod.safeParse(yesOrNo(), inputData.wait_for_result).data === true;
  return waits && reportsUnasked(reports)
    ? noticeFor(z, connection, reports === 'progress always')
    : [];
}

async function noticeFor(
  z: ZObject,
  connection: Connection,
  isCertain: boolean,
): Promise<PlainInputField[]> {
  const callers = await deliveryFor(z, connection).callers();
  return callers === undefined
    ? []
    : [notice('waiting', textFor(connection.service, callers, isCertain))];
}
