import app from '../../index.ts';
import type { ServiceSettings } from '../../sandbox/service/settings.ts';
import { type RunningService, type ServiceKey, startService } from '../../sandbox/start_service.ts';
import {
  type Connection,
  startZapier,
  type Zap,
  type Zapier,
} from '../../sandbox/zapier/zapier.ts';
import { slowDownDeadlines } from './slow_deadlines.ts';

/** Both outside worlds, with one account connected. */
export interface Worlds {
  readonly service: RunningService;
  /** The same service, which is PiAPI's v2 unless a test chooses another. */
  readonly piapi: RunningService;
  readonly zapier: Zapier;
  readonly account: Connection;
  /** Switches on a Zap with this trigger. */
  listen(trigger: string, filters?: Record<string, unknown>): Promise<Zap>;
  /** Waits until every task has ended and every Zap has run for it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts both worlds, with tasks that take a few milliseconds and an account on this service. The
 * app's deadlines are slowed down until both stop.
 *
 * @param environment the environment variables of the integration
 */
export async function startWorlds(
  {
    service: key = 'piapi_v2',
    ...settings
  }: Partial<ServiceSettings> & { service?: ServiceKey } = {},
  environment: Record<string, string> = {},
): Promise<Worlds> {
  const endSlowness = slowDownDeadlines();
  const service = await startService(key, { taskMilliseconds: 60, ...settings });
  const zapier = await startZapier(app, { environment });
  const account = zapier.connect({ ...service.connection });
  return {
    service,
    piapi: service,
    zapier,
    account,
    async listen(trigger, filters) {
      const zap = account.zap(trigger, filters);
      await zap.switchOn();
      return zap;
    },
    async settled() {
      await service.settled();
      await zapier.settled();
    },
    async stop() {
      await service.stop();
      await zapier.stop();
      endSlowness();
    },
  };
}

/** The task ids that a Zap ran for, in order. */
export const taskIds = (zap: Zap): unknown[] => zap.runs.map((run) => run.task_id);
