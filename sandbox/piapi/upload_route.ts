import * as zod from 'zod/mini';
import { callerOf } from '../service/accounts.ts';
import type { AddRoutes } from '../service/parts.ts';
import { refused, refusedCall } from '../service/refusal.ts';
import { answerRefusals } from '../service/server.ts';
import { Uploads } from '../service/uploads.ts';
import { unifiedRefusal } from './unified_api.ts';

const LARGEST_BYTES = 10_000_000;

const file = zod.object({
  file_name: zod.string().check(zod.maxLength(128), zod.regex(/\.(jpe?g|png|webp|mp4|wav|mp3)$/)),
  file_data: zod.string().check(zod.minLength(1)),
});

/** `POST /api/ephemeral_resource`, of plans above the free one; the real one is on a host of its own. */
export const addUploadRoute: AddRoutes = (scope, { settings }) => {
  const uploads = new Uploads();
  answerRefusals(scope, (refusal) => unifiedRefusal(refusal, settings));
  uploads.addRoute(scope);
  scope.post('/api/ephemeral_resource', { bodyLimit: 15_000_000 }, async (request) => {
    const { account } = callerOf(request, settings);
    if (account.plan === 'free') {
      throw refusedCall(403, 'Insufficient plan level');
    }
    const { success, data } = file.safeParse(request.body);
    if (!success) {
      throw refused('file_name or file_data is not valid');
    }
    const content = Buffer.from(data.file_data.replace(/^data:[^,]*,/, ''), 'base64');
    if (content.length > LARGEST_BYTES) {
      throw refused('file is larger than 10 MB');
    }
    const name = uploads.keep(content, data.file_name.split('.').at(-1) ?? '');
    const url = `http://${request.headers.host}/uploads/${name}`;
    return { code: 200, data: { url }, message: 'success' };
  });
};
