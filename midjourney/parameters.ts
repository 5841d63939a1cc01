import * as zod from 'zod/mini';
import { readInput } from '../fields/input.ts';
import { cleanText } from './failure.ts';
import { parameterTable, promptSchema, type Row } from './parameter_table.ts';
import { type Parameter, promptReader, type Said } from './prompt.ts';

let reader: ReturnType<typeof promptReader> | undefined;

const readPrompt: ReturnType<typeof promptReader> = (prompt) => {
  reader ??= promptReader(parameterTable());
  return reader(prompt);
};

const quoted = ({ flag, value }: Said): string => cleanText(`--${flag} ${value}`);

/** Everything that Midjourney would refuse in one parameter, once the task has cost something. */
function mistakesOf(said: Said): string[] {
  const { parameter, flag, value, glued, dashed, opened } = said;
  if (!parameter) {
    return [];
  }
  const mistakes: string[] = [];
  if (dashed || glued) {
    const mended = [dashed && 'two hyphens', glued && 'a space'].filter(Boolean).join(' and ');
    const written = glued ? opened : cleanText(`${opened} ${value}`);
    mistakes.push(`Prompt: Write ${quoted(said)} with ${mended}, not ${cleanText(written)}.`);
  }
  if (value === '' && parameter.takes !== 'nothing' && parameter.bare !== flag) {
    mistakes.push(`Prompt: --${flag} has no value. ${parameter.advice}`);
  } else if (parameter.word && !value.includes('{')) {
    // A comma or full stop behind the value is the text's, and a group stands for many values.
    const word = value.replace(/[.,;]$/, '');
    if (!zod.safeParse(parameter.word, word).success) {
      mistakes.push(`Prompt: ${quoted(said)} does not work. ${parameter.advice}`);
    }
  }
  return mistakes;
}

/** Lists may be continued; anything else is said once. */
function repeats(parameter: Parameter, all: readonly Said[]): string[] {
  const keep = all.length === 2 ? 'one of the two' : 'only one of them';
  return all.length < 2 || parameter.takes === 'words'
    ? []
    : [`Prompt: It says ${cleanText(all.map(quoted).join(' and '))}. Keep ${keep}.`];
}

/** Words that cannot belong to the parameter before them are text in an odd place. */
const holdsText = ({ parameter, words, glued }: Said): boolean => {
  const most = { nothing: 0, word: glued ? 0 : 1, words: Number.POSITIVE_INFINITY };
  return words.length > most[parameter?.takes ?? 'word'];
};

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

function written({ flags, named, takes }: Row, value: unknown): string {
  const text = [value].flat().join(' ');
  if (value === true) {
    return `--${flags[0]}`;
  }
  return named?.test(text) || takes === 'nothing' ? `--${text}` : `--${flags[0]} ${text}`;
}

/** A prompt with a parameter at its end; as it is when it says that parameter already. */
export function withParameter(prompt: string, key: Row['key'], value: string): string {
  const row = parameterTable().find((parameter) => parameter.key === key);
  const isSaid = readPrompt(prompt).said.some(({ parameter }) => parameter?.key === key);
  return !row || value === '' || isSaid ? prompt : `${prompt} ${written(row, value)}`;
}

/** What Imagine's input has to do with the prompt. */
export type PromptInput = Omit<zod.output<typeof promptSchema>, 'process_mode'> & {
  readonly prompt: string;
  readonly process_mode?: string | undefined;
};

/** Either the prompt as it goes out, or one sentence for each thing that is wrong with it. */
export type ComposedPrompt =
  | { readonly prompt: string; readonly problems?: never }
  | { readonly prompt?: never; readonly problems: readonly string[] };

/**
 * Image prompts, the user's own text, then the parameters of the fields. What Midjourney would
 * refuse, or what is said twice, is a problem that reads "Label: what to do".
 */
export function composePrompt(input: PromptInput): ComposedPrompt {
  const own = typeof input.prompt === 'string' ? input.prompt.trim() : '';
  const { text, said } = readPrompt(own);
  const fields = readInput(promptSchema, { ...input });
  const values = new Map<string, unknown>(Object.entries(fields.input ?? {}));
  const given = parameterTable().filter(({ key }) => isGiven(values.get(key)));

  const problems = [...(fields.problems ?? []), ...said.flatMap(mistakesOf)];
  for (const parameter of parameterTable()) {
    const all = said.filter((one) => one.parameter === parameter);
    problems.push(...repeats(parameter, all));
    const [first] = all;
    if (first && given.includes(parameter)) {
      problems.push(
        `${parameter.label}: The prompt already says ${quoted(first)}. Keep one of the two.`,
      );
    }
  }
  if (text.length === 0 && !said.some(holdsText) && !isGiven(values.get('image_prompts'))) {
    problems.push(
      `Prompt: Describe the picture${said.length > 0 ? ' before its parameters' : ''}.`,
    );
  }
  if (problems.length > 0) {
    return { problems: [...new Set(problems)] };
  }
  const parameters = given.filter(({ apart }) => !apart);
  const parts = [
    values.get('image_prompts') ?? [],
    own,
    ...parameters.map((row) => written(row, values.get(row.key))),
  ];
  return {
    prompt: parts
      .flat()
      .filter((part) => part !== '')
      .join(' '),
  };
}
