import * as zod from 'zod/mini';
import { aspectRatio, processMode } from '../fields/common_fields.ts';
import { inputFieldsOf } from '../fields/input.ts';
import { parameterFields } from '../fields/parameter_fields.ts';
import type { Parameter } from './prompt.ts';

/** The fields of what a prompt can say too; they are the truth for labels, limits and advice. */
export const promptSchema = zod.object({
  aspect_ratio: aspectRatio,
  process_mode: processMode,
  ...parameterFields,
});

export interface Row extends Omit<Parameter, 'label' | 'advice'> {
  readonly key: Exclude<Extract<keyof typeof promptSchema.shape, string>, 'image_prompts'>;
  /** The API has a field of its own for it, so it is not written into the prompt. */
  readonly apart?: true;
  /** Whether the value of the field begins with one of the names. */
  readonly named?: RegExp;
}

const NUMBER = /^\.?\d[\d.,]*$/;

const whole = (key: 'stylize' | 'chaos' | 'weird' | 'seed') =>
  ({ key, takes: 'word', looks: NUMBER, word: parameterFields[key] }) as const;

/** In a prompt the values between are taken as well. */
const qualityWord = zod.string().check(
  zod.regex(/^\d*\.?\d+$/),
  zod.refine((text) => Number(text) >= 0.25 && Number(text) <= 4),
);

/** In the order in which they are written, each with its first name. */
const ROWS: readonly Row[] = [
  {
    key: 'aspect_ratio',
    flags: ['ar', 'aspect'],
    takes: 'word',
    looks: /^\d[\d.]*[:/x]\d[\d.,]*$/i,
    word: zod.string().check(zod.regex(/^\d+(\.\d+)?:\d+(\.\d+)?$/)),
    apart: true,
  },
  { key: 'process_mode', flags: ['fast', 'relax', 'turbo'], takes: 'nothing', apart: true },
  {
    key: 'version',
    flags: ['v', 'version', 'niji'],
    takes: 'word',
    looks: NUMBER,
    bare: 'niji',
    named: /^niji /,
  },
  { flags: ['stylize', 's'], ...whole('stylize') },
  { flags: ['chaos', 'c'], ...whole('chaos') },
  { flags: ['weird', 'w'], ...whole('weird') },
  { key: 'quality', flags: ['quality', 'q'], takes: 'word', looks: NUMBER, word: qualityWord },
  { key: 'tile', flags: ['tile'], takes: 'nothing' },
  { flags: ['seed'], ...whole('seed') },
  {
    key: 'style_reference',
    flags: ['sref'],
    takes: 'words',
    looks: /^(https?:\/\/\S+|\d{2,}|random)$/i,
  },
  {
    key: 'character_reference',
    flags: ['cref'],
    takes: 'words',
    looks: /^https?:\/\/\S+$/i,
  },
  { key: 'no', flags: ['no'], takes: 'words' },
];

const described = () => {
  const labels = new Map(inputFieldsOf(promptSchema).map(({ key, label }) => [key, label]));
  return ROWS.map((row) => ({
    ...row,
    label: String(labels.get(row.key)),
    // No field takes an object, so this is what each says about a value that it does not take.
    advice: String(zod.safeParse(promptSchema.shape[row.key], {}).error?.issues[0]?.message),
  }));
};

let table: ReturnType<typeof described> | undefined;

/**
 * Every parameter that has a field, with what its field says about it. Made when it is first asked
 * for, for most events have no prompt to read and start the app all the same.
 */
export const parameterTable = (): ReturnType<typeof described> => {
  table ??= described();
  return table;
};
