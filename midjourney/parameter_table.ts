import * as zod from 'zod/mini';
import { PARAMETER_LABELS, parameterValues } from './parameter_values.ts';
import type { Parameter } from './prompt.ts';

export interface ParameterRow extends Omit<Parameter, 'label' | 'advice'> {
  readonly key: Exclude<keyof typeof PARAMETER_LABELS, 'image_prompts'>;
  /** The API takes it in a field of its own, so it is not written into the prompt. */
  readonly hasOwnField?: true;
  /** Whether the value itself begins with the flag, as `niji 6` does. */
  readonly includesFlag?: RegExp;
}

const NUMBER = /^\.?\d[\d.,]*$/;

const whole = (key: 'stylize' | 'chaos' | 'weird' | 'seed') =>
  ({ key, takes: 'word', valuePattern: NUMBER, value: parameterValues[key] }) as const;

/** In a prompt the values between are taken as well. */
const qualityInPrompt = zod.string().check(
  zod.regex(/^\d*\.?\d+$/),
  zod.refine((text) => Number(text) >= 0.25 && Number(text) <= 4),
);

/** In the order in which they are written, each with its first flag. */
const ROWS: readonly ParameterRow[] = [
  {
    key: 'aspect_ratio',
    flags: ['ar', 'aspect'],
    takes: 'word',
    valuePattern: /^\d[\d.]*[:：∶/x×]\d[\d.,]*$/i,
    value: parameterValues.aspect_ratio,
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
  { flags: ['stylize', 's'], ...whole('stylize') },
  { flags: ['chaos', 'c'], ...whole('chaos') },
  { flags: ['weird', 'w'], ...whole('weird') },
  {
    key: 'quality',
    flags: ['quality', 'q'],
    takes: 'word',
    valuePattern: NUMBER,
    value: qualityInPrompt,
  },
  { key: 'tile', flags: ['tile'], takes: 'nothing' },
  { flags: ['seed'], ...whole('seed') },
  {
    key: 'style_reference',
    flags: ['sref'],
    takes: 'words',
    valuePattern: /^(https?:\/\/\S+|\d{2,}|random)$/i,
  },
  {
    key: 'character_reference',
    flags: ['cref'],
    takes: 'words',
    valuePattern: /^https?:\/\/\S+$/i,
  },
  { key: 'no', flags: ['no'], takes: 'words' },
];

const withTexts = () =>
  ROWS.map((row) => ({
    ...row,
    label: PARAMETER_LABELS[row.key],
    // No parameter takes an object, so this is what its schema says about a wrong value.
    advice: String(zod.safeParse(parameterValues[row.key], {}).error?.issues[0]?.message),
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
