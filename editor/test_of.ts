import * as zod from 'zod';
import { SandboxStepError } from '../sandbox/zapier/step_error.ts';
import type { Connection } from '../sandbox/zapier/zapier.ts';

type Data = Record<string, unknown>;

/** A step as the page has filled it in. */
export interface TestedStep {
  readonly kind: 'triggers' | 'creates' | 'searches';
  readonly key: string;
  readonly inputData: Data;
}

const outputField = zod.looseObject({ key: zod.string(), label: zod.string().optional() });

/** What Zapier's editor shows of a test: the results with their labels, or the error in words. */
export async function testOf(account: Connection, step: TestedStep) {
  try {
    const results = await resultsOf(account, step);
    const { results: fields } = await account.invoke(
      `${step.kind}.${step.key}.operation.outputFields`,
      { inputData: step.inputData, inputDataRaw: step.inputData },
    );
    return {
      results: await Promise.all(results.map((one) => withFiles(account, one))),
      fields: zod.array(outputField).parse(fields),
    };
  } catch (error) {
    if (error instanceof SandboxStepError) {
      return { error: error.shown };
    }
    throw error;
  }
}

async function resultsOf(
  account: Connection,
  { kind, key, inputData }: TestedStep,
): Promise<Data[]> {
  if (kind === 'triggers') {
    return account.samples(key, inputData);
  }
  return kind === 'searches'
    ? account.search(key, inputData)
    : [(await account.create(key, inputData, { editor: true })).output];
}

/** Zapier fetches a file when a later step needs it; here it is looked at. */
async function withFiles(account: Connection, value: unknown): Promise<unknown> {
  if (typeof value === 'string' && value.startsWith('hydrate|||')) {
    return account.hydrate(value).catch(() => null);
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((part) => withFiles(account, part)));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const parts = Object.entries(value).map(async ([key, part]) => [
    key,
    await withFiles(account, part),
  ]);
  return Object.fromEntries(await Promise.all(parts));
}
