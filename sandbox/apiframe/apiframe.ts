import { addMediaRoutes } from '../service/media_routes.ts';
import { completeSettings, type ServiceSettings } from '../service/settings.ts';
import { type StandIn, startStandIn } from '../service/stand_in.ts';
import { addApiframeApi } from './apiframe_api.ts';
import { addModelRoute } from './model_route.ts';
import { addUploadRoute } from './upload_route.ts';

const daySeconds = 24 * 3600;

/** Starts a stand-in for APIFRAME on a free port of 127.0.0.1; its API is below `/v2`. */
export function startApiframe(settings: Partial<ServiceSettings> = {}): Promise<StandIn> {
  const own = {
    followUpWindowSeconds: daySeconds,
    resultLifeSeconds: daySeconds,
    keepsRecords: true,
  };
  const routes = [addApiframeApi, addModelRoute, addMediaRoutes, addUploadRoute];
  return startStandIn(completeSettings({ ...own, ...settings }), routes);
}
