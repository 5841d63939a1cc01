import type { PlainInputField } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { choiceMeant } from '../midjourney/choice.ts';
import { yesOrNo } from '../midjourney/values.ts';
import type { ModelEntry, ModelField } from '../services/models/model_entry.ts';
import { choiceList } from './choice_list.ts';
import { childKey, formKey } from './form_key.ts';
import { type FormField, inputFieldsOf, optionalField, field as requiredField } from './input.ts';
import { modelHelp } from './model_help.ts';
import { MODEL_OPTIONS } from './model_options.ts';
import { modelSchema } from './model_schema.ts';

type Filled = Readonly<Record<string, unknown>>;

const choicesOf = ({ choices = [] }: ModelField) =>
  choices.map((choice) => ({ value: String(choice), label: String(choice) }));

/** What was entered as one text; '' where nothing was, also in a row of a list. */
const textOf = (entered: unknown): string =>
  typeof entered === 'object' && entered !== null
    ? Object.values(entered).map(textOf).join(' ').trim()
    : String(entered ?? '').trim();

/** What a field stands at as text, its default where it is empty; '' for neither. */
function standsAt(field: ModelField | undefined, filled: Filled): string {
  if (!field) {
    return '';
  }
  const text = textOf(filled[formKey(field.key)]) || String(field.default ?? '');
  return field.type === 'boolean'
    ? String(zod.safeParse(yesOrNo(), text).data ?? '')
    : (choiceMeant(text, choicesOf(field)) ?? text);
}

/** Whether a value may be one that the catalogue does not know yet. */
const isNew = ({ choices, unsure }: ModelField, value: string): boolean =>
  unsure !== undefined && value !== '' && choices?.map(String).includes(value) === false;

/** Whether a field belongs to the form as it is filled in. Of a new version nothing is hidden. */
function isShown({ when = {} }: ModelField, { fields }: ModelEntry, filled: Filled): boolean {
  return Object.entries(when).every(([key, wanted]) => {
    const other = fields.find((field) => field.key === key);
    const value = standsAt(other, filled);
    return typeof wanted === 'boolean'
      ? (value !== '') === wanted
      : wanted.includes(value) || (other !== undefined && isNew(other, value));
  });
}

/** The fields of a form as it is filled in; of two with one key the last. */
export const shownFields = (entry: ModelEntry, filled: Filled): readonly ModelField[] => [
  ...new Map(
    entry.fields
      .filter((field) => isShown(field, entry, filled))
      .map((field) => [field.key, field]),
  ).values(),
];

/** Whether other fields come and go with this one. */
const hasFollowers = ({ key }: ModelField, { fields }: ModelEntry): boolean =>
  fields.some(({ when = {} }) => Object.hasOwn(when, key));

/** How one value of a field is entered. */
const lookOf = (field: ModelField): FormField => {
  const { label, type, list, choices } = field;
  return {
    label,
    type: choices ? 'string' : type === 'points' ? 'text' : type,
    helpText: modelHelp(field),
    ...(list && { list: true }),
    ...(choices && { choices: choiceList(choicesOf(field)) }),
  };
};

/** A list of objects; Zapier takes words about it only with its parts. */
const rowsOf = ({ key, label, help }: ModelField, children: readonly ModelField[]): FormField => ({
  label,
  children: children.map((child, place) => ({
    ...lookOf(place === 0 ? { ...child, help: `${help} ${child.help}` } : child),
    key: childKey(key, child.key),
    required: child.required ?? false,
  })),
});

/** Whether a person has to look at it: it is required, or one of several of which one is. */
const isNeeded = ({ key, required }: ModelField, { either = [] }: ModelEntry): boolean =>
  required === true || either.flat().includes(key);

/** One field; what has a default may stay empty though the service asks for it. */
function formField(field: ModelField, entry: ModelEntry) {
  const { required, children } = field;
  const isOpen = required && field.default !== undefined;
  const form: FormField = {
    ...(children ? rowsOf(field, children) : lookOf(field)),
    ...(hasFollowers(field, entry) && { altersDynamicFields: true }),
    ...(isOpen && !field.list && { default: String(field.default) }),
    ...(!isNeeded(field, entry) && { group: MODEL_OPTIONS.key }),
  };
  const make = () => modelSchema(field);
  return required && !isOpen ? requiredField(make, form) : optionalField(make, form);
}

/**
 * The form of a model as it is filled in: both the check and what the editor shows.
 * @param filled what Zapier hands over, under the keys of the form
 */
export const modelForm = (entry: ModelEntry, filled: Filled) =>
  zod.object(
    Object.fromEntries(
      shownFields(entry, filled).map((field) => [formKey(field.key), formField(field, entry)]),
    ),
  );

/** The fields of a form, what has to be filled in first. */
export function modelFields(entry: ModelEntry, filled: Filled): PlainInputField[] {
  const required = new Set(
    shownFields(entry, filled).flatMap((field) => (field.required ? formKey(field.key) : [])),
  );
  const fields = inputFieldsOf(modelForm(entry, filled)).map((field) => ({
    ...field,
    required: required.has(field.key),
  }));
  const rank = (field: PlainInputField): number => (field.required ? 0 : field.group ? 2 : 1);
  return fields.sort((a, b) => rank(a) - rank(b));
}
