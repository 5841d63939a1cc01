import type { Choice } from './choices.ts';

/** Letter case, spaces around and `.0` of a sheet's number make no difference. */
function folded(text: string): string {
  const word = text.trim().toLowerCase();
  return /^\d+\.\d+$/.test(word) ? String(Number(word)) : word;
}

const withoutRemark = (label: string): string => label.replace(/\s*\([^)]*\)$/, '');

/**
 * The value of the choice that a text means: its value, or what people read of it, with or without
 * the remark in brackets. Undefined when it means none.
 */
export function choiceMeant(
  text: string,
  choices: readonly Pick<Choice, 'value' | 'label'>[],
): string | undefined {
  const meant = folded(text);
  const isMeant = (words: string): boolean => folded(words) === meant;
  return (
    choices.find(({ value }) => isMeant(value)) ??
    choices.find(({ label }) => isMeant(label)) ??
    choices.find(({ label }) => isMeant(withoutRemark(label)))
  )?.value;
}
