import type { StoredTask } from '../service/stored_task.ts';

/** The result of a completed job: an object by what was made, and the one link it may be instead. */
export function resultOf(task: StoredTask, url: string): { result: object; link: string } {
  const { id, prompt, operation, model } = task;
  const image = `${url}/images/${id}`;
  const media = `${url}/media/${id}`;
  if (operation.result === 'grid') {
    const gridUrl = `${image}.png`;
    return {
      result: { images: numbers(4).map((n) => `${image}-${n}.png`), gridUrl },
      link: gridUrl,
    };
  }
  const { count = 1 } = operation;
  if (operation.name.startsWith('images/')) {
    const link = `${image}.png`;
    const images = count > 1 ? numbers(count).map((n) => `${image}-${n}.png`) : [link];
    return { result: { images }, link };
  }
  if (operation.name.startsWith('music/')) {
    const track = (audioUrl: string, number: number) => ({
      id: `${id}-${number}`,
      audioUrl,
      imageUrl: `${image}.png`,
      title: prompt.slice(0, 80),
      duration: 1,
    });
    const link = `${media}-1.wav`;
    const tracks = numbers(model === 'suno' ? 2 : count).map((n) => track(`${media}-${n}.wav`, n));
    return { result: { tracks }, link };
  }
  const videos = numbers(4).map((n) => `${media}-${n}.mp4`);
  const link = `${media}.mp4`;
  return { result: model === 'midjourney-video' ? { videos } : { videoUrl: link }, link };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, place) => place + 1);
