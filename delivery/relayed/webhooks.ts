import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed, tryAgainIn } from '../../errors/errors.ts';
import type { Reports, Webhook } from '../../services/service.ts';
import { HOOK_EVENTS } from '../direct/directory.ts';
import { QUIET_MARK, REFERENCE_MARK, RESUME_MARK } from '../read_webhook.ts';
import { callbackSecretOf, connectionId } from '../secret.ts';
import { withMarks } from '../webhook_url.ts';
import { askRelay, hostOf, type Relay } from './relay_client.ts';

const hooks = zod.object({ data: zod.array(zod.object({ event: zod.enum(HOOK_EVENTS) })) });

/** A step that waits, as the relay is told of it. */
export interface Waiting {
  readonly callbackUrl: string;
  /** Undefined for a step that waits for one task. */
  readonly group: { readonly name: string; readonly size: number } | undefined;
}

interface Wish {
  /** The key of the service that reports. */
  readonly service: string;
  readonly reports: Reports;
  readonly reference: string;
  readonly notifyProgress: boolean;
}

/**
 * Asks the relay who listens, before anything is started: a relay that is down would lose the end
 * of a task that costs.
 * @returns the webhook fields of a task, with or without a step that waits for it
 * @throws an error that makes Zapier run the step again later
 */
export async function webhooksAtRelay(
  z: ZObject,
  relay: Relay,
  wish: Wish,
): Promise<(waiting: Waiting | undefined) => Webhook> {
  const answer = await askRelay(z, relay, 'GET', '/v1/hooks').catch(() => undefined);
  const listening = zod.safeParse(hooks, answer?.body);
  if (!listening.success) {
    throw tryAgainIn(
      z,
      `The relay at ${hostOf(relay)} did not answer, so nothing was started. Zapier runs the step again by itself; if it goes on, tell whoever runs the relay.`,
      60,
    );
  }
  const secret = callbackSecretOf(relay.token);
  const notify_progress =
    wish.notifyProgress && listening.data.data.some(({ event }) => event === 'task.progress');
  return (waiting) => ({
    webhook_endpoint: withMarks(`${relay.url}/v1/callbacks/${connectionId(secret)}`, {
      service: wish.service,
      [REFERENCE_MARK]: wish.reference,
      [QUIET_MARK]: wish.reports === 'progress unasked' && !notify_progress ? '1' : '',
      [RESUME_MARK]: waiting?.callbackUrl ?? '',
      group: waiting?.group?.name ?? '',
      group_size: String(waiting?.group?.size ?? ''),
    }),
    webhook_secret: secret,
    notify_progress,
  });
}

/**
 * Tells the relay that fewer tasks were started than the group was to have.
 * @throws an error that names the tasks that run
 */
export async function shrinkGroup(
  z: ZObject,
  relay: Relay,
  group: string,
  taskIds: readonly string[],
): Promise<void> {
  const shrink = () =>
    askRelay(z, relay, 'PUT', `/v1/groups/${encodeURIComponent(group)}`, {
      group_size: taskIds.length,
    });
  const answer = await shrink().catch(() => shrink().catch(() => undefined));
  if (answer?.status !== 204) {
    throw failed(
      z,
      `The service refused some of the tasks, and the relay could not be told to wait for the others only. These run: ${taskIds.join(', ')}. Look them up with Find Tasks in a few minutes.`,
      'relay_down',
    );
  }
}
