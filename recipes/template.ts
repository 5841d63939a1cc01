import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as zod from 'zod/mini';
import { SERVICE_KEYS } from '../sandbox/start_service.ts';

/** The `app` of our own triggers and steps. */
export const OURS = 'midjourney';

const words = zod.string().check(zod.regex(/^\S.*\S$/s));
const key = zod.string().check(zod.regex(/^[a-z][a-z0-9]*(_{1,2}[a-z0-9]+)*$/));
const scalar = zod.union([zod.string(), zod.number(), zod.boolean()]);
const value = zod.union([scalar, zod.array(scalar)]);
const input = zod._default(zod.record(key, value), {});

/** What another app's step gives, as an example; the app itself says what ours give. */
const outputs = zod.optional(zod.record(key, zod.unknown()));

const trigger = zod.strictObject({ app: key, event: words, input, outputs });
const step = zod.strictObject({
  app: key,
  action: words,
  kind: zod.enum(['create', 'search', 'filter', 'loop', 'other']),
  input,
  outputs,
});
const zap = zod.strictObject({
  title: words,
  trigger,
  steps: zod.array(step).check(zod.minLength(1)),
});

/** A recipe for one or more Zaps. docs/templates/README.md says how to read it. */
export const templateSchema = zod.strictObject({
  key,
  title: words,
  description: words,
  /** Of the services that can do its steps; every one without it. */
  services: zod.optional(zod.array(zod.enum(SERVICE_KEYS)).check(zod.minLength(1))),
  zaps: zod.array(zap).check(zod.minLength(1)),
});

export type Template = zod.output<typeof templateSchema>;
export type TemplateZap = zod.output<typeof zap>;
export type TemplateStep = zod.output<typeof step>;
export type TemplateValue = zod.output<typeof value>;

/** All templates of a folder, by file name. @throws a ZodError for one that is none */
export async function readTemplates(folder: string): Promise<Map<string, Template>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const read = files.map(async (name): Promise<[string, Template]> => {
    const text = await readFile(path.join(folder, name), 'utf8');
    return [name, zod.parse(templateSchema, JSON.parse(text))];
  });
  return new Map(await Promise.all(read));
}
