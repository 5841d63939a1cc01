import * as zod from 'zod/mini';
import { PARAMETER_LABELS, parameterValues } from '../midjourney/parameter_values.ts';
import { oneOf, wholeNumber, yesOrNo } from '../midjourney/values.ts';
import { choiceList } from './choice_list.ts';
import { field } from './input.ts';

/** The group that Zapier shows collapsed. */
export const ADVANCED = { key: 'advanced', label: 'Advanced Options' };

const advanced = { group: ADVANCED.key };

/** What the picture shows. Images to start from are URLs at its front (PiAPI, "image to image"). */
export const prompt = field(
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

/** A new prompt for a follow-up; the parent's own when left empty. */
export const newPrompt = field(
  zod.optional(zod.string({ error: 'Use a text.' }).check(zod.trim())),
  {
    label: 'New Prompt',
    type: 'text',
    helpText:
      'Changes what the picture shows, for example `red fox in autumn leaves`. The prompt of the first task when left empty.',
  },
);

export const aspectRatio = field(zod.optional(parameterValues.aspect_ratio), {
  label: PARAMETER_LABELS.aspect_ratio,
  type: 'string',
  placeholder: '16:9',
  helpText: 'Width to height, for example `16:9`, `2:3` or `1:1`. Square when left empty.',
});

export const processMode = field(zod.optional(parameterValues.process_mode), {
  label: PARAMETER_LABELS.process_mode,
  type: 'string',
  choices: choiceList([
    { value: 'relax', label: 'Relax (minutes, cheapest)' },
    { value: 'fast', label: 'Fast (about a minute)' },
    { value: 'turbo', label: 'Turbo (fastest, costs most)' },
  ]),
  helpText:
    'How fast the task runs, for example `Fast`. Without it, and without `--fast` or `--turbo` in the prompt, the task runs relaxed.',
});

export const skipPromptCheck = field(zod.optional(yesOrNo()), {
  label: 'Skip Prompt Check',
  type: 'boolean',
  helpText:
    'Sends the prompt on without the service looking for banned words first. Only for prompts you know to be safe.',
  ...advanced,
});

export const botId = field(zod.optional(wholeNumber(0)), {
  label: 'Bot Number',
  type: 'integer',
  helpText:
    'Runs the task on one of your own Midjourney accounts, for example `2`. Only with the Host Your Account plan (Pro); leave it empty otherwise.',
  ...advanced,
});

/** Who pays for a task where a service offers both; the workspace's own setting when left empty. */
export const serviceMode = field(zod.optional(oneOf(['public', 'private'])), {
  label: 'Service Mode',
  type: 'string',
  choices: choiceList([
    { value: 'public', label: 'Pay as You Go' },
    { value: 'private', label: 'Host Your Account' },
  ]),
  helpText:
    "Runs the task on the service's own accounts or on those that you host there, for example `Pay as You Go`. As your workspace is set when left empty.",
  ...advanced,
});
