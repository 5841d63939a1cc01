import { SANDBOX_KEY } from '../../sandbox/service/settings.ts';

/** The value with every leaf replaced by the name of its type. */
export function typesIn(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.slice(0, 1).map(typesIn);
  }
  if (typeof value !== 'object' || value === null) {
    return value === null ? 'null' : typeof value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typesIn(inner)]));
}

/** Calls one server with a key; a string is sent unchanged, anything else as JSON. */
export const jsonCalls =
  (url: string) =>
  async (
    method: string,
    path: string,
    body?: unknown,
    key: string = SANDBOX_KEY,
    more: Record<string, string> = {},
  ) => {
    const headers = {
      'content-type': 'application/json',
      ...(key ? { 'X-API-Key': key } : {}),
      ...more,
    };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: text }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, headers: response.headers, body: answer };
  };
