import type { StoredTask } from '../service/stored_task.ts';
import { SHAPES } from './model_outputs.ts';

/** The output of a task of another model than Midjourney. */
export function mediaOutput(
  { id, model, operation, prompt, status }: StoredTask,
  url: string,
): Record<string, unknown> {
  const shape = SHAPES.find(({ models }) => models.test(`${model} ${operation.name}`));
  if (status !== 'finished') {
    return { ...shape?.empty };
  }
  const media = `${url}/media/${id}`;
  const image = `${url}/images/${id}.png`;
  const files = {
    video: `${media}.mp4`,
    audio: `${media}.wav`,
    secondAudio: `${media}-2.wav`,
    model3d: `${media}.glb`,
  };
  return { ...shape?.output({ id, prompt, image, ...files }) };
}
