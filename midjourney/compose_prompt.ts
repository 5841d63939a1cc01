import * as zod from 'zod/mini';
import { directLink } from './direct_link.ts';
import { mendPrompt } from './mend_prompt.ts';
import { type ParameterRow, parameterTable } from './parameter_table.ts';
import { type ParameterValues, parameterValues } from './parameter_values.ts';
import type { PromptParameter } from './prompt.ts';
import { bare, holdsText, mistakesIn, quoted, repeated } from './prompt_mistakes.ts';
import { readPrompt } from './read_prompt.ts';
import { versionProblem } from './version_rules.ts';

type LabelledRow = ReturnType<typeof parameterTable>[number];

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

function asFlag({ flags, includesFlag, takes }: ParameterRow, value: unknown): string {
  const text = [value].flat().join(' ');
  if (value === true) {
    return `--${flags[0]}`;
  }
  return includesFlag?.test(text) || takes === 'nothing' ? `--${text}` : `--${flags[0]} ${text}`;
}

/** A prompt with a parameter at its end; unchanged when it has that parameter already. */
export function withParameter(
  prompt: string,
  key: ParameterRow['key'],
  value: string | undefined,
): string {
  const row = parameterTable().find((parameter) => parameter.key === key);
  const isThere = readPrompt(prompt).parameters.some(({ parameter }) => parameter?.key === key);
  return !row || !value || isThere ? prompt : `${prompt} ${asFlag(row, value)}`;
}

/** What Imagine's input has to do with the prompt, each value checked by itself. */
export type PromptInput = ParameterValues & { readonly prompt: string };

/** Either the prompt as it goes out, or one sentence for each thing that is wrong with it. */
export type ComposedPrompt =
  | { readonly prompt: string; readonly problems?: never }
  | { readonly prompt?: never; readonly problems: readonly string[] };

/** The value of a parameter in a prompt, as its field would have it; undefined for a list or none. */
function fieldValueIn({ key, takes }: ParameterRow, { flag, value }: PromptParameter): unknown {
  if (takes === 'words') {
    return undefined;
  }
  const word = key === 'version' && flag === 'niji' ? `niji ${bare(value)}` : bare(value);
  const alone = key === 'tile' ? true : flag;
  return zod.safeParse(parameterValues()[key], takes === 'nothing' ? alone : word).data;
}

/** What does not go with the version that the user wrote; without one, anything may. */
function versionProblems(
  version: unknown,
  parameters: readonly PromptParameter[],
  fields: readonly { readonly row: LabelledRow; readonly value: unknown }[],
  label: string,
): string[] {
  if (typeof version !== 'string') {
    return [];
  }
  const inPrompt = parameters.flatMap(({ flag, value }) => {
    const problem = versionProblem(version, flag, bare(value));
    return problem
      ? [`${label}: --${flag} ${problem} Leave it out or choose another version.`]
      : [];
  });
  const inFields = fields.flatMap(({ row, value }) => {
    const flag = row.key === 'process_mode' ? String(value) : (row.flags[0] ?? '');
    const problem = versionProblem(version, flag, String(value));
    return problem ? [`${row.label}: It ${problem} Leave it empty or choose another version.`] : [];
  });
  return [...inPrompt, ...inFields];
}

/**
 * Image prompts, the user's own text without its slips, then the parameters of the fields. What
 * Midjourney would refuse, or what is given twice, is a problem that reads "Label: what to do".
 * @param label of the field that the prompt is entered in
 * @param needsWords whether parameters alone are no prompt
 */
export function composePrompt(
  input: PromptInput,
  label = 'Prompt',
  needsWords = true,
): ComposedPrompt {
  const own = mendPrompt(input.prompt)
    .trim()
    .replace(/https?:\/\/\S+/g, directLink);
  const { text, parameters } = readPrompt(own);
  const filledIn = parameterTable().filter(({ key }) => isGiven(input[key]));

  const mistakes = parameters.flatMap(mistakesIn);
  const clashes: string[] = [];
  const inBoth = new Set<ParameterRow>();
  let version: unknown = input.version;
  for (const row of parameterTable()) {
    const all = parameters.filter(({ parameter }) => parameter === row);
    mistakes.push(...repeated(row, all));
    const [first] = all;
    const value = first && fieldValueIn(row, first);
    if (row.key === 'version') {
      version ??= value;
    }
    if (first && filledIn.includes(row)) {
      if (value !== undefined && value === input[row.key]) {
        inBoth.add(row);
      } else {
        clashes.push(
          `${row.label}: The ${label.toLowerCase()} already says ${quoted(first)}. Keep one of the two.`,
        );
      }
    }
  }
  const hasWords = text.length > 0 || parameters.some(holdsText) || isGiven(input.image_prompts);
  if (needsWords && !hasWords) {
    mistakes.push(`Describe the picture${parameters.length > 0 ? ' before its parameters' : ''}.`);
  }
  const fields = filledIn.map((row) => ({ row, value: input[row.key] }));
  const problems = [
    ...mistakes.map((mistake) => `${label}: ${mistake}`),
    ...clashes,
    ...versionProblems(version, parameters, fields, label),
  ];
  if (problems.length > 0) {
    return { problems: [...new Set(problems)] };
  }
  const inPrompt = filledIn.filter((row) => !row.hasOwnField && !inBoth.has(row));
  const parts = [
    ...(input.image_prompts ?? []),
    own,
    ...inPrompt.map((row) => asFlag(row, input[row.key])),
  ];
  return { prompt: parts.filter((part) => part !== '').join(' ') };
}
