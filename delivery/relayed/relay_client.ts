import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed } from '../../errors/errors.ts';
import { inTime } from '../../errors/in_time.ts';
import { withoutSecrets } from '../../errors/refused.ts';
import { isSafeBase } from '../../services/connection.ts';
import { escapeCurlies } from '../../services/curlies.ts';
import { managementToken } from '../secret.ts';

/** The relay of this integration, as one connected account talks to it. */
export interface Relay {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
  readonly accessToken: string;
}

/**
 * The relay that `RELAY_URL` names in the integration's environment, with `RELAY_ACCESS_TOKEN` when
 * the relay asks for one; undefined when there is none.
 */
export function relayOf(apiKey: string): Relay | undefined {
  const url = process.env.RELAY_URL?.trim().replace(/\/+$/, '') ?? '';
  return url === ''
    ? undefined
    : {
        url,
        token: managementToken(apiKey),
        accessToken: process.env.RELAY_ACCESS_TOKEN?.trim() ?? '',
      };
}

/** How a person knows it. */
export const hostOf = ({ url }: Relay): string => new URL(url).host;

const TIMEOUT_MILLISECONDS = 8_000;

interface RelayAnswer {
  readonly status: number;
  readonly body: unknown;
}

const refusal = zod.object({ error: zod.object({ message: zod.string() }) });

/** Why a relay refused, in its words and without what must not be shown; undefined when it did not. */
export function reasonIn(answer: RelayAnswer | undefined, relay: Relay): string | undefined {
  const { data } = zod.safeParse(refusal, answer?.body);
  return data && withoutSecrets(data.error.message, [relay.token, relay.accessToken]);
}

/**
 * One call.
 * @param options.end epoch milliseconds by which there has to be an answer
 * @returns undefined when the relay does not answer, is too busy, or fails
 * @throws what to do, when its URL is none that the token may go to
 */
export async function callRelay(
  z: ZObject,
  relay: Relay,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  {
    body,
    headers = {},
    end = Number.POSITIVE_INFINITY,
  }: {
    body?: Record<string, unknown>;
    headers?: Record<string, string>;
    end?: number;
  } = {},
): Promise<RelayAnswer | undefined> {
  if (!isSafeBase(relay.url)) {
    throw failed(
      z,
      'RELAY_URL in the environment of this integration must be an address that starts with https://. Tell whoever shared the integration with you.',
      'relay_setting',
    );
  }
  const timeout = Math.max(1, Math.min(TIMEOUT_MILLISECONDS, end - Date.now()));
  try {
    const { status, data } = await inTime(
      timeout,
      z.request<unknown>({
        url: relay.url + path,
        method,
        headers: {
          authorization: `Bearer ${relay.token}`,
          ...(relay.accessToken && { 'x-relay-access-token': relay.accessToken }),
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body && { body: escapeCurlies(JSON.stringify(body)) }),
        timeout,
        redirect: 'manual',
        skipThrowForStatus: true,
      }),
    );
    return status < 500 && status !== 429 ? { status, body: data } : undefined;
  } catch {
    // The reason is in the relay's own log, for its operator.
    return undefined;
  }
}
