import type { Choice } from '../midjourney/choices.ts';

/** Choices as Zapier's editor takes them. */
export const choiceList = (choices: readonly Choice[]) =>
  choices.map(({ value, label }) => ({ value, sample: value, label }));
