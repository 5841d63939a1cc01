import type { ParameterRow } from './parameter_table.ts';
import { readPrompt } from './read_prompt.ts';

/** A prompt without one of its parameters, and the value that this had; '' where it has none. */
export interface WithoutParameter {
  readonly prompt: string;
  readonly value: string;
}

/** Takes a parameter of one word out of a prompt, for a service that has a field of its own for it. */
export function takeParameter(prompt: string, key: ParameterRow['key']): WithoutParameter {
  const { text, parameters } = readPrompt(prompt);
  const isWanted = ({ parameter }: (typeof parameters)[number]) => parameter?.key === key;
  const taken = parameters.find(isWanted);
  if (!taken) {
    return { prompt, value: '' };
  }
  const words = parameters.flatMap((one) => {
    if (!isWanted(one)) {
      return [one.written, ...one.followingWords];
    }
    return one.followingWords.slice(one.attachedValue ? 0 : 1);
  });
  return { prompt: [...text, ...words].join(' '), value: taken.value };
}
