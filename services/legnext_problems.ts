import { isOutside } from '../midjourney/areas.ts';
import type { Operation } from '../midjourney/operations.ts';
import type { TaskInput } from '../midjourney/task_input.ts';

/** The least and the most pixels that a side of a picture has whose areas are repainted. */
const LEAST = 500;
const MOST = 4096;

/** What LegNext's documentation says of areas. */
function areaProblems({ areas = [], picture_size: size }: TaskInput): string[] {
  if (!size || areas.length === 0) {
    return [];
  }
  const pixels = `${size.width} × ${size.height} pixels`;
  if ([size.width, size.height].some((side) => side < LEAST || side > MOST)) {
    return [
      `Areas: LegNext takes them for pictures of ${LEAST} to ${MOST} pixels a side, and this one has ${pixels}. Use a Mask.`,
    ];
  }
  return areas.some((area) => isOutside(area, size))
    ? [`Areas: One of them lies outside the picture, which has ${pixels}.`]
    : [];
}

/** What is wrong with an input of LegNext's, as "Label: what to do". */
export const legnextProblems = (operation: Operation, input: TaskInput): string[] => [
  ...(operation !== 'imagine' && input.aspect_ratio !== undefined && !input.prompt
    ? ['Aspect Ratio: LegNext takes it only together with a New Prompt.']
    : []),
  ...areaProblems(input),
];
