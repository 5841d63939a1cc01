import type { ZObject } from 'zapier-platform-core';
import { failed } from '../../errors/errors.ts';
import { inTime } from '../../errors/in_time.ts';
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

/** @throws what to do, when the relay's URL is none that may be called */
export function ensureSafeUrl(z: ZObject, { url }: Relay): void {
  if (!isSafeBase(url)) {
    throw failed(
      z,
      'RELAY_URL in the environment of this integration must be an address that starts with https://. Tell whoever shared the integration with you.',
      'relay_setting',
    );
  }
}

/** How a person knows it. */
export const hostOf = ({ url }: Relay): string => new URL(url).host;

/** The relay did not answer, or with a failure of its own. */
class RelayDown extends Error {
  override readonly name = 'RelayDown';
}

const TIMEOUT_MILLISECONDS = 8_000;

interface RelayAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One call. @throws RelayDown */
export async function callRelay(
  z: ZObject,
  relay: Relay,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: Record<string, unknown>,
): Promise<RelayAnswer> {
  if (!isSafeBase(relay.url)) {
    throw new RelayDown('The token must not go to this URL.');
  }
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
        ...(body && { body: escapeCurlies(JSON.stringify(body)) }),
        timeout: TIMEOUT_MILLISECONDS,
        redirect: 'manual',
        skipThrowForStatus: true,
      }),
    );
    if (response.status < 500 && response.status !== 429) {
      return { status: response.status, body: response.data };
    }
  } catch {
    // The reason is in the relay's own log, for its operator.
  }
  throw new RelayDown('The relay did not answer.');
}
