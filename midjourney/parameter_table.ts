import * as zod from 'zod/mini';
import { PARAMETER_LABELS, parameterValues, ratio } from './parameter_values.ts';
import type { Parameter } from './prompt.ts';

export interface ParameterRow extends Omit<Parameter, 'label' | 'advice'> {
  readonly key: Exclude<keyof typeof PARAMETER_LABELS, 'image_prompts'>;
  /** The API takes it in a field of its own, so it is not written into the prompt. */
  readonly hasOwnField?: true;
  /** Whether the value itself begins with the flag, as `niji 6` does. */
  readonly includesFlag?: RegExp;
}

const NUMBER = /^\.?\d[\d.,]*$/;

/** One number, checked as in its field. */
const number = (
  key:
    | ('stylize' | 'chaos' | 'weird' | 'seed' | 'experimental' | 'stop')
    | ('image_weight' | 'style_weight' | 'style_version' | 'character_weight' | 'omni_weight'),
) => ({ key, takes: 'word', valuePattern: NUMBER, value: parameterValues()[key] }) as const;

const LINK = /^https?:\/\/\S+$/i;

/** In a prompt the values between are taken as well. */
const qualityInPrompt = () =>
  zod.string().check(
    zod.regex(/^\d*\.?\d+$/),
    zod.refine((text) => Number(text) >= 0.25 && Number(text) <= 4),
  );

/** In the order in which they are written, each with its first flag. */
const rows = (): readonly ParameterRow[] => [
  {
    key: 'aspect_ratio',
    flags: ['ar', 'aspect'],
    takes: 'word',
    valuePattern: /^\d[\d.]*[:：∶/x×]\d[\d.,]*$/i,
    value: ratio(),
    hasOwnField: true,
  },
  {
    key: 'process_mode',
    flags: ['fast', 'relax', 'turbo'],
    takes: 'nothing',
    hasOwnField: true,
  },
  {
    key: 'version',
    flags: ['v', 'version', 'niji'],
    takes: 'word',
    valuePattern: NUMBER,
    flagWithoutValue: 'niji',
    includesFlag: /^niji /,
  },
  { key: 'raw', flags: ['raw'], takes: 'nothing' },
  { key: 'hd', flags: ['hd'], takes: 'nothing' },
  { key: 'draft', flags: ['draft'], takes: 'nothing' },
  { flags: ['stylize', 's'], ...number('stylize') },
  { flags: ['chaos', 'c'], ...number('chaos') },
  { flags: ['weird', 'w'], ...number('weird') },
  { flags: ['exp'], ...number('experimental') },
  { flags: ['stop'], ...number('stop') },
  {
    key: 'quality',
    flags: ['quality', 'q'],
    takes: 'word',
    valuePattern: NUMBER,
    value: qualityInPrompt(),
  },
  { key: 'tile', flags: ['tile'], takes: 'nothing' },
  { flags: ['seed'], ...number('seed') },
  { flags: ['iw'], ...number('image_weight') },
  {
    key: 'style_reference',
    flags: ['sref'],
    takes: 'words',
    valuePattern: /^(https?:\/\/\S+|\d{2,}|random)$/i,
  },
  { flags: ['sw'], ...number('style_weight') },
  { flags: ['sv'], ...number('style_version') },
  { key: 'character_reference', flags: ['cref'], takes: 'words', valuePattern: LINK },
  { flags: ['cw'], ...number('character_weight') },
  { key: 'omni_reference', flags: ['oref'], takes: 'words', valuePattern: LINK },
  { flags: ['ow'], ...number('omni_weight') },
  { key: 'profile', flags: ['profile', 'p'], takes: 'words', flagWithoutValue: 'p' },
  {
    key: 'motion',
    flags: ['motion'],
    takes: 'word',
    valuePattern: /^(low|high)$/i,
    value: parameterValues().motion,
    hasOwnField: true,
  },
  { key: 'no', flags: ['no'], takes: 'words' },
];

const withTexts = () =>
  rows().map((row) => ({
    ...row,
    label: PARAMETER_LABELS[row.key],
    // No parameter takes an object, so this is what its schema says about a wrong value.
    advice: String(zod.safeParse(parameterValues()[row.key], {}).error?.issues[0]?.message),
  }));

let table: ReturnType<typeof withTexts> | undefined;

/**
 * Every parameter that can stand in a prompt, with its label and how a wrong value is put right.
 * Made on first use: most events read no prompt, and the app should start quickly for them.
 */
export const parameterTable = (): ReturnType<typeof withTexts> => {
  table ??= withTexts();
  return table;
};
