import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { choiceNamed } from '../midjourney/choice.ts';
import { OPERATIONS, type Operation } from '../midjourney/operations.ts';
import { readConnection } from '../services/connection.ts';
import { entriesFor, entriesOf, taskTypeOf } from '../services/models/find_entry.ts';
import type { ModelEntry, ModelField } from '../services/models/model_entry.ts';
import { modelInput } from '../services/models/model_input.ts';
import type { Service } from '../services/service.ts';
import { checkedInput, inputError } from './checked_input.ts';
import { choiceList } from './choice_list.ts';
import { formKey } from './form_key.ts';
import { modelFields, modelForm, shownFields } from './model_form.ts';
import { notice } from './notice.ts';

type Filled = Readonly<Record<string, unknown>>;

const textAt = (filled: Filled, key: string): string =>
  typeof filled[key] === 'string' ? filled[key].trim() : '';

const taskChoices = (entries: readonly ModelEntry[]) =>
  entries.map(({ task, taskLabel }) => ({ value: task, label: taskLabel }));

/** The forms of the model that was chosen, or entered by its label. */
function entriesOfModel(service: Service, operation: Operation, model: string) {
  const entries = entriesFor(entriesOf(service), operation);
  const choices = entries.map((one) => ({ value: one.model, label: one.modelLabel }));
  const meant = choiceNamed(model, choices) ?? model;
  return entries.filter((entry) => entry.model === meant);
}

/** The form that was chosen; undefined as long as a model has several. */
function entryIn(entries: readonly ModelEntry[], task: string): ModelEntry | undefined {
  const meant = choiceNamed(task, taskChoices(entries)) ?? task;
  return entries.length === 1 ? entries[0] : entries.find((entry) => entry.task === meant);
}

/** What is known of a form, before its fields. */
const noticesOf = ({ note, unsure, cost }: ModelEntry): PlainInputField[] => [
  ...(note ? [notice('model_note', note)] : []),
  ...(unsure ? [notice('model_unsure', `Not certain: ${unsure}`)] : []),
  ...(cost ? [notice('model_cost', cost)] : []),
];

/** The fields of the chosen model: its task where it has several, then the form. */
export function modelFormFields(
  z: ZObject,
  bundle: Bundle,
  operation: Operation,
): PlainInputField[] {
  const { service } = readConnection(z, bundle.authData);
  const entries = entriesOfModel(service, operation, textAt(bundle.inputData, 'model'));
  const entry = entryIn(entries, textAt(bundle.inputData, 'task_type'));
  const task: PlainInputField = {
    key: 'task_type',
    label: 'Task',
    type: 'string',
    required: true,
    choices: choiceList(taskChoices(entries)),
    altersDynamicFields: true,
    helpText: 'What the model is to do. The form below follows it.',
  };
  return [
    ...(entries.length > 1 ? [task] : []),
    ...(entry ? [...noticesOf(entry), ...modelFields(entry, bundle.inputData)] : []),
  ];
}

/** What is wrong with groups of fields of which one at least is filled in. */
const missingOf = (
  { either = [] }: ModelEntry,
  shown: readonly ModelField[],
  values: ReadonlyMap<string, unknown>,
) =>
  either
    .filter((keys) => keys.every((key) => values.get(key) === undefined))
    .map((keys) => {
      const labels = shown.filter(({ key }) => keys.includes(key)).map(({ label }) => label);
      return `${labels.join(' or ')}: Fill in ${labels.length > 1 ? 'one of them' : 'this field'}.`;
    });

/** The chosen form. @throws what to choose */
function chosenEntry(z: ZObject, service: Service, operation: Operation, filled: Filled) {
  const model = textAt(filled, 'model');
  const entries = entriesOfModel(service, operation, model);
  const entry = entryIn(entries, textAt(filled, 'task_type'));
  if (entries.length === 0) {
    throw inputError(z, [
      `Model: ${service.label} has no model "${model}" for ${OPERATIONS[operation].label}. Choose one from the list, or use Run Any Model, which takes every model.`,
    ]);
  }
  if (!entry) {
    const labels = entries.map(({ taskLabel }) => taskLabel).join('; ');
    throw inputError(z, [`Task: Choose what the model is to do: ${labels}.`]);
  }
  return entry;
}

/** A form as it was filled in, checked. */
export interface FilledForm {
  readonly entry: ModelEntry;
  /** By the keys of the form's fields. */
  readonly values: ReadonlyMap<string, unknown>;
}

/**
 * The form of a step that runs another model.
 * @throws all that is wrong with it as one error, before anything is started
 */
export function readModelForm(
  z: ZObject,
  service: Service,
  operation: Operation,
  filled: Filled,
): FilledForm {
  const entry = chosenEntry(z, service, operation, filled);
  const read = new Map<string, unknown>(
    Object.entries(checkedInput(z, modelForm(entry, filled), { ...filled })),
  );
  const shown = shownFields(entry, filled);
  const values = new Map(
    shown.flatMap(({ key, required, default: usual }) => {
      const value = read.get(formKey(key)) ?? (required ? usual : undefined);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  const problems = missingOf(entry, shown, values);
  if (problems.length > 0) {
    throw inputError(z, problems);
  }
  return { entry, values };
}

/** What a task is started with, from a form. */
export const taskInputOf = ({ entry, values }: FilledForm) => ({
  model: entry.model,
  task_type: taskTypeOf(entry.task),
  input: modelInput(entry, values),
});
