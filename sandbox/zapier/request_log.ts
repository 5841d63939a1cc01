import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import https from 'node:https';

type Logger = (message: string, data: { request_url?: string }) => unknown;
interface Invocation {
  readonly logEndpoint: string;
  logger: Logger;
}

const nobody: Logger = () => undefined;
const invocations = new AsyncLocalStorage<Invocation>();

const loggerOfThisInvocation: PropertyDescriptor & ThisType<unknown> = {
  configurable: true,
  set(logger: Logger) {
    const invocation = invocations.getStore();
    if (invocation !== undefined) {
      invocation.logger = logger;
    }
  },
  get(): Logger {
    const invocation = invocations.getStore();
    if (invocation === undefined) {
      return nobody;
    }
    // A log request that is itself logged would never end.
    return (message, data) =>
      data.request_url?.startsWith(invocation.logEndpoint) === true
        ? undefined
        : invocation.logger(message, data);
  },
};

/**
 * Keeps the request logs of invocations apart. Core patches http, https and fetch once per process
 * and logs what passes through them to the invocation that started last: right in production, with
 * one invocation per process. Here the tests, the other servers of the sandbox and other invocations
 * share the process, and none of their requests belongs into this invocation's log.
 * Call it after core has patched, that is after the first invocation.
 */
export function separateRequestLogs(): void {
  for (const client of [http, https, globalThis.fetch]) {
    Object.defineProperty(client, 'zapierLogger', loggerOfThisInvocation);
  }
}

/** Runs one invocation with a request log of its own. */
export function withRequestLog<Result>(logEndpoint: string, invocation: () => Result): Result {
  return invocations.run({ logEndpoint, logger: nobody }, invocation);
}
