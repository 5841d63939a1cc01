import * as zod from 'zod/mini';
import {
  NIJI_VERSIONS,
  PARAMETER_LABELS,
  parameterValues,
  QUALITIES,
  VERSIONS,
} from '../midjourney/parameter_values.ts';
import { choiceList } from './choice_list.ts';
import { type FormField, field } from './input.ts';

/** The group that Zapier shows collapsed. */
export const PROMPT_HELP = { key: 'prompt_help', label: 'Prompt Parameters' };

const parameterField = <Key extends keyof typeof parameterValues>(
  key: Key,
  form: Omit<FormField, 'label' | 'group'>,
) =>
  field(zod.optional(parameterValues[key]), {
    ...form,
    label: PARAMETER_LABELS[key],
    group: PROMPT_HELP.key,
  });

/** What becomes a parameter of the prompt, or an image in front of it. */
export const parameterFields = {
  version: parameterField('version', {
    type: 'string',
    choices: choiceList([
      ...VERSIONS.map((value) => ({ value, label: `Version ${value}` })),
      ...NIJI_VERSIONS.map((value) => ({ value, label: value.replace('niji', 'Niji') })),
    ]),
    helpText:
      'The model that paints, for example `8.2`, or `niji 7` for anime. Others can be entered too. A parameter that does not go with it is named before anything is spent.',
  }),
  stylize: parameterField('stylize', {
    type: 'integer',
    placeholder: '100',
    helpText:
      'How freely the picture is beautified, from 0 to 1000, for example `250`. Low values keep to the prompt.',
  }),
  chaos: parameterField('chaos', {
    type: 'integer',
    placeholder: '0',
    helpText: 'How much the four pictures differ, from 0 to 100, for example `30`.',
  }),
  weird: parameterField('weird', {
    type: 'integer',
    placeholder: '0',
    helpText: 'How unusual the picture may become, from 0 to 3000, for example `500`.',
  }),
  quality: parameterField('quality', {
    type: 'string',
    choices: choiceList(QUALITIES.map((value) => ({ value: `${value}`, label: `${value}` }))),
    helpText:
      'How much time goes into details, for example `2`. Higher values cost more. Versions 8.1 and 8.2 have none.',
  }),
  tile: parameterField('tile', {
    type: 'boolean',
    helpText: 'Paints a pattern that repeats without seams, for fabrics or wallpapers.',
  }),
  no: parameterField('no', {
    type: 'string',
    placeholder: 'cars, people',
    helpText:
      'What must not be in the picture, separated by commas, for example `cars, people`. The same as `--no` in the prompt.',
  }),
  seed: parameterField('seed', {
    type: 'integer',
    helpText:
      'The number that the picture starts from, from 0 to 4294967295, for example `1234`. The same prompt with the same seed gives similar pictures.',
  }),
  style_reference: parameterField('style_reference', {
    type: 'string',
    list: true,
    placeholder: 'https://example.com/style.png',
    helpText:
      'Pictures whose style is taken over: public links such as `https://example.com/style.png`, style codes such as `2213253170`, or `random`.',
  }),
  character_reference: parameterField('character_reference', {
    type: 'string',
    list: true,
    placeholder: 'https://example.com/hero.png',
    helpText:
      'Pictures of a character to paint again: public links such as `https://example.com/hero.png`. For version 6.',
  }),
  image_prompts: parameterField('image_prompts', {
    type: 'file',
    list: true,
    helpText:
      'Pictures to start from, put in front of the prompt: files of earlier steps, or public links such as `https://example.com/fox.png`.',
  }),
};
