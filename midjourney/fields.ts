import * as zod from 'zod/mini';
import {
  type Choice,
  choiceList,
  DIMENSION_CHOICES,
  DIRECTION_CHOICES,
  IMAGE_CHOICES,
  ZOOM_CHOICES,
} from './choices.ts';
import { field, isLink, oneOf, wholeNumber, yesOrNo } from './input.ts';

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

/** A new prompt for a follow-up; the parent's own when left empty. */
export const newPrompt = () =>
  field(zod.optional(zod.string({ error: 'Use a text.' }).check(zod.trim())), {
    label: 'New Prompt',
    type: 'text',
    helpText:
      'Changes what the picture shows, for example `red fox in autumn leaves`. The prompt of the first task when left empty.',
  });

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
    choices: choiceList([
      { value: 'relax', label: 'Relax (minutes, cheapest)' },
      { value: 'fast', label: 'Fast (about a minute)' },
      { value: 'turbo', label: 'Turbo (fastest, costs most)' },
    ]),
    helpText:
      'How fast the task runs, for example `Fast`. Without it, and without `--fast` or `--turbo` in the prompt, the task runs relaxed.',
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

/** One of the API's words, a JSON string: a mapped number is as good as its text. */
export const word = (choices: readonly Choice[]): zod.ZodMiniType<string> =>
  zod.pipe(
    zod.transform((value: unknown) => (typeof value === 'number' ? String(value) : value)),
    oneOf(choices.map(({ value }) => value)),
  );

export const direction = () =>
  field(word(DIRECTION_CHOICES), {
    label: 'Direction',
    type: 'string',
    choices: choiceList(DIRECTION_CHOICES),
    helpText: 'The side on which the picture grows, for example `Left`.',
  });

export const zoomRatio = () =>
  field(word(ZOOM_CHOICES), {
    label: 'Zoom Ratio',
    type: 'string',
    choices: choiceList(ZOOM_CHOICES),
    helpText: 'How much is painted around the picture, for example `Zoom out twice`.',
  });

/** Which picture of the task, where a service follows one of four instead of an upscaled one. */
export const imageNumber = () =>
  field(zod.optional(word(IMAGE_CHOICES)), {
    label: 'Image',
    type: 'string',
    choices: choiceList(IMAGE_CHOICES),
    helpText:
      'Which picture of the task, for example `Image 2 (top right)`. The only picture of an upscaled task, or the first of four, when left empty.',
  });

export const upscaleType = () =>
  field(zod.optional(oneOf(['subtle', 'creative'])), {
    label: 'Upscale Type',
    type: 'string',
    choices: choiceList([
      { value: 'subtle', label: 'Subtle (keeps the details)' },
      { value: 'creative', label: 'Creative (adds details)' },
    ]),
    helpText: 'How the picture is enlarged, for example `Creative`. Subtle when left empty.',
  });

export const variationType = () =>
  field(zod.optional(oneOf(['subtle', 'strong'])), {
    label: 'Variation Strength',
    type: 'string',
    choices: choiceList([
      { value: 'subtle', label: 'Subtle' },
      { value: 'strong', label: 'Strong' },
    ]),
    helpText: 'How much the picture changes, for example `Subtle`. Strong when left empty.',
  });

const SCALE = 'Enter a number from 1.1 to 3, for example 1.5.';

/** LegNext's limits. */
export const scale = () =>
  field(
    zod.optional(
      zod.pipe(
        zod.transform((value: unknown) =>
          typeof value === 'string' && /^\s*\d*\.?\d+\s*$/.test(value) ? Number(value) : value,
        ),
        zod.number(SCALE).check(zod.gte(1.1, SCALE), zod.lte(3, SCALE)),
      ),
    ),
    {
      label: 'Scale',
      type: 'number',
      placeholder: '1.5',
      helpText:
        'How much larger the picture gets, from 1.1 to 3, for example `2`. 1.5 when left empty.',
    },
  );

/** Who pays for a task where a service offers both; the workspace's own setting when left empty. */
export const serviceMode = () =>
  field(zod.optional(oneOf(['public', 'private'])), {
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

const JSON_ADVICE =
  'Write one JSON object with straight quotation marks, for example {"prompt": "red fox in fresh snow"}.';

/** What a model other than Midjourney is told; each has its own. */
export const modelInput = () =>
  field(
    zod.pipe(
      zod.transform((value: unknown): unknown => {
        try {
          return typeof value === 'string' ? JSON.parse(value) : value;
        } catch {
          return undefined;
        }
      }),
      zod.record(zod.string(), zod.unknown(), JSON_ADVICE),
    ),
    {
      label: 'Input',
      type: 'json',
      helpText:
        'What the model is told, as one JSON object with the names of its documentation, for example `{"prompt": "red fox in fresh snow", "aspect_ratio": "16:9"}`.',
    },
  );

export const dimension = () =>
  field(zod.optional(word(DIMENSION_CHOICES)), {
    label: 'Dimension',
    type: 'string',
    choices: choiceList(DIMENSION_CHOICES),
    helpText: 'The shape of the result, for example `Portrait`. Square when left empty.',
  });

const webAddress = (error: string) =>
  zod.string({ error }).check(zod.trim(), zod.refine(isLink, error));

export const image = () =>
  field(
    webAddress('Choose a file, or enter a public link to a picture that starts with https://.'),
    {
      label: 'Image',
      type: 'file',
      helpText:
        'The picture to describe: a file of an earlier step, or a public link such as `https://example.com/fox.png`.',
    },
  );

/** Two to five, Midjourney's own limit. */
export const images = () =>
  field(
    zod
      .array(
        webAddress('Choose files, or enter public links to pictures that start with https://.'),
        'Choose two to five pictures.',
      )
      .check(
        zod.minLength(2, 'Choose at least two pictures.'),
        zod.maxLength(5, 'Choose at most five pictures.'),
      ),
    {
      label: 'Images',
      type: 'file',
      list: true,
      helpText:
        'Two to five pictures to blend: files of earlier steps, or public links such as `https://example.com/fox.png`.',
    },
  );

export const mask = () =>
  field(
    webAddress('Choose a file, or enter a public link to the mask that starts with https://.'),
    {
      label: 'Mask',
      type: 'file',
      helpText:
        'A black and white PNG of the same size as the picture, white where it is to be painted anew: a file of an earlier step, or a public link such as `https://example.com/mask.png`. At most 10 MB.',
    },
  );
