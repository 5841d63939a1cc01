import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed, tryAgainIn } from '../errors.ts';
import { inTime } from '../in_time.ts';
import { isSafeBase } from '../services/connection.ts';
import type { Reports, Webhook } from '../services/service.ts';
import { withMarks } from '../services/webhook_url.ts';
import { QUIET_MARK, REFERENCE_MARK, RESUME_MARK } from './callback.ts';
import { HOOK_EVENTS, type HookEvent, type Subscription } from './directory.ts';
import { callbackSecretOf, connectionId, managementToken } from './secret.ts';

/**
 * Relayed delivery: a server that remembers who listens and delivers every event. It is used when
 * `RELAY_URL` is set in the integration's environment; `RELAY_ACCESS_TOKEN` when the relay asks for it.
 */
export interface Relay {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
  readonly accessToken: string;
}

/** The relay of this integration for an account; undefined for direct delivery. */
export function relayOf(z: ZObject, apiKey: string): Relay | undefined {
  const url = process.env.RELAY_URL?.trim().replace(/\/+$/, '') ?? '';
  if (url === '') {
    return undefined;
  }
  if (!isSafeBase(url)) {
    throw failed(
      z,
      'RELAY_URL in the environment of this integration must be an address that starts with https://. Tell whoever shared the integration with you.',
      'relay_setting',
    );
  }
  return {
    url,
    token: managementToken(apiKey),
    accessToken: process.env.RELAY_ACCESS_TOKEN?.trim() ?? '',
  };
}

const hostOf = ({ url }: Relay): string => new URL(url).host;

/** The relay gave no answer, or none that helps. */
class RelayDown extends Error {
  override readonly name = 'RelayDown';
}

const TIMEOUT_MILLISECONDS = 8_000;

interface RelayAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** @throws RelayDown */
async function ask(
  z: ZObject,
  relay: Relay,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: Record<string, unknown>,
): Promise<RelayAnswer> {
  try {
    const response = await inTime(
      TIMEOUT_MILLISECONDS,
      z.request<unknown>({
        url: relay.url + path,
        method,
        headers: {
          authorization: `Bearer ${relay.token}`,
          ...(relay.accessToken && { 'x-relay-access-token': relay.accessToken }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        timeout: TIMEOUT_MILLISECONDS,
        redirect: 'manual',
        skipThrowForStatus: true,
      }),
    );
    if (response.status < 500 && response.status !== 429) {
      return { status: response.status, body: response.data };
    }
  } catch {
    // Why it did not answer is the operator's business; its own log has it.
  }
  throw new RelayDown('The relay did not answer.');
}

const hook = zod.object({ id: zod.string() });
const hooks = zod.object({ data: zod.array(zod.object({ event: zod.enum(HOOK_EVENTS) })) });
const refusal = zod.object({ error: zod.object({ message: zod.string() }) });

/** A Zap is subscribed anew after this, in case the relay's database was lost; it is the same hook then. */
const RENEWED_AFTER_MILLISECONDS = 7 * 24 * 3600 * 1000;

/**
 * Enters a hook at the relay.
 * @throws an error that says what to do
 */
export async function subscribeAtRelay(
  z: ZObject,
  relay: Relay,
  event: HookEvent,
  targetUrl: string,
  filters: { operations?: string[] | undefined; reference?: string | undefined },
): Promise<Subscription> {
  const answer = await ask(z, relay, 'POST', '/v1/hooks', {
    event,
    target_url: targetUrl,
    operations: filters.operations ?? [],
    reference: filters.reference ?? '',
  }).catch(() => undefined);
  const subscribed = zod.safeParse(hook, answer?.body);
  if (subscribed.success) {
    return {
      id: subscribed.data.id,
      target_url: targetUrl,
      expiration_date: new Date(Date.now() + RENEWED_AFTER_MILLISECONDS).toISOString(),
    };
  }
  const said = zod.safeParse(refusal, answer?.body);
  throw said.success
    ? failed(
        z,
        `The relay at ${hostOf(relay)} did not let this Zap listen. It says: ${said.data.error.message} Tell whoever runs it, then switch the Zap on again.`,
        'relay_refused',
        answer?.status,
      )
    : failed(
        z,
        `The relay at ${hostOf(relay)} did not answer, so this Zap cannot listen for tasks. Try again in a few minutes; if it goes on, tell whoever runs it.`,
        'relay_down',
      );
}

/** Ends a hook. A relay that is down does not keep a Zap on; the hook ends with its next event. */
export async function unsubscribeAtRelay(z: ZObject, relay: Relay, id: string): Promise<void> {
  await ask(z, relay, 'DELETE', `/v1/hooks/${encodeURIComponent(id)}`).catch(() =>
    z.console.log('The relay did not answer; it ends the hook when it next calls it.'),
  );
}

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
  const answer = await ask(z, relay, 'GET', '/v1/hooks').catch(() => undefined);
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
    ask(z, relay, 'PUT', `/v1/groups/${encodeURIComponent(group)}`, {
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

const heardOf = zod.object({
  data: zod.array(zod.object({ body: zod.string() })),
  next: zod.nullable(zod.string()),
});

/**
 * The bodies of the tasks that the relay heard of last, newest first; undefined when it does not
 * answer.
 * @param after the `next` of the page before
 */
export async function tasksAtRelay(
  z: ZObject,
  relay: Relay,
  size: number,
  after: string | undefined,
): Promise<{ bodies: string[]; next: string | null } | undefined> {
  const query = new URLSearchParams({ limit: String(size), ...(after && { after }) });
  const answer = await ask(z, relay, 'GET', `/v1/tasks?${query}`).catch(() => undefined);
  const read = zod.safeParse(heardOf, answer?.body);
  return read.success
    ? { bodies: read.data.data.map(({ body }) => body), next: read.data.next }
    : undefined;
}
