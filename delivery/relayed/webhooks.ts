import { randomUUID } from 'node:crypto';
import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed, tryAgainIn } from '../../errors/errors.ts';
import type { Connection } from '../../services/connection.ts';
import { reportsUnasked } from '../../services/service.ts';
import type { WebhookRequest, Webhooks } from '../delivery.ts';
import { HOOK_EVENTS } from '../hook.ts';
import { callbackSecret, connectionId } from '../secret.ts';
import { webhookFields } from '../webhook_fields.ts';
import { withWebhookParameters } from '../webhook_url.ts';
import { TELL_MILLISECONDS, tellStarted, worrySeconds } from './look_after.ts';
import { callRelay, hostOf, type Relay, reasonIn } from './relay_client.ts';

const hooks = zod.object({ data: zod.array(zod.object({ event: zod.enum(HOOK_EVENTS) })) });

/**
 * Whether a Task Progress Zap is on. Asking also introduces the connection to the relay, which takes
 * events of no other.
 * @throws why the relay refuses, or an error that makes Zapier run the step again later, when it does
 * not answer
 */
async function progressIsWanted(z: ZObject, relay: Relay, end: number): Promise<boolean> {
  const answer = await callRelay(z, relay, 'GET', '/v1/hooks', { end });
  const listening = zod.safeParse(hooks, answer?.body);
  const reason = reasonIn(answer, relay);
  if (reason !== undefined) {
    throw failed(
      z,
      `The relay at ${hostOf(relay)} did not let this step use it, so nothing was started. It says: ${reason} Tell whoever runs it.`,
      'relay_refused',
      answer?.status,
    );
  }
  if (!listening.success) {
    throw tryAgainIn(
      z,
      `The relay at ${hostOf(relay)} did not answer, so nothing was started. Zapier runs the step again by itself; if it goes on, tell whoever runs the relay.`,
      60,
    );
  }
  return listening.data.data.some(({ event }) => event === 'task.progress');
}

/** How long telling the relay of a smaller group may take, once its tasks were started. */
const SHRINK_MILLISECONDS = 6_000;

/**
 * Tells the relay that fewer tasks were started than the group was to have.
 * @throws an error that names the tasks that run
 */
async function shrinkGroup(
  z: ZObject,
  relay: Relay,
  group: string,
  taskIds: readonly string[],
  end: number,
): Promise<void> {
  const shrink = (by: number) =>
    callRelay(z, relay, 'PUT', `/v1/groups/${encodeURIComponent(group)}`, {
      body: { group_size: taskIds.length },
      end: by,
    });
  const answer = (await shrink((Date.now() + end) / 2)) ?? (await shrink(end));
  if (answer?.status !== 204) {
    throw failed(
      z,
      `The service refused some of the tasks, and the relay did not accept that the step waits for the others only. These run: ${taskIds.join(', ')}. Look them up with Find Tasks in a few minutes.`,
      'relay_down',
    );
  }
}

/**
 * Every task reports to the relay, which calls a waiting step as well. The relay is called before
 * anything is started: one that is down would lose the end of a task that costs.
 * @throws an error that makes Zapier run the step again later
 */
export async function webhooksAtRelay(
  z: ZObject,
  connection: Connection,
  relay: Relay,
  { operation, reports, reference, notifyProgress, callbackUrl, size, end }: WebhookRequest,
): Promise<Webhooks> {
  const progress = (await progressIsWanted(z, relay, end)) && notifyProgress;
  const group = callbackUrl && size > 1 ? randomUUID() : '';
  const secret = callbackSecret(connection.apiKey);
  const url = `${relay.url}/v1/callbacks/${connectionId(secret)}`;
  const parameters = {
    service: connection.service.key,
    operation,
    reference,
    quiet: reportsUnasked(reports) && !progress,
    resume: callbackUrl ?? '',
    group,
    group_size: group === '' ? undefined : size,
  };
  const webhook = webhookFields(connection.service, { url, secret }, parameters, progress);
  // Without the secret: whoever hands an end over has it.
  const callback = new URL(withWebhookParameters(url, parameters)).search.slice(1);
  return {
    webhook: reports === 'nothing' ? undefined : webhook,
    callback: undefined,
    startBy: end - (group === '' ? TELL_MILLISECONDS : SHRINK_MILLISECONDS),
    async afterStart(tasks) {
      const worry_seconds = worrySeconds(operation, reports);
      const taskIds = tasks.map(({ id }) => id);
      await Promise.all([
        tellStarted(z, relay, tasks, { callback, worry_seconds, end }),
        group !== '' && taskIds.length < size && shrinkGroup(z, relay, group, taskIds, end),
      ]);
    },
  };
}
