import * as zod from 'zod/mini';

/** The fields of v2 bodies, each with the message of its refusal. */

const text = zod.string('must be a string');
const filled = zod.string('is required').check(zod.regex(/\S/, 'is required'));
const url = zod
  .string('is required')
  .check(zod.regex(/^https?:\/\/[^\s/]+/i, 'must be an http(s) URL'));

/** One of these strings. */
export function oneOf<const Values extends readonly [string, ...string[]]>(...values: Values) {
  return zod.enum(values, `must be one of ${values.join(', ')}`);
}

export const prompt = { prompt: filled };
export const origin = { origin_task_id: filled };
export const task = { task_id: filled };
export const mask = { mask: filled };
export const imageUrl = { image_url: url };
export const imageUrls = {
  // 2 to 5 is Midjourney's own limit.
  image_urls: zod
    .array(url, 'must be a list of URLs')
    .check(zod.minLength(2, 'must hold 2 to 5 URLs'), zod.maxLength(5, 'must hold 2 to 5 URLs')),
};
export const zoomRatio = {
  zoom_ratio: zod
    .string('must be a string')
    .check(zod.regex(/^(1(\.\d+)?|2(\.0+)?)$/, 'must be a number from 1 to 2')),
};

// An empty string counts as not given: the API's own task_param prints absent values so.
export const dimension = { dimension: zod.optional(oneOf('square', 'portrait', 'landscape', '')) };
export const aspectRatio = {
  aspect_ratio: zod.optional(text.check(zod.regex(/^(\d+:\d+)?$/, 'must look like 16:9'))),
};
export const remix = {
  prompt: zod.optional(text),
  skip_prompt_check: zod.optional(zod.boolean('must be true or false')),
};
export const skipPromptCheck = { skip_prompt_check: remix.skip_prompt_check };
export const bot = {
  process_mode: zod.optional(oneOf('relax', 'fast', 'turbo', '')),
  bot_id: zod.optional(zod.int('must be an integer')),
};
