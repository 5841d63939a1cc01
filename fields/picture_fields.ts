import * as zod from 'zod/mini';
import { DIMENSION_CHOICES } from '../midjourney/choices.ts';
import { directLink, isSharePage } from '../midjourney/direct_link.ts';
import { isPastedLink } from '../midjourney/links.ts';
import { listedLinks, SHARE_PAGE_ADVICE, SPACED_LINK_ADVICE } from '../midjourney/lists.ts';
import { word } from '../midjourney/values.ts';
import { choiceList } from './choice_list.ts';
import { field, optionalField } from './input.ts';

export const dimension = optionalField(() => word(DIMENSION_CHOICES), {
  label: 'Dimension',
  type: 'string',
  choices: choiceList(DIMENSION_CHOICES),
  helpText: 'The shape of the result, for example `Portrait`. Square when left empty.',
});

const ONE_LINK_ADVICE = 'This takes one file or link. Leave the others out.';

/** A link to a file; a share page that tells where its file is becomes the link to that. */
export const webAddress = (error: string) =>
  zod.pipe(
    zod.string({ error }).check(
      zod.trim(),
      zod.refine((text) => !/,\s*https?:\/\//i.test(text), { error: ONE_LINK_ADVICE, abort: true }),
      zod.refine((text) => !/^https?:.*\s/is.test(text), {
        error: SPACED_LINK_ADVICE,
        abort: true,
      }),
      zod.refine((text) => !isSharePage(text), { error: SHARE_PAGE_ADVICE, abort: true }),
      zod.refine(isPastedLink, error),
    ),
    zod.transform(directLink),
  );

const onePicture = () =>
  webAddress('Choose a file, or enter a public link to a picture that starts with https://.');

/** @param purpose what is done with it, as `to describe` */
export const image = (purpose: string) =>
  field(onePicture, {
    label: 'Image',
    type: 'file',
    helpText: `The picture ${purpose}: a file of an earlier step, or a public link such as \`https://example.com/fox.png\`.`,
  });

/** The first frame of a video, where it is no picture of a task. */
export const startImage = optionalField(onePicture, {
  label: 'Image File or Link',
  type: 'file',
  helpText:
    'The picture to animate, where it is not one of a task: a file of an earlier step, or a public link such as `https://example.com/fox.png`. Fill in either this or Task.',
});

/** Two to five, Midjourney's own limit. */
export const images = field(
  () =>
    zod.pipe(
      zod.transform(listedLinks),
      zod
        .array(
          webAddress('Choose files, or enter public links to pictures that start with https://.'),
        )
        .check(
          zod.minLength(2, 'Choose at least two pictures, each in a line of its own.'),
          zod.maxLength(5, 'Choose at most five pictures.'),
        ),
    ),
  {
    label: 'Images',
    type: 'file',
    list: true,
    helpText:
      'Two to five pictures to blend: files of earlier steps, or public links such as `https://example.com/fox.png`.',
  },
);

export const mask = optionalField(
  () => webAddress('Choose a file, or enter a public link to the mask that starts with https://.'),
  {
    label: 'Mask',
    type: 'file',
    helpText:
      'Which part is painted anew: a black and white PNG, as a file of an earlier step or a public link such as `https://example.com/mask.png`, at most 10 MB. To make one, open the picture in any image editor, paint the part to change white and all else black, keep its size, and save it as a PNG. An AI agent asks for one, or uses Areas where that is offered.',
  },
);
