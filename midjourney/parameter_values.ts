import * as zod from 'zod/mini';
import { aspectRatioIn } from './aspect_ratio.ts';
import { choiceMeant } from './choice.ts';
import { ASPECT_RATIO_CHOICES } from './choices.ts';
import { isPastedLink } from './links.ts';
import { listedLinks } from './lists.ts';
import { decimal, oneOf, wholeNumber, yesOrNo } from './values.ts';

/** What people read of each parameter: its field's label, and the start of every problem with it. */
export const PARAMETER_LABELS = {
  aspect_ratio: 'Aspect Ratio',
  process_mode: 'Speed',
  version: 'Version',
  stylize: 'Stylize',
  chaos: 'Chaos',
  weird: 'Weird',
  quality: 'Quality',
  tile: 'Tile',
  no: 'Leave Out',
  seed: 'Seed',
  style_reference: 'Style References',
  character_reference: 'Character References',
  image_prompts: 'Image Prompts',
  image_weight: 'Image Weight',
  style_weight: 'Style Weight',
  style_version: 'Style Version',
  character_weight: 'Character Weight',
  omni_reference: 'Omni Reference',
  omni_weight: 'Omni Weight',
  profile: 'Profile',
  raw: 'Raw',
  hd: 'HD',
  draft: 'Draft',
  experimental: 'Experimental',
  stop: 'Stop',
  motion: 'Motion',
} as const;

export const VERSIONS = ['8.2', '8.1', '7', '6.1', '6', '5.2', '5.1', '5', '4'];
export const NIJI_VERSIONS = ['niji 7', 'niji 6', 'niji 5'];

/** What Midjourney takes when a prompt names none, since July 2026. */
export const DEFAULT_VERSION = '8.2';

export const QUALITIES = [0.25, 0.5, 1, 2, 4] as const;

const RATIO_ADVICE = 'Write width:height in whole numbers, for example 16:9.';

/** Midjourney takes whole numbers on both sides; other ways to write the same are mended. */
export const ratio = () =>
  zod.pipe(
    zod.transform((value: unknown) =>
      typeof value === 'string' ? (aspectRatioIn(value) ?? value) : value,
    ),
    zod
      .string({ error: RATIO_ADVICE })
      .check(zod.regex(/^[1-9]\d{0,3}:[1-9]\d{0,3}$/, RATIO_ADVICE)),
  );

/** In its field also as people call it: `portrait`, `9:16 for stories`. */
const aspectRatio = () =>
  zod.pipe(
    zod.transform((value: unknown) =>
      typeof value === 'string' ? (choiceMeant(value, ASPECT_RATIO_CHOICES) ?? value) : value,
    ),
    ratio(),
  );

/** As people, sheets and earlier steps write it: `7`, `7.0`, `v7`, `Niji 6`. */
const version = () =>
  zod.pipe(
    zod.transform((value: unknown) => {
      const text =
        typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
      const parts = /^(?:v|version|midjourney|(niji))?\s*v?([1-9]\d?(?:\.\d{1,2})?)$/i.exec(text);
      const number = parts?.[2]?.replace(/\.0+$/, '');
      return number && (parts?.[1] ? `niji ${number}` : number);
    }),
    zod.string({ error: 'Enter a version such as 8.2, 7 or niji 7.' }),
  );

const quality = () =>
  zod.pipe(decimal, zod.literal(QUALITIES, { error: `Choose one of: ${QUALITIES.join(', ')}.` }));

const NO_ADVICE =
  'Name what to leave out, for example "cars, people", without -- and other parameters.';

/** What `--no` names: on one line, and without anything that would begin a parameter. */
const no = () =>
  zod
    .pipe(
      zod.string({ error: NO_ADVICE }),
      zod.transform((text) => text.replace(/\s+/g, ' ').replace(/^[\s,]+|(?<![\s,])[\s,]+$/g, '')),
    )
    .check(
      zod.minLength(1, NO_ADVICE),
      zod.refine((text) => !/--|(^|\s)[—–]\S/.test(text), NO_ADVICE),
    );

/** A list, or the same in one text with commas or spaces between. */
const listOf = (isEntry: (text: string) => boolean, error: string) =>
  zod.pipe(
    zod.transform(listedLinks),
    zod.array(zod.string({ error }).check(zod.refine(isEntry, error))),
  );

/** Style codes may carry a weight, `2213253170::2`. */
const isStyle = (text: string): boolean =>
  isPastedLink(text) || /^(random|\d{1,10}(::\d*\.?\d+)?)$/i.test(text);

const IMAGE_WEIGHT_ADVICE = 'Enter a number from 0 to 3, for example 1.5.';

const imageWeight = () =>
  zod.pipe(
    decimal,
    zod
      .number(IMAGE_WEIGHT_ADVICE)
      .check(zod.gte(0, IMAGE_WEIGHT_ADVICE), zod.lte(3, IMAGE_WEIGHT_ADVICE)),
  );

const ONE_LINK =
  'Choose one file, or enter one public link to a picture that starts with https://.';

const oneLink = () =>
  zod.pipe(
    listOf(isPastedLink, ONE_LINK).check(zod.minLength(1, ONE_LINK), zod.maxLength(1, ONE_LINK)),
    zod.transform(String),
  );

function makeValues() {
  return {
    aspect_ratio: aspectRatio(),
    process_mode: oneOf(['relax', 'fast', 'turbo']),
    version: version(),
    stylize: wholeNumber(0, 1000),
    chaos: wholeNumber(0, 100),
    weird: wholeNumber(0, 3000),
    quality: quality(),
    tile: yesOrNo(),
    no: no(),
    seed: wholeNumber(0, 4_294_967_295),
    style_reference: listOf(
      isStyle,
      'Enter public links to pictures that start with https://, style codes such as 2213253170, or the word random.',
    ),
    character_reference: listOf(
      isPastedLink,
      'Enter public links to pictures that start with https://.',
    ),
    image_prompts: listOf(
      isPastedLink,
      'Choose files, or enter public links to pictures that start with https://.',
    ),
    image_weight: imageWeight(),
    style_weight: wholeNumber(0, 1000),
    style_version: wholeNumber(1, 6),
    character_weight: wholeNumber(0, 100),
    omni_reference: oneLink(),
    omni_weight: wholeNumber(1, 1000),
    profile: listOf(
      (text) => /^[\w-]{2,40}$/.test(text),
      'Enter codes of profiles or moodboards, for example abc123x.',
    ),
    raw: yesOrNo(),
    hd: yesOrNo(),
    draft: yesOrNo(),
    experimental: wholeNumber(0, 100),
    stop: wholeNumber(10, 100),
    motion: oneOf(['low', 'high']),
  };
}

let made: ReturnType<typeof makeValues> | undefined;

/**
 * What a value of each parameter must be, with Midjourney's limits. One that is wrong says what to do. Made on
 * first use: most events check no parameter, and the app should start quickly for them.
 */
export function parameterValues(): ReturnType<typeof makeValues> {
  made ??= makeValues();
  return made;
}

/** A parameter's key. */
export type ParameterKey = keyof ReturnType<typeof makeValues>;

/** The same as a field's schema, without making it before it is used. */
export const parameterValue = <Key extends ParameterKey>(key: Key) =>
  zod.optional(zod.lazy(() => parameterValues()[key]));

/** Parameters with their values, read; one that is not given is absent or undefined. */
export type ParameterValues = {
  readonly [Key in ParameterKey]?: zod.output<ReturnType<typeof parameterValues>[Key]> | undefined;
};
