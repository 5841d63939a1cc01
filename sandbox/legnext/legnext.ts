import { completeSettings, type ServiceSettings } from '../service/settings.ts';
import { type StandIn, startStandIn } from '../service/stand_in.ts';
import { addLegnextApi } from './legnext_api.ts';

const daySeconds = 24 * 3600;

/** Starts a stand-in for LegNext on a free port of 127.0.0.1; its API is below `/api`. */
export function startLegnext(settings: Partial<ServiceSettings> = {}): Promise<StandIn> {
  const lasting = { followUpWindowSeconds: 3 * daySeconds, resultLifeSeconds: 30 * daySeconds };
  return startStandIn(completeSettings({ ...lasting, ...settings }), [addLegnextApi]);
}
