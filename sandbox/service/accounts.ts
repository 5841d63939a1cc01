import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { refusedCall } from './refusal.ts';
import type { Account, ServiceSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';

/** Who calls: the key of the request's X-API-Key header, and its account. */
export function callerOf(
  request: FastifyRequest,
  settings: ServiceSettings,
): { apiKey: string; account: Account } {
  const header = request.headers['x-api-key'];
  const apiKey = typeof header === 'string' ? header : '';
  const account = accountOf(apiKey, settings);
  if (account === undefined) {
    throw refusedCall(401, 'Invalid API key');
  }
  return { apiKey, account };
}

export function accountOf(apiKey: string, settings: ServiceSettings): Account | undefined {
  // Not a plain look-up: a key such as "constructor" is no account.
  return Object.hasOwn(settings.accounts, apiKey) ? settings.accounts[apiKey] : undefined;
}

/** `GET /account/active_tasks` of PiAPI; LegNext lists it as well. */
export const activeTasksOf = (tasks: readonly StoredTask[]) => {
  const counted = (status: string) => tasks.filter((task) => task.status === status).length;
  return {
    midjourney: {
      staged_count: counted('staged'),
      pending_count: counted('pending'),
      processing_count: counted('processing'),
      active_tasks: [],
    },
  };
};

/** Seen in the vendor's pages. */
export const CREDITS_PER_USD = 500;

/** What the API calls the account of a key. */
export function accountId(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex').slice(0, 24);
}
