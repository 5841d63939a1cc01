import * as zod from 'zod/mini';
import * as fields from './fields.ts';
import type { InputSchema } from './input.ts';

/** A Midjourney operation. Its key is the service's word and the key of its step. */
export interface Operation {
  readonly key: string;
  readonly label: string;
  readonly description: string;
  /** What the service is told, under the API's own field names. */
  readonly input: InputSchema<Record<string, unknown>>;
}

export const IMAGINE: Operation = {
  key: 'imagine',
  label: 'Imagine',
  description: 'Starts a task that paints four pictures from a prompt.',
  input: zod.object({
    prompt: fields.prompt(),
    aspect_ratio: fields.aspectRatio(),
    process_mode: fields.processMode(),
    skip_prompt_check: fields.skipPromptCheck(),
    bot_id: fields.botId(),
  }),
};

/** Every kind of task that can be heard of, in the order in which people meet them. */
export const OPERATION_LABELS = {
  imagine: 'Imagine',
  upscale: 'Upscale',
  variation: 'Variation',
  reroll: 'Reroll',
  describe: 'Describe',
  blend: 'Blend',
  seed: 'Seed',
  pan: 'Pan',
  outpaint: 'Outpaint',
} as const;
