import { z as zod } from 'zod';
import type { Connection } from '../../sandbox/zapier/zapier.ts';

const shownFields = zod.array(
  zod.looseObject({
    key: zod.string(),
    type: zod.string().optional(),
    helpText: zod.string().optional(),
    choices: zod.unknown().optional(),
  }),
);

/** What the editor shows of a step as it is filled in: its notices, and its fields. */
export async function shownFieldsOf(
  account: Connection,
  kind: 'triggers' | 'creates',
  step: string,
  filled: Record<string, unknown> = {},
) {
  const fields = shownFields.parse(await account.inputFields(kind, step, filled));
  return {
    notices: fields.filter(({ type }) => type === 'copy').map(({ helpText }) => helpText),
    fields: fields.filter(({ type }) => type !== 'copy'),
  };
}

/** The values of a field's own choices. Throws where it has none. */
export const choiceValues = (choices: unknown): string[] =>
  zod
    .array(zod.object({ value: zod.string() }))
    .parse(choices)
    .map(({ value }) => value);
