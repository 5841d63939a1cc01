import type { InFlight } from '../in_flight.ts';
import type { AppHandler, HandlerResult } from './app_handler.ts';
import type { Callbacks } from './callbacks_route.ts';
import type { Definition } from './definition.ts';
import type { Hooks } from './hooks_route.ts';
import type { SandboxStepError } from './step_error.ts';

/** What connections, Zaps and steps need of the platform they live on. */
export interface Platform {
  readonly url: string;
  readonly handler: AppHandler;
  readonly definition: Definition;
  readonly hooks: Hooks;
  readonly callbacks: Callbacks;
  readonly inFlight: InFlight;
  /** The failures of all Zaps. */
  readonly failures: SandboxStepError[];
}

export interface InvokeOptions {
  /** What z.generateCallbackUrl() hands out. */
  readonly callbackUrl?: string;
  /** Where z.cursor of this connection keeps its text; without it z.cursor is refused. */
  readonly storeKey?: string;
}

/** Runs a method of the app for one connection. */
export type Invoke = (
  method: string,
  bundle: Record<string, unknown>,
  options?: InvokeOptions,
) => Promise<HandlerResult>;
