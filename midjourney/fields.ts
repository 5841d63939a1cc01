import * as zod from 'zod/mini';
import { field, oneOf, wholeNumber, yesOrNo } from './input.ts';

/** The group that Zapier shows collapsed. */
export const ADVANCED = { key: 'advanced', label: 'Advanced Options' };

const advanced = { group: ADVANCED.key };

/** What the picture shows. Images to start from are URLs at its front (PiAPI, "image to image"). */
export const prompt = () =>
  field(
    zod
      .string({
        error: 'Describe the picture, for example "red fox in fresh snow, morning light".',
      })
      .check(zod.trim(), zod.minLength(1, 'Describe the picture.')),
    {
      label: 'Prompt',
      type: 'text',
      helpText:
        'What the picture shows, for example `red fox in fresh snow, morning light --v 6`. Image links at the front are used as image prompts. Banned words cost money and count against your daily limit, so check prompts that come from other people.',
    },
  );

/** Midjourney takes whole numbers on both sides. */
export const aspectRatio = () =>
  field(
    zod.optional(
      zod
        .string({ error: 'Write width:height, for example 16:9.' })
        .check(
          zod.trim(),
          zod.regex(
            /^[1-9]\d{0,3}:[1-9]\d{0,3}$/,
            'Write width:height in whole numbers, for example 16:9.',
          ),
        ),
    ),
    {
      label: 'Aspect Ratio',
      type: 'string',
      placeholder: '16:9',
      helpText: 'Width to height, for example `16:9`, `2:3` or `1:1`. Square when left empty.',
    },
  );

export const processMode = () =>
  field(zod.optional(oneOf(['relax', 'fast', 'turbo'])), {
    label: 'Speed',
    type: 'string',
    choices: [
      { value: 'relax', sample: 'relax', label: 'Relax (minutes, cheapest)' },
      { value: 'fast', sample: 'fast', label: 'Fast (about a minute)' },
      { value: 'turbo', sample: 'turbo', label: 'Turbo (fastest, costs most)' },
    ],
    helpText:
      'How fast the task runs. It overrules `--fast`, `--relax` and `--turbo` in the prompt; without either the task runs relaxed.',
  });

export const skipPromptCheck = () =>
  field(zod.optional(yesOrNo()), {
    label: 'Skip Prompt Check',
    type: 'boolean',
    helpText:
      'Sends the prompt on without the service looking for banned words first. Only for prompts you know to be safe.',
    ...advanced,
  });

export const botId = () =>
  field(zod.optional(wholeNumber(0)), {
    label: 'Bot Number',
    type: 'integer',
    helpText:
      'Runs the task on one of your own Midjourney accounts, for example `2`. Only with the Host Your Account plan (Pro); leave it empty otherwise.',
    ...advanced,
  });

/** It travels in the query string of the webhook URL, which is why it is short. */
const reference = () =>
  field(
    zod.optional(
      zod
        .pipe(
          zod.union([zod.string(), zod.number()], { error: 'Use a text or a number.' }),
          zod.transform((value) => String(value).trim()),
        )
        .check(zod.maxLength(200, 'Use at most 200 characters.')),
    ),
    {
      label: 'Reference',
      type: 'string',
      helpText:
        'Comes back in every event of this task, so that another Zap knows what it belongs to, for example a row id such as `rec8Yt3`.',
    },
  );

const notifyProgress = () =>
  field(zod.optional(yesOrNo()), {
    label: 'Send Progress',
    type: 'boolean',
    default: 'true',
    helpText:
      'Lets Zaps that start with **Task Progress** run while this task is worked on. Nothing is sent when no such Zap is on.',
    ...advanced,
  });

/** What every step that starts a task has besides the API's own fields. */
export const deliveryFields = zod.object({
  reference: reference(),
  notify_progress: notifyProgress(),
});
