import * as zod from 'zod/mini';
import { choiceMeant } from '../midjourney/choice.ts';
import { DIRECTION_CHOICES, IMAGE_CHOICES, ZOOM_CHOICES } from '../midjourney/choices.ts';
import { decimal, oneOf, word } from '../midjourney/values.ts';
import { choiceList } from './choice_list.ts';
import { field, optionalField } from './input.ts';

export const direction = field(() => word(DIRECTION_CHOICES), {
  label: 'Direction',
  type: 'string',
  choices: choiceList(DIRECTION_CHOICES),
  helpText: 'The side on which the picture grows, for example `Left`.',
});

const ZOOM = 'Choose one of: 1.5, 2, 1, or enter a number from 1.1 to 2.';

const isZoom = (text: string): boolean =>
  ZOOM_CHOICES.some(({ value }) => value === text) || (Number(text) >= 1.1 && Number(text) <= 2);

/** Which numbers besides the list a service takes is in its `ranges`. */
export const zoomRatio = field(
  () =>
    zod.pipe(
      zod.transform((value: unknown) =>
        typeof value === 'number' || typeof value === 'string'
          ? (choiceMeant(String(value), ZOOM_CHOICES) ?? String(value).trim().replace(',', '.'))
          : value,
      ),
      zod.string({ error: ZOOM }).check(zod.refine(isZoom, ZOOM)),
    ),
  {
    label: 'Zoom Ratio',
    type: 'string',
    choices: choiceList(ZOOM_CHOICES),
    helpText:
      'How much is painted around the picture: `1.5` and `2` as if the camera stood that much farther away, `1` only what makes it square. Some services also take other numbers from 1.1 to 2, such as `1.25`.',
  },
);

/** Which picture of the task, where a service follows one of four instead of an upscaled one. */
export const imageNumber = optionalField(() => word(IMAGE_CHOICES), {
  label: 'Image',
  type: 'string',
  choices: choiceList(IMAGE_CHOICES),
  helpText:
    'Which picture of the task, for example `Image 2 (top right)`. The only picture of an upscaled task, or the first of four, when left empty.',
});

export const upscaleType = optionalField(() => oneOf(['subtle', 'creative', '2x', '4x']), {
  label: 'Upscale Type',
  type: 'string',
  choices: choiceList([
    { value: 'subtle', label: 'Subtle (keeps the details)' },
    { value: 'creative', label: 'Creative (adds details)' },
    { value: '2x', label: '2x (twice as wide and high)' },
    { value: '4x', label: '4x (four times as wide and high)' },
  ]),
  helpText: 'How the picture is enlarged, for example `Creative`. Subtle when left empty.',
});

export const variationType = optionalField(() => oneOf(['subtle', 'strong']), {
  label: 'Variation Strength',
  type: 'string',
  choices: choiceList([
    { value: 'subtle', label: 'Subtle' },
    { value: 'strong', label: 'Strong' },
  ]),
  helpText: 'How much the picture changes, for example `Subtle`. Strong when left empty.',
});

export const remixStrength = optionalField(() => oneOf(['subtle', 'strong']), {
  label: 'Remix Strength',
  type: 'string',
  choices: choiceList([
    { value: 'subtle', label: 'Subtle (keeps the composition)' },
    { value: 'strong', label: 'Strong' },
  ]),
  helpText:
    'How much the picture gives way to the new prompt, for example `Subtle`. Strong when left empty.',
});

const SCALE = 'Enter a number from 1.1 to 3, for example 1.5.';

/** LegNext's limits. */
export const scale = optionalField(
  () => zod.pipe(decimal, zod.number(SCALE).check(zod.gte(1.1, SCALE), zod.lte(3, SCALE))),
  {
    label: 'Scale',
    type: 'number',
    placeholder: '1.5',
    helpText:
      'How much larger the picture gets, from 1.1 to 3, for example `2`. 1.5 when left empty.',
  },
);
