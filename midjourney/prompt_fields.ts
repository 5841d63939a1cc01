import * as zod from 'zod/mini';
import { type FormField, field, wholeNumber, yesOrNo } from './input.ts';

/** The group that Zapier shows collapsed. */
export const PROMPT_HELP = { key: 'prompt_help', label: 'Prompt Parameters' };

const help = <Schema extends zod.ZodMiniType>(schema: Schema, form: FormField) =>
  field(zod.optional(schema), { ...form, group: PROMPT_HELP.key });

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** Text that was typed or mapped, in the form that Midjourney takes; undefined is refused. */
const normalized = (normalize: (text: string) => string | undefined, error: string) =>
  zod.pipe(
    zod.transform((value: unknown) => normalize(asText(value).toLowerCase())),
    zod.string(error),
  );

const version = (text: string): string | undefined => {
  const [, niji, number] = /^(?:v(?:ersion)?|(niji))?\s*(\d{1,2}(?:\.\d)?)$/.exec(text) ?? [];
  return number && `${niji ? 'niji ' : ''}${number}`;
};

const QUALITIES = ['0.25', '0.5', '1', '2', '4'];

const quality = (text: string): string | undefined =>
  QUALITIES.find((known) => text !== '' && Number(known) === Number(text));

/** A list as Zapier gives it, or one text that holds several. */
const list = (isItem: (text: string) => boolean, error: string) =>
  zod.pipe(
    zod.transform((value: unknown) =>
      (Array.isArray(value) ? value : [value]).flatMap((item) =>
        asText(item)
          .split(/[\s,]+/)
          .filter(Boolean),
      ),
    ),
    zod.array(zod.string().check(zod.refine(isItem, error))).check(zod.minLength(1, error)),
  );

const isLink = (text: string): boolean => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
const isStyle = (text: string): boolean =>
  isLink(text) || /^(random|\d{1,12}(::\d+(\.\d+)?)?)$/i.test(text);

const LINKS = 'Enter public links to pictures that start with https://.';

const choice = (value: string, label = value) => ({ value, sample: value, label });

/** Fields that become Midjourney parameters; the ranges are Midjourney's own. */
export const promptFields = {
  version: help(normalized(version, 'Enter a version such as 7, 6.1 or niji 6.'), {
    label: 'Version',
    type: 'string',
    choices: [
      ...['7', '6.1', '6', '5.2', '5.1', '5', '4'].map((number) =>
        choice(number, `Version ${number}`),
      ),
      ...['7', '6', '5'].map((number) => choice(`niji ${number}`, `Niji ${number} (anime)`)),
    ],
    helpText: "Midjourney's model, for example `7` or `niji 6`. The newest when left empty.",
  }),
  stylize: help(wholeNumber(0, 1000), {
    label: 'Stylize',
    type: 'integer',
    placeholder: '100',
    helpText: "How much of Midjourney's own taste goes in, from 0 to 1000, for example `250`.",
  }),
  chaos: help(wholeNumber(0, 100), {
    label: 'Chaos',
    type: 'integer',
    placeholder: '0',
    helpText: 'How much the four pictures differ, from 0 to 100, for example `30`.',
  }),
  weird: help(wholeNumber(0, 3000), {
    label: 'Weird',
    type: 'integer',
    placeholder: '0',
    helpText: 'How unusual the pictures may get, from 0 to 3000, for example `500`.',
  }),
  quality: help(normalized(quality, `Choose one of: ${QUALITIES.join(', ')}.`), {
    label: 'Quality',
    type: 'string',
    choices: QUALITIES.map((known) => choice(known)),
    helpText: 'How long Midjourney works on the details, for example `2`. More costs more.',
  }),
  tile: help(yesOrNo(), {
    label: 'Tile',
    type: 'boolean',
    helpText: 'Makes a pattern that repeats without seams, for fabrics or wallpaper.',
  }),
  no: help(
    zod.string({ error: 'Enter words with commas between them.' }).check(
      zod.trim(),
      zod.refine((text) => !text.includes('--'), 'Enter words only, without --.'),
    ),
    {
      label: 'Leave Out',
      type: 'string',
      helpText: 'What the picture must not show, with commas, for example `text, people`.',
    },
  ),
  seed: help(wholeNumber(0, 4_294_967_295), {
    label: 'Seed',
    type: 'integer',
    helpText:
      'The same prompt with the same seed paints a similar picture, for example `1379580925`.',
  }),
  style_reference: help(list(isStyle, 'Enter links to pictures, style codes, or random.'), {
    label: 'Style References',
    type: 'string',
    list: true,
    helpText:
      'Pictures whose style is taken over: links such as `https://example.com/style.png`, style codes, or `random`.',
  }),
  character_reference: help(list(isLink, LINKS), {
    label: 'Character References',
    type: 'string',
    list: true,
    helpText:
      'Pictures whose character is to appear again: links such as `https://example.com/hero.png`.',
  }),
  image_prompts: help(list(isLink, LINKS), {
    label: 'Image Prompts',
    type: 'file',
    list: true,
    helpText:
      'Pictures to start from: files of earlier steps, or links such as `https://example.com/fox.png`.',
  }),
};
