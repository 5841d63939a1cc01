import * as zod from 'zod/mini';
import { oneOf } from './midjourney_fields.ts';

const text = (longest: number) => zod.optional(zod.string().check(zod.maxLength(longest)));

/** Which of the parent's two tracks; the first without either. */
const track = {
  index: zod.optional(oneOf(1, 2)),
  trackId: zod.optional(zod.string().check(zod.minLength(1), zod.maxLength(200))),
};
const words = { style: text(1000), title: text(80), negative_tags: text(500) };

/** The fields of each follow-up on a song besides its parent. */
export const sunoActions = {
  extend: {
    ...track,
    ...words,
    continueAt: zod.optional(zod.number().check(zod.gt(0))),
    prompt: text(5000),
  },
  cover: {
    ...track,
    ...words,
    audio_weight: zod.optional(zod.number().check(zod.gte(0), zod.lte(1))),
    prompt: text(5000),
  },
  add_vocals: {
    ...track,
    ...words,
    prompt: zod.string().check(zod.minLength(1), zod.maxLength(5000)),
  },
  stems: track,
};
