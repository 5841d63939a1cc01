import type { ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { failed } from '../errors/errors.ts';
import { choiceMeant } from '../midjourney/choice.ts';
import type { Service } from './service.ts';
import { FIRST_SERVICE, SERVICE_CHOICES, serviceOf } from './services.ts';

/** What an account was connected with, checked. */
export interface Connection {
  readonly apiKey: string;
  readonly service: Service;
  /** Without a slash at its end. */
  readonly baseUrl: string;
}

/** An IP address in 127.0.0.0/8 or ::1, or the name that always means them. */
export const isLoopback = (hostname: string): boolean =>
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
  'Base URL: Use an address that starts with https://, for example https://midjourney.example.com.';

const SERVICE_ADVICE = `Service: Choose one of: ${SERVICE_CHOICES.map(({ label }) => label).join('; ')}.`;

/** Left empty in Zapier's form, a field arrives as '', null or not at all. */
const optionalText = (error: string) =>
  zod.pipe(
    zod.optional(zod.nullable(zod.string({ error }))),
    zod.transform((value: string | null | undefined) => value?.trim() ?? ''),
  );

const authData = zod.object({
  api_key: zod
    .string({ error: 'API Key: Paste the key of your account.' })
    .check(
      zod.trim(),
      zod.minLength(1, 'API Key: Paste the key of your account.'),
      zod.regex(
        /^[\x21-\x7e]*$/,
        'API Key: Paste the key alone, without spaces or other characters.',
      ),
    ),
  service: zod.pipe(
    optionalText(SERVICE_ADVICE),
    zod.pipe(
      zod.transform((key: string) =>
        key === '' ? FIRST_SERVICE : serviceOf(choiceMeant(key, SERVICE_CHOICES) ?? key),
      ),
      zod.custom<Service>((service) => service !== undefined, SERVICE_ADVICE),
    ),
  ),
  base_url: zod.pipe(
    optionalText(BASE_URL_ADVICE),
    zod.pipe(
      zod.transform((value: string) => value.replace(/\/+$/, '')),
      zod.string().check(zod.refine((url) => url === '' || isSafeBase(url), BASE_URL_ADVICE)),
    ),
  ),
});

/**
 * Reads the connection's fields.
 * @throws an error whose message names the field and what to enter
 */
export function readConnection(z: ZObject, fields: Record<string, unknown>): Connection {
  const read = zod.safeParse(authData, fields);
  if (!read.success) {
    throw failed(z, read.error.issues.map((issue) => issue.message).join('\n'), 'connection');
  }
  const { api_key, service, base_url } = read.data;
  return { apiKey: api_key, service, baseUrl: base_url || service.baseUrl };
}

/** Where files are uploaded: a place of the service's own, or with an address of one's own that. */
export const uploadBase = ({ service, baseUrl }: Connection): string =>
  baseUrl === service.baseUrl ? (service.upload?.baseUrl ?? baseUrl) : baseUrl;

/** Whether a URL is at the connected service itself: same scheme, host and port. */
export const isAtService = (url: string, connection: Connection): boolean =>
  URL.canParse(url) &&
  [connection.baseUrl, uploadBase(connection)].some(
    (base) => new URL(url).origin === new URL(base).origin,
  );
