import { addAccountFace } from './account_face.ts';
import { accountOf } from './accounts.ts';
import { addImageFace } from './image_face.ts';
import { Outstanding } from './outstanding.ts';
import { type ApiRequest, logRequests } from './request_log.ts';
import { apiServer } from './server.ts';
import { completeSettings, type PiapiSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';
import { TaskEngine } from './task_engine.ts';
import { TaskStore } from './task_store.ts';
import { addV2Face } from './v2_face.ts';
import type { V2Task } from './v2_task.ts';
import { viewTask } from './view_task.ts';
import { type WebhookCall, Webhooks } from './webhooks.ts';

export { type Account, type PiapiSettings, type Plan, SANDBOX_KEY } from './settings.ts';
export type { ApiRequest, V2Task, WebhookCall };

/** A running stand-in for PiAPI's Midjourney API. */
export interface Piapi {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** May be changed; every change takes effect at once. */
  readonly settings: PiapiSettings;
  /** Every API call seen, as it arrived. */
  readonly requests: readonly ApiRequest[];
  /** Every webhook POST made, as it was begun. */
  readonly webhooks: readonly WebhookCall[];
  /** The task as its owner sees it now; `undefined` when unknown or forgotten. */
  task(id: string): V2Task | undefined;
  /** In creation order. */
  taskIds(): string[];
  /** Resolves when no task runs and no webhook, retries included, is outstanding. */
  settled(): Promise<void>;
  /** Ends the server, all tasks and all retries; nothing keeps the process alive. */
  stop(): Promise<void>;
}

/** Starts the stand-in on a free port of 127.0.0.1. */
export async function startPiapi(settings: Partial<PiapiSettings> = {}): Promise<Piapi> {
  const switches = completeSettings(settings);
  const requests: ApiRequest[] = [];
  const outstanding = new Outstanding();
  const store = new TaskStore(switches);
  const webhooks = new Webhooks(switches, outstanding);
  let url = '';

  const show = (task: StoredTask): V2Task => {
    const plan = accountOf(task.apiKey, switches)?.plan ?? 'free';
    return viewTask(task, { plan, url, now: switches.now() });
  };
  const engine = new TaskEngine(switches, outstanding, (task) => {
    if (task.webhook !== undefined) webhooks.send(task.webhook, show(task));
  });

  const app = apiServer();
  logRequests(app, requests);
  addV2Face(app, switches, store, engine, show);
  addAccountFace(app, switches, store, show);
  addImageFace(app, switches, store);
  url = await app.listen({ host: '127.0.0.1', port: 0 });

  return {
    url,
    settings: switches,
    requests,
    webhooks: webhooks.calls,
    task: (id) => {
      const task = store.find(id);
      return task && show(task);
    },
    taskIds: () => store.ids(),
    settled: () => outstanding.none(),
    stop: async () => {
      webhooks.stop();
      await app.close();
      engine.stop();
      outstanding.release();
    },
  };
}
