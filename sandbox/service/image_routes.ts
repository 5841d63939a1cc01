import type { FastifyInstance } from 'fastify';
import { type Drawing, drawPng, quarterOf } from './images.ts';
import { refusedCall } from './refusal.ts';
import type { ServiceSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';
import type { TaskStore } from './task_store.ts';

const fileName = /^(?<id>[0-9a-f-]{36})(?:-(?<place>\d{1,2})|-p(?<progress>\d{1,3}))?\.png$/;

/** `GET /images/<task>.png`, `<task>-1.png` and so on where there are several, and `<task>-p46.png` while it runs. */
export function addImageRoutes(
  app: FastifyInstance,
  settings: ServiceSettings,
  store: TaskStore,
): void {
  const drawn = new Map<string, Buffer>();

  app.get<{ Params: { name: string } }>('/images/:name', async (request, reply) => {
    if (settings.expireImages) {
      throw refusedCall(403, 'this image has expired');
    }
    const { name } = request.params;
    const task = store.withFiles(fileName.exec(name)?.groups?.id ?? '');
    const drawing = task && drawingOf(name, task, settings);
    if (drawing === undefined) {
      throw refusedCall(404, 'image not found');
    }
    const { width, height } = drawing.size;
    const key = `${name} ${width}x${height}`;
    const png = drawn.get(key) ?? drawPng(drawing);
    drawn.set(key, png);
    return reply.type('image/png').send(png);
  });
}

function drawingOf(name: string, task: StoredTask, settings: ServiceSettings): Drawing | undefined {
  const { place, progress } = fileName.exec(name)?.groups ?? {};
  const { pictures } = task;
  if (pictures.length === 0) {
    return undefined;
  }
  if (progress !== undefined) {
    return { pictures, size: settings.images, progress: Number(progress) };
  }
  if (task.status !== 'finished') {
    return undefined;
  }
  if (place === undefined) {
    return { pictures, size: settings.images, progress: 100 };
  }
  const picture = pictures.length > 1 ? pictures[Number(place) - 1] : undefined;
  if (picture === undefined) {
    return undefined;
  }
  return { pictures: [picture], size: quarterOf(settings.images), progress: 100 };
}
