import type { StoredTask } from '../service/stored_task.ts';

/** The result of a completed job: an object by what was made, and the one link it may be instead. */
export function resultOf(task: StoredTask, url: string): { result: object; link: string } {
  const { id, prompt, operation, model } = task;
  const image = `${url}/images/${id}`;
  const media = `${url}/media/${id}`;
  if (operation.result === 'grid') {
    const gridUrl = `${image}.png`;
    return { result: { images: four.map((n) => `${image}-${n}.png`), gridUrl }, link: gridUrl };
  }
  if (operation.name.startsWith('images/')) {
    const link = `${image}.png`;
    return { result: { images: [link] }, link };
  }
  if (operation.name.startsWith('music/')) {
    const track = (audioUrl: string, place: number) => ({
      id: `${id}-${place + 1}`,
      audioUrl,
      imageUrl: `${image}.png`,
      title: prompt.slice(0, 80),
      duration: 1,
    });
    const link = `${media}-1.wav`;
    return { result: { tracks: [link, `${media}-2.wav`].map(track) }, link };
  }
  const videos = four.map((n) => `${media}-${n}.mp4`);
  const link = `${media}.mp4`;
  return { result: model === 'midjourney-video' ? { videos } : { videoUrl: link }, link };
}

const four = [1, 2, 3, 4];
