import { mappingsIn } from './mapping.ts';
import { mappedFrom, type Source } from './source.ts';
import type { InputField } from './step_fields.ts';
import type { TemplateValue } from './template.ts';

type Input = Readonly<Record<string, TemplateValue>>;

/** Fields of other apps that take files. */
const FILE_KEYS = /^(file|attachment)s?$/;

const fitsType = (type: string, literal: string | number | boolean): boolean => {
  switch (type) {
    case 'boolean':
      return typeof literal === 'boolean';
    case 'integer':
      return Number.isInteger(literal);
    case 'number':
      return typeof literal === 'number';
    case 'file':
      return typeof literal === 'string' && /^https:\/\//.test(literal);
    default:
      return typeof literal === 'string' && literal.trim() !== '';
  }
};

/** What is wrong with where the values of a step come from. */
export function mappingProblems(
  input: Input,
  sources: readonly Source[],
  isFileField: (key: string) => boolean = (key) => FILE_KEYS.test(key),
): string[] {
  return Object.entries(input).flatMap(([key, value]) =>
    mappingsIn(value).flatMap((mapping) => {
      const name = `${key}: {{${mapping.step}.${mapping.path}}}`;
      const source = sources[mapping.step];
      const mapped = source && mappedFrom(source, mapping);
      if (!mapped) {
        return [`${name} does not exist`];
      }
      return mapped.isFile && !(mapping.alone && isFileField(key))
        ? [`${name} is a file, which this field does not take`]
        : [];
    }),
  );
}

/** What is wrong with the literals and the shape of one of our steps' fields. */
function valueProblems(
  field: InputField,
  value: TemplateValue,
  sources: readonly Source[],
  choices: readonly string[] | undefined,
): string[] {
  const { key, type, list } = field;
  const literals = [value].flat().filter((part) => mappingsIn(part).length === 0);
  const mappings = mappingsIn(value).filter(({ alone }) => alone);
  const mapsList = mappings.some((mapping) => {
    const source = sources[mapping.step];
    return source && mappedFrom(source, mapping)?.isList;
  });
  const isList = Array.isArray(value) || mapsList;
  return [
    ...(isList && !list ? [`${key} takes one value, not a list`] : []),
    ...(list && !isList ? [`${key} takes a list`] : []),
    ...literals
      .filter((literal) => !fitsType(type, literal))
      .map((literal) => `${key}: ${JSON.stringify(literal)} is no ${type}`),
    ...literals
      .filter((literal) => choices && !choices.includes(String(literal)))
      .map((literal) => `${key}: ${JSON.stringify(literal)} is none of its choices`),
  ];
}

/** What is wrong with the input of one of our steps. */
export async function inputProblems(
  input: Input,
  fields: readonly InputField[],
  sources: readonly Source[],
  choicesOf: (field: InputField) => Promise<readonly string[] | undefined>,
): Promise<string[]> {
  const known = new Map(fields.map((field) => [field.key, field]));
  const values = Object.entries(input).map(async ([key, value]) => {
    const field = known.get(key);
    return field
      ? valueProblems(field, value, sources, await choicesOf(field))
      : [`there is no field ${key}`];
  });
  return [
    ...fields
      .filter(({ key, required }) => required && input[key] === undefined)
      .map(({ key }) => `${key} is required`),
    ...mappingProblems(input, sources, (key) => known.get(key)?.type === 'file'),
    ...(await Promise.all(values)).flat(),
  ];
}
