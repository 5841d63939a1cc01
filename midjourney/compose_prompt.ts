import { dashedParameters, type Found, readPrompt } from './prompt_parameters.ts';

/** What Imagine's fields say, checked one by one. */
export interface PromptInput {
  readonly prompt: string;
  readonly aspect_ratio?: string | undefined;
  readonly process_mode?: string | undefined;
  readonly version?: string | undefined;
  readonly stylize?: number | undefined;
  readonly chaos?: number | undefined;
  readonly weird?: number | undefined;
  readonly quality?: string | undefined;
  readonly tile?: boolean | undefined;
  readonly no?: string | undefined;
  readonly seed?: number | undefined;
  readonly style_reference?: readonly string[] | undefined;
  readonly character_reference?: readonly string[] | undefined;
  readonly image_prompts?: readonly string[] | undefined;
}

/** The prompt as it goes out, or one sentence for each thing that is wrong. */
export type ComposedPrompt =
  | { readonly prompt: string; readonly problems?: never }
  | { readonly prompt?: never; readonly problems: readonly string[] };

/** What is wrong with a parameter as it is written. Midjourney would fail the task, and charge it. */
function problemIn({ parameter, written, glued, value }: Found): string | undefined {
  const { example, range, values, pattern } = parameter;
  const stuck = /^[:=]?(\d.*)$/.exec(glued)?.[1];
  if (stuck) {
    return `Write ${written} ${stuck} with a space, not ${written}${glued}.`;
  }
  if (example === undefined || glued !== '') {
    return undefined;
  }
  const first = (value.split(/\s+/)[0] ?? '').replace(/[,.;]+$/, '');
  if (first === '') {
    return `${written} needs a value, for example ${written} ${example}.`;
  }
  if (range && !(/^\d+$/.test(first) && Number(first) >= range[0] && Number(first) <= range[1])) {
    return `${written} takes a whole number from ${range[0]} to ${range[1]}, not ${first}.`;
  }
  if (values && !values.includes(Number(first))) {
    return `${written} takes one of ${values.join(', ')}, not ${first}.`;
  }
  return pattern && !pattern.test(first)
    ? `${written} takes a value such as ${example}, not ${first}.`
    : undefined;
}

function repeatedIn(found: readonly Found[]): string[] {
  const once = found.filter(({ parameter }) => !parameter.repeats);
  return once.flatMap(({ parameter, written }, position) =>
    once.findIndex((other) => other.parameter.key === parameter.key) < position
      ? [`${written} says again what an earlier parameter says. Keep one of the two.`]
      : [],
  );
}

const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

/** A parameter given twice: Midjourney would take one of the two, and nobody knows which. */
const conflictsOf = (input: PromptInput, found: readonly Found[]): string[] =>
  found
    .filter(({ parameter: { key } }) =>
      Object.entries(input).some(([name, value]) => name === key && isGiven(value)),
    )
    .map(
      ({ parameter: { label }, written, value }) =>
        `${label}: The prompt already says ${`${written} ${value}`.trim()}. Keep one of the two.`,
    );

/** The fields as parameters, in a fixed order. */
function parametersOf(input: PromptInput): string[] {
  const version = input.version?.startsWith('niji') ? `--${input.version}` : `--v ${input.version}`;
  return [
    input.version !== undefined && version,
    input.stylize !== undefined && `--stylize ${input.stylize}`,
    input.chaos !== undefined && `--chaos ${input.chaos}`,
    input.weird !== undefined && `--weird ${input.weird}`,
    input.quality !== undefined && `--quality ${input.quality}`,
    input.tile && '--tile',
    input.seed !== undefined && `--seed ${input.seed}`,
    isGiven(input.style_reference) && `--sref ${input.style_reference?.join(' ')}`,
    isGiven(input.character_reference) && `--cref ${input.character_reference?.join(' ')}`,
    input.no !== undefined && `--no ${input.no}`,
  ].filter((parameter) => typeof parameter === 'string');
}

/**
 * Puts the fields into the prompt: images at its front, parameters at its end, the text untouched.
 * Catches what would be charged as an incorrect task.
 */
export function composePrompt(input: PromptInput): ComposedPrompt {
  const prompt = input.prompt.trim();
  const { text, found } = readPrompt(prompt);
  const images = input.image_prompts ?? [];
  const written = [
    ...dashedParameters(prompt).map((name) => `Write two hyphens, --${name}, not one long dash.`),
    ...found.flatMap((parameter) => problemIn(parameter) ?? []),
    ...repeatedIn(found),
    ...(text === '' && images.length === 0 ? ['Describe the picture before the parameters.'] : []),
  ].map((problem) => `Prompt: ${problem}`);
  const problems = [...written, ...conflictsOf(input, found)];
  return problems.length > 0
    ? { problems }
    : { prompt: [...images, prompt, ...parametersOf(input)].join(' ') };
}
