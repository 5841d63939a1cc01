import { addHistory } from '../service/history_route.ts';
import { addMediaRoutes } from '../service/media_routes.ts';
import { completeSettings, type ServiceSettings } from '../service/settings.ts';
import { type StandIn, startStandIn } from '../service/stand_in.ts';
import { addLegnextApi } from './legnext_api.ts';

const daySeconds = 24 * 3600;

/** Starts a stand-in for LegNext on a free port of 127.0.0.1; its API is below `/api`. */
export function startLegnext(settings: Partial<ServiceSettings> = {}): Promise<StandIn> {
  const own = {
    followUpWindowSeconds: 3 * daySeconds,
    resultLifeSeconds: 30 * daySeconds,
    // It is not in LegNext's pages, which runs PiAPI's code.
    hasHistory: false,
  };
  const routes = [addLegnextApi, addHistory('/api/open/tasks/histories'), addMediaRoutes];
  return startStandIn(completeSettings({ ...own, ...settings }), routes);
}
