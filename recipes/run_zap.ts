import * as zod from 'zod/mini';
import type { Connection } from '../sandbox/zapier/zapier.ts';
import { filled } from './mapping.ts';
import { OURS, type TemplateStep, type TemplateZap } from './template.ts';

export type Data = Record<string, unknown>;

/** A step of another app that was run, with its input. */
export interface OtherAppCall {
  readonly app: string;
  readonly action: string;
  readonly input: Data;
}

export interface Stage {
  /** Where our own steps run. */
  readonly account: Connection;
  /** What other apps' steps answer instead of their example outputs; null when nothing was found. */
  readonly answer?: (call: OtherAppCall) => Data | null | undefined;
}

/** One run of a Zap: what it has come to, and the calls of other apps' steps. */
interface Run extends Stage {
  readonly zap: TemplateZap;
  readonly calls: OtherAppCall[];
}

const filterInput = zod.object({ value: zod.unknown(), is_one_of: zod.array(zod.unknown()) });

/** Zapier resolves the pointers of files before a step sees them. */
async function hydrateAll(account: Connection, value: unknown): Promise<unknown> {
  if (Array.isArray(value)) {
    return Promise.all(value.map((part) => hydrateAll(account, part)));
  }
  const isPointer = typeof value === 'string' && value.startsWith('hydrate|||');
  return isPointer ? account.hydrate(value) : value;
}

async function inputOf(run: Run, step: TemplateStep, outputs: readonly Data[]): Promise<Data> {
  const parts = Object.entries(step.input).map(async ([key, value]) => [
    key,
    await hydrateAll(run.account, filled(value, outputs)),
  ]);
  return Object.fromEntries(await Promise.all(parts));
}

/** The items that a loop goes through, each with one value of each list. */
function itemsOf(input: Data): Data[] {
  const lists = Object.entries(input).map(([key, list]) => ({ key, values: [list].flat() }));
  const count = Math.max(0, ...lists.map(({ values }) => values.length));
  return Array.from({ length: count }, (_, place) =>
    Object.fromEntries(lists.map(({ key, values }) => [key, values[place]])),
  );
}

/** One of our steps, to its end when it waits; null when a search finds nothing. */
async function runOurs({ account }: Run, step: TemplateStep, input: Data): Promise<Data | null> {
  if (step.kind === 'search') {
    const [found] = await account.search(step.action, input);
    return found ?? null;
  }
  const started = await account.create(step.action, input);
  return started.status === 'waiting' ? started.resumed() : started.output;
}

/** Notes the call of another app's step. */
function runTheirs(run: Run, { app, action, outputs = {} }: TemplateStep, input: Data) {
  const call = { app, action, input };
  run.calls.push(call);
  const answer = run.answer?.(call);
  return answer === undefined ? outputs : answer;
}

/** The outputs with which the rest of the Zap runs: none, one, or one for each item of a loop. */
async function outputsOf(run: Run, step: TemplateStep, input: Data): Promise<Data[]> {
  if (step.kind === 'loop') {
    return itemsOf(input);
  }
  if (step.kind === 'filter') {
    const { value, is_one_of } = zod.parse(filterInput, input);
    return is_one_of.includes(value) ? [{}] : [];
  }
  const output = await (step.app === OURS ? runOurs : runTheirs)(run, step, input);
  return output === null ? [] : [output];
}

async function runRest(run: Run, place: number, outputs: readonly Data[]): Promise<void> {
  const step = run.zap.steps[place];
  if (!step) {
    return;
  }
  for (const output of await outputsOf(run, step, await inputOf(run, step, outputs))) {
    await runRest(run, place + 1, [...outputs, output]);
  }
}

/**
 * Runs a Zap once, our steps in the account and other apps' steps as their outputs say.
 * @param start what its trigger gives
 * @returns the calls of other apps' steps, in order
 * @throws what stopped it
 */
export async function runZap(zap: TemplateZap, start: Data, stage: Stage): Promise<OtherAppCall[]> {
  const run: Run = { ...stage, zap, calls: [] };
  await runRest(run, 0, [start]);
  return run.calls;
}
