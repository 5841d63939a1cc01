import { cornersOf } from '../midjourney/areas.ts';
import { withParameter } from '../midjourney/compose_prompt.ts';
import type { TaskInput } from '../midjourney/task_input.ts';

/** The parts that the bodies of LegNext's requests have in common, and what stands for our words in them. */

/** A picture of a job, counted from 0; an upscaled one is the only picture of its job. */
export const picture = ({ origin_task_id, index }: TaskInput) => ({
  jobId: origin_task_id,
  imageNo: Number(index || '1') - 1,
});

/** Aspect ratio and mode are words of the prompt here, as everything else is. */
export const remix = ({ prompt, aspect_ratio }: TaskInput) =>
  prompt ? { remixPrompt: withParameter(prompt, 'aspect_ratio', aspect_ratio) } : {};

/** A film of a job, counted from 0. */
export const film = ({ origin_task_id, index }: TaskInput) => ({
  jobId: origin_task_id,
  videoNo: Number(index || '1') - 1,
});

/** What moves, and how much: words of the prompt, which a picture's link begins. */
export const moving = ({ image_url, prompt, motion }: TaskInput) => {
  const words = [image_url, prompt].filter(Boolean).join(' ');
  const text = withParameter(words, 'motion', motion).trim();
  return text ? { prompt: text } : {};
};

/** A black and white picture, or polygons in a picture of this size. */
export const maskOf = ({ mask, areas = [], picture_size: size }: TaskInput) =>
  mask === undefined && size
    ? { areas: areas.map((area) => ({ ...size, points: cornersOf(area, size) })) }
    : { url: mask };

/** Each at the number that it has in a request. */
export const DIRECTIONS = ['down', 'right', 'up', 'left'];

/** The shapes of Blend; anything else is square. */
export const RATIOS = new Map([
  ['portrait', '2:3'],
  ['landscape', '3:2'],
]);

/** Each at the number that it has in a request. 2x and 4x are from the vendor's node for n8n. */
export const UPSCALE_TYPES = ['subtle', 'creative', '2x', '4x'];
