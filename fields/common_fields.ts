import * as zod from 'zod/mini';
import { ASPECT_RATIO_CHOICES } from '../midjourney/choices.ts';
import { PARAMETER_LABELS, parameterValue } from '../midjourney/parameter_values.ts';
import { oneOf, plainText, someWords, wholeNumber, yesOrNo } from '../midjourney/values.ts';
import { choiceList } from './choice_list.ts';
import { field, optionalField } from './input.ts';

/** The group that Zapier shows collapsed. */
export const ADVANCED = { key: 'advanced', label: 'Advanced Options' };

const advanced = { group: ADVANCED.key };

/** What the picture shows. Images to start from are URLs at its front (PiAPI, "image to image"). */
export const prompt = field(
  () =>
    zod
      .string({
        error: 'Describe the picture, for example "red fox in fresh snow, morning light".',
      })
      .check(zod.trim(), zod.minLength(1, 'Describe the picture.')),
  {
    label: 'Prompt',
    type: 'text',
    helpText:
      'What the picture shows, for example `red fox in fresh snow, morning light`. Image links at the front are used as image prompts. Banned words cost money and count against your daily limit, so check prompts that come from other people.',
  },
);

/** A new prompt for a follow-up; the parent's own when left empty. */
export const newPrompt = optionalField(plainText, {
  label: 'New Prompt',
  type: 'text',
  helpText:
    'What the new pictures show, for example `red fox in autumn leaves`. The prompt of the chosen task when left empty.',
});

/** A prompt that a picture is painted anew by. */
export const otherPrompt = field(
  () => someWords('Describe the new picture, for example "red fox in autumn leaves".'),
  {
    label: 'New Prompt',
    type: 'text',
    helpText:
      'What the picture shows instead, and in which style, for example `red fox in autumn leaves, watercolour`.',
  },
);

export const longPrompt = field(
  () => someWords('Enter the prompt to shorten, for example one of an earlier step.'),
  {
    label: 'Prompt',
    type: 'text',
    helpText:
      'The prompt to shorten, for example `a very beautiful red fox that stands in deep fresh snow in the soft light of an early winter morning`.',
  },
);

const shape = (whenEmpty: string) =>
  optionalField(() => parameterValue('aspect_ratio'), {
    label: PARAMETER_LABELS.aspect_ratio,
    type: 'string',
    choices: choiceList(ASPECT_RATIO_CHOICES),
    helpText: `Width to height: one of the list, or any other such as \`5:4\`. ${whenEmpty} when left empty.`,
  });

export const aspectRatio = shape('What the prompt says, else square,');

/** Of the pictures that a follow-up makes. */
export const newAspectRatio = shape('That of the chosen task');

export const processMode = optionalField(() => parameterValue('process_mode'), {
  label: PARAMETER_LABELS.process_mode,
  type: 'string',
  choices: choiceList([
    { value: 'relax', label: 'Relax (minutes, cheapest)' },
    { value: 'fast', label: 'Fast (about a minute)' },
    { value: 'turbo', label: 'Turbo (fastest, costs most)' },
  ]),
  helpText:
    'How fast the task runs, for example `Fast`. Relaxed when left empty, unless the prompt says `--fast` or `--turbo`.',
});

export const skipPromptCheck = optionalField(yesOrNo, {
  label: 'Skip Prompt Check',
  type: 'boolean',
  helpText:
    'Sends the prompt on without the service looking for banned words first. Only for prompts you know to be safe.',
  ...advanced,
});

export const botId = optionalField(() => wholeNumber(0), {
  label: 'Hosted Account Number',
  type: 'integer',
  helpText:
    'Leave it empty, unless you have put several Midjourney accounts of your own into the Host Your Account plan: then the number of the one that paints, for example `2`.',
  ...advanced,
});

/** Who pays for a task where a service offers both; the workspace's own setting when left empty. */
export const serviceMode = optionalField(() => oneOf(['public', 'private']), {
  label: 'Accounts to Work On',
  type: 'string',
  choices: choiceList([
    { value: 'public', label: "Pay as You Go (the service's accounts)" },
    { value: 'private', label: 'Host Your Account (your own accounts)' },
  ]),
  helpText:
    'Which accounts do the work and pay, for example `Pay as You Go`. As your workspace is set when left empty.',
  ...advanced,
});
