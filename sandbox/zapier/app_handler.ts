import { createAppHandler } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import type { InFlight } from '../in_flight.ts';
import { withEnvironment } from './environment.ts';
import { hideMemoryUse } from './hide_memory_use.ts';
import { pointerSecret } from './pointer.ts';
import { separateRequestLogs, withRequestLog } from './request_log.ts';
import { stepError } from './step_error.ts';

// Core exports it, its types do not.
declare module 'zapier-platform-core' {
  export function createAppHandler(app: object): (event: object) => Promise<object>;
}

const handlerResult = zod.object({
  results: zod.optional(zod.unknown()),
  status: zod.enum(['SUCCESS', 'CALLBACK']),
});

/** What core hands back: JSON, as everything that leaves the process in production. */
export type HandlerResult = zod.infer<typeof handlerResult>;

/** One invocation of the app. */
export interface AppEvent {
  readonly command: 'execute' | 'definition';
  readonly method?: string;
  readonly bundle?: Record<string, unknown>;
  /** Names the connection in what core sends to the RPC endpoint. */
  readonly token: string;
  readonly callback_url?: string;
  /** Names the place of z.cursor in what core sends to the RPC endpoint. */
  readonly storeKey?: string;
}

export interface AppHandlerOptions {
  readonly url: string;
  readonly settings: { environment: Record<string, string>; isDeveloper: boolean };
  readonly inFlight: InFlight;
}

export type AppHandler = (event: AppEvent) => Promise<HandlerResult>;

// Under jest core raises its output checks whatever the event says; this is its other switch.
const outputChecks = [
  'createIsObject',
  'searchIsArrayOrEnvelope',
  'triggerIsArray',
  'triggerIsObject',
  'triggerHasUniquePrimary',
  'triggerHasId',
  'dynamicFieldsHaveKeys',
];

/**
 * Builds core's handler for `app`. Events go in and results come out as JSON, as in production.
 * Rejects with a SandboxStepError.
 */
export function buildAppHandler(app: object, options: AppHandlerOptions): AppHandler {
  const { url, settings, inFlight } = options;
  const handler = createAppHandler(app);
  const logEndpoint = `${url}/log`;

  async function invoke(event: AppEvent): Promise<HandlerResult> {
    const { isDeveloper } = settings;
    const environment = {
      ...settings.environment,
      LOGGING_ENDPOINT: logEndpoint,
      _ZAPIER_ONE_TIME_SECRET: pointerSecret,
    };
    const whole = {
      ...event,
      bundle: { ...event.bundle, ...(isDeveloper ? {} : { skipChecks: outputChecks }) },
      environment,
      rpc_base: `${url}/rpc`,
      isDeveloper,
      // Otherwise core reports its memory on each event. With isDeveloper nothing else changes.
      calledFromCli: isDeveloper,
      calledFromCliInvoke: isDeveloper,
    };
    try {
      const result = await withEnvironment(environment, () =>
        withRequestLog(logEndpoint, () =>
          hideMemoryUse(() => handler(JSON.parse(JSON.stringify(whole)))),
        ),
      );
      separateRequestLogs();
      return zod.parse(handlerResult, JSON.parse(JSON.stringify(result)));
    } catch (error) {
      throw stepError(error);
    }
  }

  return (event) => inFlight.track(invoke(event));
}
