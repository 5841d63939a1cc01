import path from 'node:path';
import fastify from 'fastify';
import app from '../index.ts';
import { type RunningService, SERVICE_KEYS, startService } from '../sandbox/start_service.ts';
import { type Connection, startZapier } from '../sandbox/zapier/zapier.ts';
import { addApi } from './api.ts';
import { addFiles } from './files.ts';

export interface EditorOptions {
  /** 0 for any that is free. */
  readonly port?: number;
  /** How long a task of the sandbox takes. */
  readonly taskMilliseconds: number;
}

export interface Editor {
  readonly url: string;
  stop(): Promise<void>;
}

/** An account at each service, by the service's key. */
export type Accounts = ReadonlyMap<string, Connection>;

/** Starts the sandbox with an account at each service, and the page on loopback. */
export async function startEditor({ port = 0, taskMilliseconds }: EditorOptions): Promise<Editor> {
  const services: RunningService[] = await Promise.all(
    SERVICE_KEYS.map((key) => startService(key, { taskMilliseconds })),
  );
  const zapier = await startZapier(app, {});
  const accounts: Accounts = new Map(
    services.map(({ service, connection }) => [service, zapier.connect({ ...connection })]),
  );
  const server = fastify();
  addFiles(server, path.join(import.meta.dirname, 'page'));
  addApi(server, accounts);
  const url = await server.listen({ port, host: '127.0.0.1' });
  return {
    url,
    async stop() {
      await server.close();
      await Promise.all(services.map((service) => service.stop()));
      await zapier.stop();
    },
  };
}
