import type { TaskRequest } from './task_request.ts';

/**
 * Why a task that was accepted will fail, in PiAPI's words; `undefined` when it will not.
 * `skip_prompt_check` lets banned words pass.
 */
export function failureOf(
  request: TaskRequest,
  bannedWords: readonly string[],
): string | undefined {
  const prompt = request.prompt ?? '';
  const banned = bannedWordIn(prompt, bannedWords);
  if (banned !== undefined && request.skip_prompt_check !== true) {
    return `Banned Prompt: ${banned}`;
  }
  return hasDeadLink([prompt, request.image_url ?? '', ...(request.image_urls ?? [])].join(' '))
    ? 'Invalid link\nTimeout while downloading this image'
    : undefined;
}

/** The first of these words that is in the prompt, in any letter case. */
export function bannedWordIn(prompt: string, bannedWords: readonly string[]): string | undefined {
  const words = prompt.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return bannedWords.find((word) => words.includes(word.toLowerCase()));
}

/**
 * Whether a text has a link to a `.invalid` host, a name reserved for that: it stands for an image
 * that cannot be downloaded.
 */
export const hasDeadLink = (text: string): boolean => /https?:\/\/[^\s/:"]+\.invalid\b/i.test(text);
