import type { ModelField } from './model_entry.ts';

type Takes = Pick<ModelField, 'choices' | 'default' | 'min' | 'max'>;

const isTaken = (example: string, { choices, min, max }: Takes): boolean =>
  choices
    ? choices.map(String).includes(example)
    : !(Number(example) < (min ?? -Infinity) || Number(example) > (max ?? Infinity));

/**
 * The words that a key has everywhere, with an example that this field takes: a model may have other
 * choices, or another range, than the ones before it.
 */
export const withOwnExample = (help: string, field: Takes): string =>
  help.replace(/`([^`]+)`/, (quoted, example: string) =>
    isTaken(example, field)
      ? quoted
      : `\`${field.default ?? field.choices?.[0] ?? field.min ?? field.max}\``,
  );
