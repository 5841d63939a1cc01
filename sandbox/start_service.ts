import { startLegnext } from './legnext/legnext.ts';
import { legnextRefusal } from './legnext/refusals.ts';
import { startPiapi } from './piapi/piapi.ts';
import { unifiedRefusal } from './piapi/unified_face.ts';
import { v2Refusal } from './piapi/v2_face.ts';
import { type Refusal, refused } from './service/refusal.ts';
import type { Answer } from './service/server.ts';
import { SANDBOX_KEY, type ServiceSettings } from './service/settings.ts';
import type { StandIn } from './service/stand_in.ts';

interface World {
  start(settings: Partial<ServiceSettings>): Promise<StandIn>;
  /** Below the stand-in's own address. */
  readonly base: string;
  word(refusal: Refusal, settings: ServiceSettings): Answer;
  /** Whether its tasks are told of before their end. */
  readonly progress: boolean;
}

/** The world of each service that a connection can choose, by the service's key. */
const worlds = {
  piapi_v2: { start: startPiapi, base: '', word: v2Refusal, progress: true },
  piapi_unified: { start: startPiapi, base: '', word: unifiedRefusal, progress: true },
  legnext: { start: startLegnext, base: '/api', word: legnextRefusal, progress: false },
} as const satisfies Record<string, World>;

export type ServiceKey = keyof typeof worlds;

export const isServiceKey = (key: string): key is ServiceKey => Object.hasOwn(worlds, key);

export const SERVICE_KEYS: readonly ServiceKey[] = Object.keys(worlds).filter(isServiceKey);

/** A stand-in for the service that a connection has chosen. */
export interface RunningService extends StandIn {
  readonly service: ServiceKey;
  /** What a connection needs to reach it; `base_url` is without a slash at its end. */
  readonly connection: {
    readonly api_key: string;
    readonly service: ServiceKey;
    readonly base_url: string;
  };
  /** Whether its tasks are told of before their end. */
  readonly progress: boolean;
  /** The task as the face that it was made through shows it; `undefined` when unknown. */
  shown(id: string): object | undefined;
  /** How a create is refused with these words: for `settings.refuse`. */
  refusal(message: string, status?: number): Answer;
}

/** Starts the world that this service lives in, with one account. */
export async function startService(
  service: ServiceKey,
  settings: Partial<ServiceSettings> = {},
): Promise<RunningService> {
  const world: World = worlds[service];
  const standIn = await world.start(settings);
  return {
    ...standIn,
    service,
    connection: { api_key: SANDBOX_KEY, service, base_url: standIn.url + world.base },
    progress: world.progress,
    shown: (id) => {
      const task = standIn.stored(id);
      return task?.face.show(task);
    },
    refusal: (message, status) => world.word(refused(message, status), standIn.settings),
  };
}
