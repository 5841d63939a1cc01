import * as zod from 'zod';
import app from '../index.ts';
import { SERVICE_KEYS } from '../sandbox/start_service.ts';
import { type Connection, startZapier } from '../sandbox/zapier/zapier.ts';

const field = zod.object({
  key: zod.string(),
  label: zod.string(),
  helpText: zod.string(),
  type: zod.string().default('string'),
  required: zod.boolean().default(false),
  list: zod.boolean().default(false),
  choices: zod
    .array(zod.looseObject({ value: zod.string() }))
    .optional()
    .catch(undefined),
});

const step = zod.object({
  key: zod.string(),
  display: zod.object({ label: zod.string(), description: zod.string() }),
});
const steps = zod.object({
  creates: zod.record(zod.string(), step),
  searches: zod.record(zod.string(), step),
});

interface Property {
  readonly type: string;
  readonly description: string;
  readonly items?: { readonly type: string };
  readonly enum?: readonly string[];
  /** Where not all that have the action have the field. */
  services?: readonly string[];
}

/** An action or search as an assistant gets it. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly services: readonly string[];
  readonly input_schema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, Property>>;
    readonly required: readonly string[];
  };
}

/** Made from the label, as Zapier makes it. */
const nameOf = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

const JSON_TYPES: Readonly<Record<string, string>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
};

function propertyOf({ type, label, helpText, list, choices }: zod.output<typeof field>): Property {
  const json = JSON_TYPES[type] ?? 'string';
  return {
    ...(list ? { type: 'array', items: { type: json } } : { type: json }),
    description: `${label}. ${helpText}`,
    ...(choices && { enum: choices.map(({ value }) => value) }),
  };
}

async function toolOf(
  kind: 'creates' | 'searches',
  { key, display }: zod.output<typeof step>,
  accounts: ReadonlyMap<string, Connection>,
): Promise<Tool> {
  const services: string[] = [];
  const fields = new Map<
    string,
    { readonly of: zod.output<typeof field>; at: string[]; required: boolean }
  >();
  for (const [service, account] of accounts) {
    const shown = (await account.inputFields(kind, key)).flatMap(
      (one) => field.safeParse(one).data ?? [],
    );
    if (shown.length > 0) {
      services.push(service);
    }
    for (const one of shown) {
      const known = fields.get(one.key) ?? { of: one, at: [], required: true };
      known.at.push(service);
      known.required &&= one.required;
      fields.set(one.key, known);
    }
  }
  const properties = [...fields].map(([name, { of, at }]): [string, Property] => [
    name,
    { ...propertyOf(of), ...(at.length < services.length && { services: at }) },
  ]);
  return {
    name: nameOf(display.label),
    description: display.description,
    services,
    input_schema: {
      type: 'object',
      properties: Object.fromEntries(properties),
      // Where some services can do without it, an assistant reads that in the help text.
      required: [...fields.values()].filter(({ required }) => required).map(({ of }) => of.key),
    },
  };
}

/** Every action and search as an assistant gets it, whichever service is connected. */
export async function agentTools(): Promise<Tool[]> {
  const zapier = await startZapier(app);
  try {
    // Nothing is asked of the service: what there is to say without it is all that an assistant gets.
    const accounts = new Map(
      SERVICE_KEYS.map((service) => [
        service,
        zapier.connect({ api_key: 'no-key', service, base_url: 'http://127.0.0.1:9' }),
      ]),
    );
    const { creates, searches } = steps.parse(app);
    const tools: Tool[] = [];
    for (const [kind, all] of [
      ['creates', creates],
      ['searches', searches],
    ] as const) {
      for (const one of Object.values(all)) {
        tools.push(await toolOf(kind, one, accounts));
      }
    }
    return tools;
  } finally {
    await zapier.stop();
  }
}
