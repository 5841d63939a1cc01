import * as zod from 'zod/mini';
import { cleanText } from './failure.ts';
import { type ParameterRow, parameterTable } from './parameter_table.ts';
import type { ParameterValues } from './parameter_values.ts';
import { type Parameter, type PromptParameter, promptReader } from './prompt.ts';

let reader: ReturnType<typeof promptReader> | undefined;

const readPrompt: ReturnType<typeof promptReader> = (prompt) => {
  reader ??= promptReader(parameterTable());
  return reader(prompt);
};

const quoted = ({ flag, value }: PromptParameter): string => cleanText(`--${flag} ${value}`);

/** Everything that Midjourney would refuse in one parameter, once the task has cost something. */
function mistakesIn(given: PromptParameter): string[] {
  const { parameter, flag, value, attachedValue, startsWithDash, written } = given;
  if (!parameter) {
    return [];
  }
  const mistakes: string[] = [];
  if (startsWithDash || attachedValue) {
    const correction = [startsWithDash && 'two hyphens', attachedValue && 'a space']
      .filter(Boolean)
      .join(' and ');
    const wrong = attachedValue ? written : `${written} ${value}`;
    mistakes.push(`Prompt: Write ${quoted(given)} with ${correction}, not ${cleanText(wrong)}.`);
  }
  if (value === '' && parameter.takes !== 'nothing' && parameter.flagWithoutValue !== flag) {
    mistakes.push(`Prompt: --${flag} has no value. ${parameter.advice}`);
  } else if (parameter.value && !value.includes('{')) {
    // A comma or full stop behind the value belongs to the text, and a group stands for many values.
    const bareValue = value.replace(/[.,;]$/, '');
    if (!zod.safeParse(parameter.value, bareValue).success) {
      mistakes.push(`Prompt: ${quoted(given)} does not work. ${parameter.advice}`);
    }
  }
  return mistakes;
}

/** Lists may be continued; any other parameter can be given once. */
function repeated(parameter: Parameter, all: readonly PromptParameter[]): string[] {
  const keep = all.length === 2 ? 'one of the two' : 'only one of them';
  return all.length < 2 || parameter.takes === 'words'
    ? []
    : [`Prompt: It says ${cleanText(all.map(quoted).join(' and '))}. Keep ${keep}.`];
}

/** Whether words after a parameter cannot be its value, so that they are text in an odd place. */
const holdsText = ({ parameter, followingWords, attachedValue }: PromptParameter): boolean => {
  const most = { nothing: 0, word: attachedValue ? 0 : 1, words: Number.POSITIVE_INFINITY };
  return followingWords.length > most[parameter?.takes ?? 'word'];
};

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

/**
 * Image prompts, the user's own text, then the parameters of the fields. What Midjourney would
 * refuse, or what is given twice, is a problem that reads "Label: what to do".
 */
export function composePrompt(input: PromptInput): ComposedPrompt {
  const own = input.prompt.trim();
  const { text, parameters } = readPrompt(own);
  const filledIn = parameterTable().filter(({ key }) => isGiven(input[key]));

  const problems = parameters.flatMap(mistakesIn);
  for (const row of parameterTable()) {
    const all = parameters.filter(({ parameter }) => parameter === row);
    problems.push(...repeated(row, all));
    const [first] = all;
    if (first && filledIn.includes(row)) {
      problems.push(`${row.label}: The prompt already says ${quoted(first)}. Keep one of the two.`);
    }
  }
  if (text.length === 0 && !parameters.some(holdsText) && !isGiven(input.image_prompts)) {
    problems.push(
      `Prompt: Describe the picture${parameters.length > 0 ? ' before its parameters' : ''}.`,
    );
  }
  if (problems.length > 0) {
    return { problems: [...new Set(problems)] };
  }
  const inPrompt = filledIn.filter(({ hasOwnField }) => !hasOwnField);
  const parts = [
    ...(input.image_prompts ?? []),
    own,
    ...inPrompt.map((row) => asFlag(row, input[row.key])),
  ];
  return { prompt: parts.filter((part) => part !== '').join(' ') };
}
