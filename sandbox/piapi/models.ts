import type { StoredTask } from '../service/stored_task.ts';
import { SHAPES } from './model_outputs.ts';

/** The output of a task of another model than Midjourney. */
export function mediaOutput(
  { id, model, operation, prompt, status }: StoredTask,
  url: string,
): Record<string, unknown> | null {
  const shape = SHAPES.find(({ models }) => models.test(`${model} ${operation.name}`));
  if (status !== 'finished') {
    return shape?.empty ?? null;
  }
  const { count = 1 } = operation;
  const media = `${url}/media/${id}`;
  const several = (start: string, end: string) =>
    count > 1
      ? Array.from({ length: count }, (_, place) => `${start}-${place + 1}${end}`)
      : [`${start}${end}`];
  const images = several(`${url}/images/${id}`, '.png');
  const videos = several(media, '.mp4');
  const [image = ''] = images;
  const files = {
    images,
    videos,
    video: `${media}.mp4`,
    audio: `${media}.wav`,
    secondAudio: `${media}-2.wav`,
    model3d: `${media}.glb`,
  };
  return { ...shape?.output({ id, prompt, image, ...files }) };
}
