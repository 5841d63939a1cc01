import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed } from '../errors.ts';
import { PIAPI_V2 } from './piapi_v2.ts';
import type { Service } from './service.ts';

/** What an account was connected with, checked. */
export interface Connection {
  readonly apiKey: string;
  readonly service: Service;
  /** Without a slash at its end. */
  readonly baseUrl: string;
}

/** An IP address in 127.0.0.0/8 or ::1, or the name that always means them. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** https, or http on this machine; without credentials, query or fragment. */
export function isSafeBase(address: string): boolean {
  if (!URL.canParse(address)) {
    return false;
  }
  const url = new URL(address);
  const encrypted =
    url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return encrypted && url.username === '' && url.password === '' && !/[?#]/.test(address);
}

const BASE_URL_ADVICE =
  'Base URL: Use an address that starts with https://, for example https://api.piapi.ai.';

const authData = zod.object({
  api_key: zod
    .string({ error: 'API Key: Paste the key of your account.' })
    .check(
      zod.trim(),
      zod.regex(
        /^[\x21-\x7e]+$/,
        'API Key: Paste the key alone, without spaces or other characters.',
      ),
    ),
  base_url: zod.pipe(
    zod.optional(zod.nullable(zod.string({ error: BASE_URL_ADVICE }))),
    zod.pipe(
      zod.transform(
        (value: string | null | undefined) => value?.trim().replace(/\/+$/, '') || PIAPI_V2.baseUrl,
      ),
      zod.string().check(zod.refine(isSafeBase, BASE_URL_ADVICE)),
    ),
  ),
});

/**
 * Reads the connection's fields.
 * @throws an error whose text names the field and says what to enter
 */
export function readConnection(z: ZObject, fields: Record<string, unknown>): Connection {
  const read = zod.safeParse(authData, fields);
  if (!read.success) {
    throw failed(z, read.error.issues.map((issue) => issue.message).join('\n'), 'connection');
  }
  return { apiKey: read.data.api_key, service: PIAPI_V2, baseUrl: read.data.base_url };
}

/** Whether a URL is at the connected service itself: same scheme, host and port. */
export const isAtService = (url: string, connection: Connection): boolean =>
  URL.canParse(url) && new URL(url).origin === new URL(connection.baseUrl).origin;
