import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { InFlight } from '../in_flight.ts';
import { buildAppHandler } from './app_handler.ts';
import { type CacheOwner, SandboxCache } from './cache.ts';
import { Callbacks, routeCallbacks } from './callbacks_route.ts';
import { Connection } from './connection.ts';
import { Cursors } from './cursors.ts';
import { readDefinition } from './definition.ts';
import { FileStore, routeFiles, type StashedFile } from './files.ts';
import { Hooks, routeHooks } from './hooks_route.ts';
import { type LogLine, routeLog } from './log_sink.ts';
import { routeRpc } from './rpc.ts';
import type { SandboxStepError } from './step_error.ts';

export type { Connection } from './connection.ts';
export type { PollingZap } from './polling_zap.ts';
export { SandboxStepError } from './step_error.ts';
export type { StepRun } from './step_run.ts';
export type { Zap } from './zap.ts';

export interface ZapierSettings {
  /** Per hook URL; above it, 429. */
  hookRequestsPerSecond: number;
  /** The integration's environment variables. */
  environment: Record<string, string>;
  /** Whether core's output checks throw, as they do for an app's own developer. */
  isDeveloper: boolean;
}

/** A Zapier platform of one's own, on loopback, with one app. */
export interface Zapier {
  readonly url: string;
  readonly settings: ZapierSettings;
  readonly cache: SandboxCache;
  /** Everything core logged, censored by core. */
  readonly logs: readonly LogLine[];
  /** The failures of all Zaps: see `Zap.failures`. */
  readonly failures: readonly SandboxStepError[];
  /** What z.stashFile uploaded, by public URL. */
  readonly files: ReadonlyMap<string, StashedFile>;
  /** Connects an account: its own 'auth' scope; one 'user' scope for all, unless another is named. */
  connect(authData: Record<string, string>, user?: string): Connection;
  /** Resolves when no hook run, resumption or other invocation is in flight. */
  settled(): Promise<void>;
  /** Waits for what is in flight and closes the server. */
  stop(): Promise<void>;
}

/** Starts the platform for `app`, on a free port of 127.0.0.1. */
export async function startZapier(
  app: object,
  changes: Partial<ZapierSettings> = {},
): Promise<Zapier> {
  const settings: ZapierSettings = {
    hookRequestsPerSecond: 30,
    environment: {},
    isDeveloper: true,
    ...changes,
  };
  const server = fastify({ forceCloseConnections: true });
  const cache = new SandboxCache();
  const cursors = new Cursors(() => cache.now());
  const logs: LogLine[] = [];
  const failures: SandboxStepError[] = [];
  const files = new FileStore(() => server.listeningOrigin);
  const hooks = new Hooks();
  const callbacks = new Callbacks();
  const inFlight = new InFlight();
  const owners = new Map<string, CacheOwner>();

  // A hook takes any content; the bundle parses it.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, body: string) => body);
  routeHooks(server, hooks, settings);
  routeCallbacks(server, callbacks);
  routeRpc(server, { cache, cursors, files, owners });
  routeFiles(server, files);
  routeLog(server, logs);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });

  const handler = buildAppHandler(app, { url, settings, inFlight });
  const definition = await readDefinition(handler).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  const platform = { url, handler, definition, hooks, callbacks, inFlight, failures };

  return {
    url,
    settings,
    cache,
    logs,
    failures,
    files: files.stashed,
    connect(authData, user = 'user') {
      const token = randomUUID();
      const account = String(1_000_001 + owners.size);
      owners.set(token, { account, user });
      return new Connection({ platform, authData, token, account });
    },
    settled: () => inFlight.settled(),
    async stop() {
      hooks.closeAll();
      await inFlight.settled();
      await server.close();
    },
  };
}
