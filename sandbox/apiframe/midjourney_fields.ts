import * as zod from 'zod/mini';

/** One of these numbers. */
export const oneOf = (...numbers: readonly number[]) =>
  zod.union(numbers.map((number) => zod.literal(number)));

const onePicture = { index: oneOf(1, 2, 3, 4) };

/** The fields of each follow-up besides its parent. */
export const midjourneyActions = {
  upsample: onePicture,
  variation: onePicture,
  inpaint: {
    // Base64: about 8 MB of PNG.
    mask: zod.string().check(zod.minLength(1), zod.maxLength(12_000_000)),
    prompt: zod.optional(zod.string().check(zod.maxLength(2000))),
  },
  outpaint: { zoomRatio: oneOf(1.5, 2) },
  pan: { direction: zod.enum(['up', 'down', 'left', 'right']) },
};
