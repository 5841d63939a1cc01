import type { ZObject } from 'zapier-platform-core';
import { failed } from '../../errors/errors.ts';
import { inTime } from '../../errors/in_time.ts';
import { isSafeBase } from '../../services/connection.ts';
import { managementToken } from '../secret.ts';

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

/** How a person knows it. */
export const hostOf = ({ url }: Relay): string => new URL(url).host;

/** The relay gave no answer, or none that helps. */
class RelayDown extends Error {
  override readonly name = 'RelayDown';
}

const TIMEOUT_MILLISECONDS = 8_000;

interface RelayAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One call. @throws RelayDown */
export async function askRelay(
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
