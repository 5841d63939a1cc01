import { MIDJOURNEY, type Task } from './task.ts';

/** Operations that paint four pictures. */
const PAINTS_FOUR: readonly string[] = [
  'imagine',
  'variation',
  'reroll',
  'blend',
  'pan',
  'outpaint',
  'inpaint',
  'remix',
  'retexture',
];

const UPSCALES_ONE_OF_FOUR = /^upscale_?[2-4]$/i;

/**
 * Whether a task's picture shows four as a 2×2 grid. What can follow the task tells; where the service
 * does not say that, its operation does.
 */
export const isGrid = ({ model, operation, imageUrl, actions }: Task): boolean =>
  model === MIDJOURNEY &&
  imageUrl !== '' &&
  (actions.length > 0
    ? actions.some((action) => UPSCALES_ONE_OF_FOUR.test(action))
    : PAINTS_FOUR.includes(operation));
