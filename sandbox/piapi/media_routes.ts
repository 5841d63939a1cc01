import type { AddRoutes } from '../service/parts.ts';
import { refusedCall } from '../service/refusal.ts';
import { emptyMp4, toneWav } from './media.ts';

const fileName = /^(?<id>[0-9a-f-]{36})\.(?<kind>mp4|wav)$/;

/** `GET /media/<task>.mp4` and `<task>.wav`: what other models than Midjourney made. */
export const addMediaRoutes: AddRoutes = (scope, { settings, store }) => {
  scope.get<{ Params: { name: string } }>('/media/:name', async (request, reply) => {
    if (settings.expireImages) {
      throw refusedCall(403, 'this file has expired');
    }
    const { id = '', kind } = fileName.exec(request.params.name)?.groups ?? {};
    const task = store.find(id);
    if (task?.operation.result !== 'media' || task.status !== 'finished') {
      throw refusedCall(404, 'file not found');
    }
    return kind === 'mp4'
      ? reply.type('video/mp4').send(emptyMp4())
      : reply.type('audio/wav').send(toneWav());
  });
};
