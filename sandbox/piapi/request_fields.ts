import * as z from 'zod/mini';

/** The fields that v2 bodies are made of, each with the words it is refused with. */

const text = z.string('must be a string');
const filled = z.string('is required').check(z.regex(/\S/, 'is required'));
const url = z
  .string('is required')
  .check(z.regex(/^https?:\/\/[^\s/]+/i, 'must be an http(s) URL'));

/** One of these strings. */
export function oneOf<const Values extends readonly [string, ...string[]]>(...values: Values) {
  return z.enum(values, `must be one of ${values.join(', ')}`);
}

export const prompt = { prompt: filled };
export const origin = { origin_task_id: filled };
export const task = { task_id: filled };
export const mask = { mask: filled };
export const imageUrl = { image_url: url };
export const imageUrls = {
  // 2 to 5 is Midjourney's own limit.
  image_urls: z
    .array(url, 'must be a list of URLs')
    .check(z.minLength(2, 'must hold 2 to 5 URLs'), z.maxLength(5, 'must hold 2 to 5 URLs')),
};
export const zoomRatio = {
  zoom_ratio: z
    .string('must be a string')
    .check(z.regex(/^(1(\.\d+)?|2(\.0+)?)$/, 'must be a number from 1 to 2')),
};

// An empty string counts as not given: the API's own task_param prints absent values so.
export const dimension = { dimension: z.optional(oneOf('square', 'portrait', 'landscape', '')) };
export const aspectRatio = {
  aspect_ratio: z.optional(text.check(z.regex(/^(\d+:\d+)?$/, 'must look like 16:9'))),
};
export const remix = {
  prompt: z.optional(text),
  skip_prompt_check: z.optional(z.boolean('must be true or false')),
};
export const skipPromptCheck = { skip_prompt_check: remix.skip_prompt_check };
export const bot = {
  process_mode: z.optional(oneOf('relax', 'fast', 'turbo', '')),
  bot_id: z.optional(z.int('must be an integer')),
};
