import * as zod from 'zod/mini';
import { choiceList } from '../midjourney/choices.ts';
import { type FormField, field, isLink, wholeNumber, yesOrNo } from './input.ts';

/** The group that Zapier shows collapsed. */
export const PROMPT_HELP = { key: 'prompt_help', label: 'Prompt Parameters' };

const help = <Value>(schema: zod.ZodMiniType<Value>, form: FormField) =>
  field(zod.optional(schema), { ...form, group: PROMPT_HELP.key });

const VERSIONS = ['7', '6.1', '6', '5.2', '5.1', '5', '4'];
const NIJI_VERSIONS = ['niji 7', 'niji 6', 'niji 5'];

/** As people, sheets and earlier steps write it: `7`, `7.0`, `v7`, `Niji 6`. */
const version = zod.pipe(
  zod.transform((value: unknown) => {
    const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
    const parts = /^(?:v|(niji))?\s*([1-9]\d?(?:\.\d{1,2})?)$/i.exec(text);
    const number = parts?.[2]?.replace(/\.0+$/, '');
    return number && (parts?.[1] ? `niji ${number}` : number);
  }),
  zod.string({ error: 'Enter a version such as 7, 6.1 or niji 6.' }),
);

const QUALITIES = [0.25, 0.5, 1, 2, 4] as const;

const quality = zod.pipe(
  zod.transform((value: unknown) =>
    typeof value === 'string' && /^\s*\d*\.?\d+\s*$/.test(value) ? Number(value) : value,
  ),
  zod.literal(QUALITIES, { error: `Choose one of: ${QUALITIES.join(', ')}.` }),
);

const LEFT_OUT =
  'Name what to leave out, for example "cars, people", without -- and other parameters.';

/** On one line, and without anything that would begin a parameter. */
const leftOut = zod
  .pipe(
    zod.string({ error: LEFT_OUT }),
    zod.transform((text) => text.replace(/\s+/g, ' ').replace(/^[\s,]+|(?<![\s,])[\s,]+$/g, '')),
  )
  .check(
    zod.minLength(1, LEFT_OUT),
    zod.refine((text) => !/--|(^|\s)[—–]\S/.test(text), LEFT_OUT),
  );

/** Links hold commas of their own, so a comma ends one only before a space or another link. */
const splitList = (text: string): string[] =>
  text
    .split(/\s+|,(?=https?:\/\/)/i)
    .flatMap((part) => (/^https?:/i.test(part) ? part.replace(/(?<!,),+$/, '') : part.split(',')))
    .filter((part) => part !== '');

/** A list, or the same in one text with commas or spaces between. */
const listOf = (isEntry: (text: string) => boolean, error: string) =>
  zod.pipe(
    zod.transform((value: unknown) => {
      const parts: unknown[] = Array.isArray(value) ? value : [value];
      return parts.flatMap((part) => {
        const text = typeof part === 'number' ? String(part) : (part ?? '');
        return typeof text === 'string' ? splitList(text) : [text];
      });
    }),
    zod.array(zod.string({ error }).check(zod.refine(isEntry, error))),
  );

/** Style codes may carry a weight, `2213253170::2`. */
const isStyle = (text: string): boolean =>
  isLink(text) || /^(random|\d{1,10}(::\d*\.?\d+)?)$/i.test(text);

/** What becomes a parameter of the prompt, or an image in front of it. */
export const parameterFields = {
  version: help(version, {
    label: 'Version',
    type: 'string',
    choices: choiceList([
      ...VERSIONS.map((value) => ({ value, label: `Version ${value}` })),
      ...NIJI_VERSIONS.map((value) => ({ value, label: value.replace('niji', 'Niji') })),
    ]),
    helpText:
      'The model that paints, for example `7`, or `niji 6` for anime. Others, such as `8`, can be entered too.',
  }),
  stylize: help(wholeNumber(0, 1000), {
    label: 'Stylize',
    type: 'integer',
    placeholder: '100',
    helpText:
      'How freely the picture is beautified, from 0 to 1000, for example `250`. Low values keep to the prompt.',
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
    helpText: 'How unusual the picture may become, from 0 to 3000, for example `500`.',
  }),
  quality: help(quality, {
    label: 'Quality',
    type: 'string',
    choices: choiceList(QUALITIES.map((value) => ({ value: `${value}`, label: `${value}` }))),
    helpText:
      'How much time goes into details, for example `2`. Higher values cost more, and not every version takes each.',
  }),
  tile: help(yesOrNo(), {
    label: 'Tile',
    type: 'boolean',
    helpText: 'Paints a pattern that repeats without seams, for fabrics or wallpapers.',
  }),
  no: help(leftOut, {
    label: 'Leave Out',
    type: 'string',
    placeholder: 'cars, people',
    helpText:
      'What must not be in the picture, separated by commas, for example `cars, people`. The same as `--no` in the prompt.',
  }),
  seed: help(wholeNumber(0, 4_294_967_295), {
    label: 'Seed',
    type: 'integer',
    helpText:
      'The number that the picture starts from, from 0 to 4294967295, for example `1234`. The same prompt with the same seed gives similar pictures.',
  }),
  style_reference: help(
    listOf(
      isStyle,
      'Enter public links to pictures that start with https://, style codes such as 2213253170, or the word random.',
    ),
    {
      label: 'Style References',
      type: 'string',
      list: true,
      placeholder: 'https://example.com/style.png',
      helpText:
        'Pictures whose style is taken over: public links such as `https://example.com/style.png`, style codes such as `2213253170`, or `random`.',
    },
  ),
  character_reference: help(
    listOf(isLink, 'Enter public links to pictures that start with https://.'),
    {
      label: 'Character References',
      type: 'string',
      list: true,
      placeholder: 'https://example.com/hero.png',
      helpText:
        'Pictures of a character to paint again: public links such as `https://example.com/hero.png`. For version 6.',
    },
  ),
  image_prompts: help(
    listOf(isLink, 'Choose files, or enter public links to pictures that start with https://.'),
    {
      label: 'Image Prompts',
      type: 'file',
      list: true,
      helpText:
        'Pictures to start from, put in front of the prompt: files of earlier steps, or public links such as `https://example.com/fox.png`.',
    },
  ),
};
