import { InFlight } from '../in_flight.ts';
import { accountOf } from './accounts.ts';
import type { AddFace, Parts, View } from './face.ts';
import { addImageFace } from './image_face.ts';
import { type ApiRequest, RequestLog } from './request_log.ts';
import { apiServer } from './server.ts';
import type { ServiceSettings } from './settings.ts';
import { isEnded, type StoredTask } from './stored_task.ts';
import { TaskEngine } from './task_engine.ts';
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
  /** Those of them that asked for a task, refused ones too. */
  readonly creates: readonly ApiRequest[];
  /** Every webhook POST made, as it was begun. */
  readonly webhooks: readonly WebhookCall[];
  /** The task as it is kept, whatever the face; `undefined` when unknown or forgotten. */
  stored(id: string): StoredTask | undefined;
  /** From where the task's owner looks at it now. */
  viewOf(task: StoredTask): View;
  /** In creation order. */
  taskIds(): string[];
  /** Resolves when no task runs and no webhook, retries included, is outstanding. */
  settled(): Promise<void>;
  /** Ends the server, all tasks and all retries; nothing keeps the process alive. */
  stop(): Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1, with these faces over one task store. */
export async function startStandIn(
  settings: ServiceSettings,
  faces: readonly AddFace[],
): Promise<StandIn> {
  const inFlight = new InFlight();
  const store = new TaskStore(settings);
  const webhooks = new Webhooks(settings, inFlight);
  const engine = new TaskEngine(settings, inFlight, (task) => {
    if (task.webhook === undefined) {
      return;
    }
    if (isEnded(task.status) || task.webhook.progress) {
      webhooks.send(task.webhook, task);
    }
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
  for (const addFace of faces) {
    // In a scope of its own, so that each face words its refusals.
    app.register(async (scope) => addFace(scope, parts));
  }
  addImageFace(app, settings, store);
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
