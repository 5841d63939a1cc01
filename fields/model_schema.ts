import * as zod from 'zod/mini';
import { choiceMeant } from '../midjourney/choice.ts';
import { listedLinks, listedNames } from '../midjourney/lists.ts';
import { anyNumber, textOrNumber, wholeNumber, yesOrNo } from '../midjourney/values.ts';
import type { ModelField } from '../services/models/model_entry.ts';
import { filledRows } from './filled_rows.ts';
import { webAddress } from './picture_fields.ts';
import { pathsIn } from './points.ts';

/** What a field takes; of a field that is partly guessed only its type is checked. */
interface Limits {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly longest: number | undefined;
}

const limitsOf = ({ unsure, min, max, max_length: longest }: ModelField): Limits =>
  unsure === undefined
    ? { min, max, longest }
    : { min: undefined, max: undefined, longest: undefined };

/** One of the service's own values, also as text or in other letter case. */
function oneOfChoices(choices: readonly (string | number)[], isSure: boolean): zod.ZodMiniType {
  const named = choices.map((choice) => ({ value: String(choice), label: String(choice) }));
  const isNumeric = choices.every((choice) => typeof choice === 'number');
  return zod.pipe(
    textOrNumber(),
    zod.transform((entered: string, { issues }): unknown => {
      const meant = choiceMeant(entered, named);
      const known = choices.find((choice) => String(choice) === meant);
      if (known !== undefined || !isSure) {
        return known ?? (isNumeric && Number.isFinite(Number(entered)) ? Number(entered) : entered);
      }
      const message = `Choose one of: ${choices.join(', ')}.`;
      issues.push({ code: 'custom', message, input: entered });
      return zod.NEVER;
    }),
  );
}

/** The example that a field's help has. */
const likeIn = ({ help }: ModelField): string =>
  `Write it like ${/`([^`]+)`/.exec(help)?.[1] ?? 'the example'}.`;

const words = (longest: number | undefined, pattern: string, advice: string) =>
  textOrNumber().check(
    zod.refine((entered) => longest === undefined || entered.length <= longest, {
      error: (issue) =>
        `Use at most ${longest} characters. This has ${String(issue.input).length}.`,
    }),
    zod.regex(new RegExp(pattern), advice),
  );

const LINK_ADVICE = 'Choose a file, or enter a public link that starts with https://.';

/** A list of one, as line items are, for a field that takes one. */
const single = (schema: zod.ZodMiniType) =>
  zod.pipe(
    zod.transform((value: unknown): unknown =>
      Array.isArray(value) && value.length === 1 ? value[0] : value,
    ),
    schema,
  );

/** One value of a field. */
function valueSchema(field: ModelField): zod.ZodMiniType {
  const { type, choices, unsure } = field;
  const { min, max, longest } = limitsOf(field);
  if (choices) {
    return oneOfChoices(choices, unsure === undefined);
  }
  switch (type) {
    case 'integer':
      return wholeNumber(min, max);
    case 'number':
      return anyNumber(min, max);
    case 'boolean':
      return yesOrNo();
    case 'file':
      return webAddress(LINK_ADVICE);
    case 'points':
      return pathsIn;
    default:
      return words(longest, field.pattern ?? '', likeIn(field));
  }
}

/** The schema of what a field is filled in with. @param label says which part of a list is wrong */
export function modelSchema(field: ModelField): zod.ZodMiniType {
  const { list, children, unsure, min_items = 1, max_items } = field;
  if (!list && !children) {
    return single(valueSchema(field));
  }
  const entries = children
    ? filledRows(field, children, modelSchema)
    : zod.pipe(
        zod.transform(field.type === 'file' ? listedLinks : listedNames),
        zod.array(valueSchema(field)),
      );
  const most = unsure === undefined ? max_items : undefined;
  return zod.pipe(
    entries,
    zod
      .array(zod.unknown())
      .check(
        zod.minLength(min_items, `Enter at least ${min_items}.`),
        zod.maxLength(most ?? Number.MAX_SAFE_INTEGER, `Enter at most ${most}.`),
      ),
  );
}
