/**
 * The words in `task_result.actions`: what can be done next with a task.
 *
 * Those of a grid are recorded. Those of a single image are a guess, made from the values that
 * `index`, `zoom_ratio` and `direction` may have; only this file knows them.
 */

const gridActions: readonly string[] = [
  'reroll',
  ...['upscale1', 'upscale2', 'upscale3', 'upscale4'],
  ...['variation1', 'variation2', 'variation3', 'variation4'],
];

const singleActions: readonly string[] = [
  'high_variation',
  'low_variation',
  ...['outpaint_1.5x', 'outpaint_2x', 'outpaint_custom'],
  ...['pan_up', 'pan_down', 'pan_left', 'pan_right'],
  'inpaint',
];

/** The second upscale differs by model: V4 has light and beta, V5 2x and 4x, later ones subtle and creative. */
function secondUpscales(prompt: string): readonly string[] {
  const version = /--(?:v|version)\s+(\d)/.exec(prompt)?.[1];
  if (version === '4') {
    return ['upscale_light', 'upscale_beta'];
  }
  if (version === '5') {
    return ['upscale_2x', 'upscale_4x'];
  }
  return ['upscale_subtle', 'upscale_creative'];
}

/** What a finished task with this many pictures offers. */
export function actionsAfter(pictures: number, prompt: string): readonly string[] {
  if (pictures === 0) {
    return [];
  }
  return pictures === 1 ? [...secondUpscales(prompt), ...singleActions] : gridActions;
}

export function upscaleAction(index: string): string {
  return /^\d$/.test(index) ? `upscale${index}` : `upscale_${index}`;
}

export function variationAction(index: string): string {
  return /^\d$/.test(index) ? `variation${index}` : index;
}

export function outpaintAction(zoomRatio: string): string {
  return zoomRatio === '1.5' || zoomRatio === '2' ? `outpaint_${zoomRatio}x` : 'outpaint_custom';
}

export function panAction(direction: string): string {
  return `pan_${direction}`;
}
