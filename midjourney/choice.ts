import type { Choice } from './choices.ts';

/** Letter case, spaces around, a decimal comma and `.0` of a sheet's number make no difference. */
function folded(text: string): string {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^(\d+),(\d{1,2})$/, '$1.$2');
  return /^\d+\.\d+$/.test(word) ? String(Number(word)) : word;
}

/** `Image 2 (top right)` as its name and its remark. */
const REMARK = /\s*\(([^)]*)\)$/;

type Named = Pick<Choice, 'value' | 'label' | 'names'>;

/** Everything that a choice is called, its value and its label first. */
const namesOf = ({ value, label, names = [] }: Named): readonly string[] =>
  [value, label, label.replace(REMARK, ''), REMARK.exec(label)?.[1] ?? '', ...names]
    .map(folded)
    .filter((name) => name !== '');

/** Numbers with their sign, as people write them. */
const NUMBERS = /-?\d+(\.\d+)?/g;

/** Whether a text says something else too: `not pro`, or a number that the choice does not have. */
const saysMore = (text: string, names: readonly string[]): boolean =>
  /(^|\s)(not?|without|except|never)\s/.test(text) ||
  (text.match(NUMBERS) ?? []).some(
    (number) => !names.some((name) => name.match(NUMBERS)?.includes(number)),
  );

/** Whether a text has these words in it, not as a part of others: `9:16` is not in `9:160`. */
const mentions = (text: string, words: string): boolean => {
  const place = ` ${text.replace(/[^\p{L}\p{N}.:]+/gu, ' ')} `;
  return place.includes(` ${words.replace(/[^\p{L}\p{N}.:]+/gu, ' ').trim()} `);
};

/** The value of the choice that a text is the value or the label of, with or without the remark in brackets. */
export function choiceNamed(text: string, choices: readonly Named[]): string | undefined {
  const meant = folded(text);
  const isIt = ({ value, label }: Named) =>
    [value, label, label.replace(REMARK, '')].map(folded).includes(meant);
  return (choices.find(({ value }) => folded(value) === meant) ?? choices.find(isIt))?.value;
}

/**
 * The value of the choice that a text means: its value, what people read of it with or without the
 * remark in brackets, or another name of it; or the only choice that the text mentions, as in "image 2,
 * please". Undefined when it means none, or more than one.
 */
export function choiceMeant(text: string, choices: readonly Named[]): string | undefined {
  const meant = folded(text);
  const named = choices.map((choice) => ({ value: choice.value, names: namesOf(choice) }));
  const exact =
    choiceNamed(text, choices) ?? named.find(({ names }) => names.includes(meant))?.value;
  // With a parameter or a second line in it, a text says more than a choice.
  const mentioned =
    exact !== undefined || /--|[\n\r]/.test(text)
      ? []
      : named.filter(({ names }) => names.some((name) => mentions(meant, name)));
  const [only] = mentioned;
  const isMeant = only && mentioned.length === 1 && !saysMore(meant, only.names);
  return exact ?? (isMeant ? only.value : undefined);
}
