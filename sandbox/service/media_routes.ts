import { littleMp4, toneWav, triangleGlb } from './media.ts';
import type { AddRoutes } from './parts.ts';
import { refusedCall } from './refusal.ts';

const fileName = /^(?<id>[0-9a-f-]{36})(-\d{1,2})?\.(?<kind>mp4|wav|glb)$/;

const files = {
  mp4: ['video/mp4', littleMp4],
  wav: ['audio/wav', toneWav],
  glb: ['model/gltf-binary', triangleGlb],
} as const;

const isKind = (kind: string): kind is keyof typeof files => Object.hasOwn(files, kind);

/** `GET /media/<task>.mp4`, `.wav` and `.glb`, with `-1`, `-2` and so on where there are several: films of Midjourney, and what other models made. */
export const addMediaRoutes: AddRoutes = (scope, { settings, store }) => {
  scope.get<{ Params: { name: string } }>('/media/:name', async (request, reply) => {
    if (settings.expireImages) {
      throw refusedCall(403, 'this file has expired');
    }
    const { id = '', kind = '' } = fileName.exec(request.params.name)?.groups ?? {};
    const task = store.withFiles(id);
    if (task?.operation.result !== 'media' || task.status !== 'finished' || !isKind(kind)) {
      throw refusedCall(404, 'file not found');
    }
    const [type, content] = files[kind];
    return reply.type(type).send(content());
  });
};
