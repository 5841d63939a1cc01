import { startApiframe } from './apiframe/apiframe.ts';
import { apiframeRefusal } from './apiframe/refusals.ts';
import { startLegnext } from './legnext/legnext.ts';
import { legnextRefusal } from './legnext/refusals.ts';
import { startPiapi } from './piapi/piapi.ts';
import { unifiedRefusal } from './piapi/unified_api.ts';
import { v2Refusal } from './piapi/v2_api.ts';
import { type Refusal, refused } from './service/refusal.ts';
import { type SentWebhook, sentWebhook } from './service/sent_webhook.ts';
import type { Answer } from './service/server.ts';
import { SANDBOX_KEY, type ServiceSettings } from './service/settings.ts';
import type { StandIn } from './service/stand_in.ts';

interface StandInKind {
  start(settings: Partial<ServiceSettings>): Promise<StandIn>;
  /** Below the stand-in's own address. */
  readonly base: string;
  refusalAnswer(refusal: Refusal, settings: ServiceSettings): Answer;
  readonly reportsProgress: boolean;
}

/** The stand-in for each service that a connection can choose, by the service's key. */
const standIns = {
  legnext: {
    start: startLegnext,
    base: '/api',
    refusalAnswer: legnextRefusal,
    reportsProgress: false,
  },
  apiframe: {
    start: startApiframe,
    base: '',
    refusalAnswer: apiframeRefusal,
    reportsProgress: true,
  },
  piapi_unified: {
    start: startPiapi,
    base: '',
    refusalAnswer: unifiedRefusal,
    reportsProgress: true,
  },
  piapi_v2: { start: startPiapi, base: '', refusalAnswer: v2Refusal, reportsProgress: true },
} as const satisfies Record<string, StandInKind>;

export type ServiceKey = keyof typeof standIns;

export const isServiceKey = (key: string): key is ServiceKey => Object.hasOwn(standIns, key);

export const SERVICE_KEYS: readonly ServiceKey[] = Object.keys(standIns).filter(isServiceKey);

/** A stand-in for the service that a connection has chosen. */
export interface RunningService extends StandIn {
  readonly service: ServiceKey;
  /** What a connection needs to reach it; `base_url` is without a slash at its end. */
  readonly connection: {
    readonly api_key: string;
    readonly service: ServiceKey;
    readonly base_url: string;
  };
  readonly reportsProgress: boolean;
  /** The task in the format of the API it was created through; `undefined` when unknown. */
  shown(id: string): object | undefined;
  /** The webhook that reports the task as it is now, as it would be sent; `undefined` when unknown. */
  webhook(id: string): SentWebhook | undefined;
  /** The answer to a create that is refused with this message: for `settings.refuse`. */
  refusal(message: string, status?: number): Answer;
}

/** Starts the stand-in for this service, with one account. */
export async function startService(
  service: ServiceKey,
  settings: Partial<ServiceSettings> = {},
): Promise<RunningService> {
  const kind: StandInKind = standIns[service];
  const standIn = await kind.start(settings);
  return {
    ...standIn,
    service,
    connection: { api_key: SANDBOX_KEY, service, base_url: standIn.url + kind.base },
    reportsProgress: kind.reportsProgress,
    shown: (id) => {
      const task = standIn.stored(id);
      return task?.format.show(task);
    },
    webhook: (id) => {
      const task = standIn.stored(id);
      const body = task?.format.webhookBody(task.format.show(task));
      return task && sentWebhook(task, { status: task.status, body: body ?? {} });
    },
    refusal: (message, status) => kind.refusalAnswer(refused(message, status), standIn.settings),
  };
}
