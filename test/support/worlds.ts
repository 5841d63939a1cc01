import app from '../../index.ts';
import {
  type Piapi,
  type PiapiSettings,
  SANDBOX_KEY,
  startPiapi,
} from '../../sandbox/piapi/piapi.ts';
import {
  type Connection,
  startZapier,
  type Zap,
  type Zapier,
} from '../../sandbox/zapier/zapier.ts';

/** Both outside worlds, with one account connected. */
export interface Worlds {
  readonly piapi: Piapi;
  readonly zapier: Zapier;
  readonly account: Connection;
  /** A Zap that is on. */
  listen(trigger: string, filters?: Record<string, unknown>): Promise<Zap>;
  /** Waits until every task has ended and everybody has heard of it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** @param environment the integration's own variables */
export async function startWorlds(
  settings: Partial<PiapiSettings> = {},
  environment: Record<string, string> = {},
): Promise<Worlds> {
  const piapi = await startPiapi({ taskMilliseconds: 60, ...settings });
  const zapier = await startZapier(app, { environment });
  const account = zapier.connect({ api_key: SANDBOX_KEY, base_url: piapi.url });
  return {
    piapi,
    zapier,
    account,
    async listen(trigger, filters) {
      const zap = account.zap(trigger, filters);
      await zap.switchOn();
      return zap;
    },
    async settled() {
      await piapi.settled();
      await zapier.settled();
    },
    async stop() {
      await piapi.stop();
      await zapier.stop();
    },
  };
}

/** The task ids that a Zap ran for, in order. */
export const taskIds = (zap: Zap): unknown[] => zap.runs.map((run) => run.task_id);
