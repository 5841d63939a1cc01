import type { Connection } from '../sandbox/zapier/zapier.ts';
import { inputProblems, mappingProblems } from './input_problems.ts';
import { mappingsIn } from './mapping.ts';
import type { Source } from './source.ts';
import { choicesOf, fieldsOf, type StepKind } from './step_fields.ts';
import { OURS, type TemplateStep, type TemplateValue, type TemplateZap } from './template.ts';

type Input = Readonly<Record<string, TemplateValue>>;

/** What is wrong with a step, and what later steps can map of it. */
interface Checked {
  readonly source: Source;
  readonly problems: readonly string[];
}

const KINDS: { readonly [Kind in TemplateStep['kind']]?: StepKind } = {
  create: 'creates',
  search: 'searches',
};

const literalsOf = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => mappingsIn(value).length === 0));

async function checkOurs(
  account: Connection,
  kind: StepKind | undefined,
  key: string,
  input: Input,
  sources: readonly Source[],
): Promise<Checked> {
  const fields = kind && (await fieldsOf(account, kind, key, literalsOf(input)));
  // Core gives no fields where there is no step, and each of ours gives something.
  if (!fields || fields.outputFields.length === 0) {
    return { source: { example: {} }, problems: ['there is no such step'] };
  }
  if (kind === 'triggers' && fields.inputFields.some((field) => field.key === 'not_reported')) {
    return { source: { fields: fields.outputFields }, problems: ['it would never run'] };
  }
  const problems = await inputProblems(input, fields.inputFields, sources, (field) =>
    choicesOf(account, kind, key, field),
  );
  return { source: { fields: fields.outputFields }, problems };
}

/** A loop gives one item of each of its lists; a filter gives nothing. */
function exampleOf({
  kind,
  input,
  outputs,
}: TemplateStep): Readonly<Record<string, unknown>> | undefined {
  return kind === 'loop' ? input : kind === 'filter' ? {} : outputs;
}

function checkTheirs(step: TemplateStep, sources: readonly Source[]): Checked {
  const example = exampleOf(step);
  return {
    source: { example: example ?? {} },
    problems: [
      ...(example ? [] : ['its outputs are not declared']),
      ...mappingProblems(step.input, sources),
    ],
  };
}

/**
 * What is wrong with a Zap of a template: steps and fields that the app does not have, required
 * ones that are empty, values that do not fit, mappings to what an earlier step does not give.
 * @returns sentences that begin with the step, 0 being the trigger
 */
export async function zapProblems(
  { trigger, steps }: TemplateZap,
  account: Connection,
): Promise<string[]> {
  const begin = { ...trigger, action: trigger.event, kind: 'other' } as const;
  const sources: Source[] = [];
  const all: string[] = [];
  for (const [place, step] of [begin, ...steps].entries()) {
    const kind = place === 0 ? 'triggers' : KINDS[step.kind];
    const { source, problems } =
      step.app === OURS
        ? await checkOurs(account, kind, step.action, step.input, sources)
        : checkTheirs(step, sources);
    sources.push(source);
    all.push(...problems.map((problem) => `${place} ${step.app} ${step.action}: ${problem}`));
  }
  return all;
}
