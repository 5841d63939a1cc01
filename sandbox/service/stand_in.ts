import { InFlight } from '../in_flight.ts';
import { accountOf } from './accounts.ts';
import { refundFailed } from './credits.ts';
import { addImageRoutes } from './image_routes.ts';
import type { AddRoutes, Parts } from './parts.ts';
import { type ApiRequest, RequestLog } from './request_log.ts';
import { apiServer } from './server.ts';
import type { ServiceSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';
import { TaskEngine } from './task_engine.ts';
import type { View } from './task_format.ts';
import { TaskStore } from './task_store.ts';
import { type WebhookCall, Webhooks } from './webhooks.ts';

/** A running stand-in for a service that makes pictures. */
export interface StandIn {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** May be changed; every change takes effect at once. */
  readonly settings: ServiceSettings;
  /** Every API call seen, as it arrived. */
  readonly requests: readonly ApiRequest[];
  /** The creates among them, refused ones too. */
  readonly creates: readonly ApiRequest[];
  /** Every webhook POST made, as it was begun. */
  readonly webhooks: readonly WebhookCall[];
  /** The task as it is kept, whatever its format; `undefined` when unknown or forgotten. */
  stored(id: string): StoredTask | undefined;
  /** What the JSON of the task depends on besides it, for its owner now. */
  viewOf(task: StoredTask): View;
  /** In creation order. */
  taskIds(): string[];
  /** Resolves when no task runs and no webhook, retries included, is under way. */
  settled(): Promise<void>;
  /** Ends the server, all tasks and all retries; nothing keeps the process alive. */
  stop(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1, with these routes over one task store. */
export async function startStandIn(
  settings: ServiceSettings,
  routes: readonly AddRoutes[],
): Promise<StandIn> {
  const inFlight = new InFlight();
  const store = new TaskStore(settings);
  const webhooks = new Webhooks(settings, inFlight);
  const engine = new TaskEngine(settings, inFlight, (task) => {
    refundFailed(task, settings);
    webhooks.send(task);
  });
  const app = apiServer();
  const log = new RequestLog(app);
  let url = '';
  const parts: Parts = {
    settings,
    store,
    engine,
    log,
    viewOf: (task) => {
      const plan = accountOf(task.apiKey, settings)?.plan ?? 'free';
      return { plan, url, now: settings.now() };
    },
  };
  for (const addRoutes of routes) {
    // In a scope of its own, so that each API answers refusals in its own way.
    app.register(async (scope) => addRoutes(scope, parts));
  }
  addImageRoutes(app, settings, store);
  url = await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    url,
    settings,
    requests: log.requests,
    creates: log.creates,
    webhooks: webhooks.calls,
    stored: (id) => store.find(id),
    viewOf: parts.viewOf,
    taskIds: () => store.ids(),
    settled: () => inFlight.settled(),
    stop: async () => {
      webhooks.stop();
      await app.close();
      engine.stop();
      inFlight.abandon();
    },
  };
}
