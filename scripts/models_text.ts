import { MODEL_OPERATIONS, OPERATIONS } from '../midjourney/operations.ts';
import { entriesFor, entriesOf, taskTypeOf } from '../services/models/find_entry.ts';
import type { ModelEntry, ModelField } from '../services/models/model_entry.ts';
import type { Service } from '../services/service.ts';
import { SERVICES } from '../services/services.ts';

const INTRO = `# Models

Every model that has a form, by service and step: **Create Video**, **Create Image with Another Model**, **Create Audio**, **Create 3D Model** and **Edit Media**. Choose the model in the step, and its form shows; what the form takes is checked before anything is started. A model that is not here runs with **Run Any Model**, which takes its input as JSON.

\`*\` marks what has to be filled in. \`~\` marks what is not certain: it is taken from programs of others or guessed, its range or list refuses nothing, and the service decides. The key is the service's own; a Zap stores it with \`input__\` in front and \`__\` for each dot. Written by \`npm run models\` from [\`services/models/\`](../services/models).
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** What a field takes, in a few words. */
function takes(field: ModelField): string {
  const { type, list, choices, min, max, max_length, min_items, max_items, children } = field;
  const range = min === undefined && max === undefined ? '' : `${min ?? '…'} to ${max ?? '…'}`;
  const items = max_items === undefined ? '' : `${min_items ?? 1} to ${max_items}`;
  const parts = children?.map((child) => `${child.key}${child.required ? '*' : ''}`).join(', ');
  const words = {
    text: 'text',
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: 'yes or no',
    file: 'file or link',
    points: 'points',
  }[type];
  return [
    parts ? `rows of ${parts}` : choices ? choices.join(', ') : `${list ? 'list: ' : ''}${words}`,
    range,
    items && `${items} of them`,
    max_length !== undefined && `≤ ${max_length} characters`,
  ]
    .filter(Boolean)
    .join('; ');
}

function whenOf({ when = {} }: ModelField): string {
  return Object.entries(when)
    .map(([key, wanted]) =>
      typeof wanted === 'boolean'
        ? `${wanted ? 'with' : 'without'} ${key}`
        : `${key} is ${wanted.map((value) => value || 'left empty').join(' or ')}`,
    )
    .join(', ');
}

const fieldRow = (field: ModelField): string =>
  `| \`${field.key}\`${field.required ? '*' : ''}${field.unsure ? ' ~' : ''} | ${cell(field.label)} | ${cell(takes(field))} | ${field.default === undefined ? '' : `\`${field.default}\``} | ${whenOf(field)} |`;

/** Entries with the same form are one section. */
function formsOf(entries: readonly ModelEntry[]): ModelEntry[][] {
  const forms = new Map<string, ModelEntry[]>();
  for (const entry of entries) {
    const { model: _, modelLabel: __, task: ___, taskLabel: ____, ...form } = entry;
    const key = JSON.stringify(form);
    forms.set(key, [...(forms.get(key) ?? []), entry]);
  }
  return [...forms.values()];
}

const nameOf = ({ model, modelLabel, task, taskLabel }: ModelEntry): string =>
  `- **${modelLabel}**, ${taskLabel}: \`${model}\`, \`${taskTypeOf(task)}\``;

function formText(entries: readonly ModelEntry[]): string {
  const [first] = entries;
  if (!first) {
    return '';
  }
  const { cost, note, unsure, either = [], gives, fields } = first;
  return [
    entries.map(nameOf).join('\n'),
    [
      `Gives ${gives.map((key) => `\`${key}\``).join(', ')}.`,
      ...either.map((keys) => `At least one of ${keys.map((key) => `\`${key}\``).join(', ')}.`),
      ...(cost ? [`Costs ${cost}`] : []),
      ...(note ? [note] : []),
      ...(unsure ? [`~ ${unsure}`] : []),
    ].join(' '),
    [
      '| Key | Field | Takes | When left empty | Only |',
      '| --- | --- | --- | --- | --- |',
      ...fields.map(fieldRow),
    ].join('\n'),
  ].join('\n\n');
}

function serviceText(service: Service): string {
  const entries = entriesOf(service);
  const steps = MODEL_OPERATIONS.flatMap((operation) => {
    const own = entriesFor(entries, operation);
    return own.length === 0
      ? []
      : [`### ${OPERATIONS[operation].label}`, ...formsOf(own).map(formText)];
  });
  return [`## ${service.name}`, ...steps].join('\n\n');
}

/** docs/models.md: every form of every service. */
export const modelsPage = (): string =>
  `${[INTRO.trim(), ...SERVICES.filter(({ models }) => models).map(serviceText)].join('\n\n')}\n`;
