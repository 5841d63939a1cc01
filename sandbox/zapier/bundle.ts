import type { FastifyRequest } from 'fastify';
import { cleanedRequest } from './cleaned_request.ts';

export interface RawRequest {
  readonly method: string;
  readonly querystring: string;
  readonly headers: Record<string, string>;
  readonly content: string;
}

/** The part of a bundle that an HTTP request becomes. */
export interface ReceivedRequest {
  readonly rawRequest: RawRequest;
  readonly cleanedRequest: Record<string, unknown> | unknown[];
}

function platformHeaderName(name: string): string {
  const camel = name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
  return camel === 'Content-Type' || camel === 'Content-Length' ? camel : `Http-${camel}`;
}

/** Turns a request to a hook or callback URL into what perform finds in its bundle. */
export function receivedRequest(request: FastifyRequest): ReceivedRequest {
  const content = typeof request.body === 'string' ? request.body : '';
  const [, querystring = ''] = /\?(.*)$/s.exec(request.url) ?? [];
  const headers = Object.entries(request.headers).map(([name, value]) => [
    platformHeaderName(name),
    Array.isArray(value) ? value.join(', ') : String(value),
  ]);
  return {
    rawRequest: {
      method: request.method,
      querystring,
      headers: Object.fromEntries(headers),
      content,
    },
    cleanedRequest: cleanedRequest(content, request.headers['content-type'] ?? '', querystring),
  };
}

/** bundle.meta as it is in a running Zap, but for `changes`. */
export function meta(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    isBulkRead: false,
    isFillingDynamicDropdown: false,
    isLoadingSample: false,
    isPopulatingDedupe: false,
    isTestingAuth: false,
    limit: -1,
    page: 0,
    timezone: 'America/Chicago',
    inputFields: {},
    ...changes,
  };
}

/** The part of a bundle that a step's fields become. */
export function stepInput(inputData: Record<string, unknown>): Record<string, unknown> {
  return { inputData, inputDataRaw: inputData };
}
