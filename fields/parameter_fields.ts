import {
  DEFAULT_VERSION,
  NIJI_VERSIONS,
  PARAMETER_LABELS,
  type ParameterKey,
  parameterValue,
  QUALITIES,
  VERSIONS,
} from '../midjourney/parameter_values.ts';
import { choiceList } from './choice_list.ts';
import { type FormField, optionalField } from './input.ts';

/** The group that Zapier shows collapsed. */
export const PROMPT_HELP = { key: 'prompt_help', label: 'Prompt Parameters' };

const parameterField = <Key extends ParameterKey>(
  key: Key,
  form: Omit<FormField, 'label' | 'group'>,
) =>
  optionalField(() => parameterValue(key), {
    ...form,
    label: PARAMETER_LABELS[key],
    group: PROMPT_HELP.key,
  });

/** The current ones, then the older ones. */
const OFFERED_VERSIONS = [
  ...VERSIONS.slice(0, 3),
  ...NIJI_VERSIONS.slice(0, 1),
  ...VERSIONS.slice(3),
  ...NIJI_VERSIONS.slice(1),
];

const versionLabel = (version: string): string => {
  const name = version.startsWith('niji') ? version.replace('niji', 'Niji') : `Version ${version}`;
  return version === DEFAULT_VERSION ? `${name} (the default)` : name;
};

/** What becomes a parameter of the prompt, or an image in front of it. */
export const parameterFields = {
  version: parameterField('version', {
    type: 'string',
    choices: choiceList(OFFERED_VERSIONS.map((value) => ({ value, label: versionLabel(value) }))),
    altersDynamicFields: true,
    helpText:
      'The model that paints, for example `8.2`, or `niji 7` for anime. Others can be entered too. The fields below are those that it takes; 8.2 when left empty.',
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
    helpText: 'How much time goes into details, for example `2`. Higher values cost more.',
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
  style_weight: parameterField('style_weight', {
    type: 'integer',
    placeholder: '100',
    helpText: 'How strongly the style is taken over, from 0 to 1000, for example `300`.',
  }),
  style_version: parameterField('style_version', {
    type: 'integer',
    helpText: 'Which way of reading styles is used, from 1 to 6, for example `6`.',
  }),
  character_reference: parameterField('character_reference', {
    type: 'string',
    list: true,
    placeholder: 'https://example.com/hero.png',
    helpText:
      'Pictures of a character to paint again: public links such as `https://example.com/hero.png`.',
  }),
  character_weight: parameterField('character_weight', {
    type: 'integer',
    placeholder: '100',
    helpText:
      'How much of the character is kept, from 0 (only the face) to 100 (clothes and hair as well), for example `50`.',
  }),
  omni_reference: parameterField('omni_reference', {
    type: 'file',
    helpText:
      'A person or a thing to put into the picture: a file of an earlier step, or a public link such as `https://example.com/shoe.png`.',
  }),
  omni_weight: parameterField('omni_weight', {
    type: 'integer',
    placeholder: '100',
    helpText: 'How closely the picture keeps to it, from 1 to 1000, for example `200`.',
  }),
  profile: parameterField('profile', {
    type: 'string',
    list: true,
    placeholder: 'abc123x',
    helpText: 'Codes of your Midjourney profiles or moodboards, for example `abc123x`.',
  }),
  image_prompts: parameterField('image_prompts', {
    type: 'file',
    list: true,
    helpText:
      'Pictures to start from, put in front of the prompt: files of earlier steps, or public links such as `https://example.com/fox.png`.',
  }),
  image_weight: parameterField('image_weight', {
    type: 'number',
    placeholder: '1',
    helpText: 'How much the image prompts count beside the text, from 0 to 3, for example `1.5`.',
  }),
  raw: parameterField('raw', {
    type: 'boolean',
    helpText: 'Keeps to the prompt, without the beauty that Midjourney adds by itself.',
  }),
  hd: parameterField('hd', {
    type: 'boolean',
    helpText: 'Paints in a higher resolution.',
  }),
  draft: parameterField('draft', {
    type: 'boolean',
    helpText: 'Paints quick, rough sketches, for trying out ideas.',
  }),
  experimental: parameterField('experimental', {
    type: 'integer',
    placeholder: '0',
    helpText: 'Adds detail and drama, from 0 to 100, for example `10`.',
  }),
  stop: parameterField('stop', {
    type: 'integer',
    placeholder: '100',
    helpText: 'Ends the work early, from 10 to 100 percent, for example `80` for a softer picture.',
  }),
};
