import { addHistory } from '../service/history_route.ts';
import { addMediaRoutes } from '../service/media_routes.ts';
import { completeSettings, type ServiceSettings } from '../service/settings.ts';
import { type StandIn, startStandIn } from '../service/stand_in.ts';
import { addAccountRoutes } from './account_routes.ts';
import { showV2Task } from './show_v2_task.ts';
import { addUnifiedApi } from './unified_api.ts';
import { addUploadRoute } from './upload_route.ts';
import { addV2Api } from './v2_api.ts';
import type { V2Task } from './v2_task.ts';

export type { ApiRequest } from '../service/request_log.ts';
export { type Account, type Plan, SANDBOX_KEY } from '../service/settings.ts';
export type { WebhookCall } from '../service/webhooks.ts';
export type { ServiceSettings as PiapiSettings, V2Task };

const HISTORY = '/api/open/tasks/histories';

/** A running stand-in for PiAPI: both APIs over one task store. */
export interface Piapi extends StandIn {
  /** The task as v2 shows it to its owner now; `undefined` when unknown or forgotten. */
  task(id: string): V2Task | undefined;
}

/** Starts the stand-in on a free port of 127.0.0.1. */
export async function startPiapi(settings: Partial<ServiceSettings> = {}): Promise<Piapi> {
  const routes = [
    addV2Api,
    addUnifiedApi,
    addAccountRoutes,
    addHistory(HISTORY),
    addMediaRoutes,
    addUploadRoute,
  ];
  const standIn = await startStandIn(completeSettings(settings), routes);
  return {
    ...standIn,
    task: (id) => {
      const task = standIn.stored(id);
      return task && showV2Task(task, standIn.viewOf(task));
    },
  };
}
