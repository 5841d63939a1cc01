import type { TaskRequest } from './task_request.ts';

/**
 * Why a task that was accepted will fail, in the service's words; `undefined` when it will not.
 * `skip_prompt_check` lets banned words pass. An image on a `.invalid` host, a name reserved for
 * that, stands for one that cannot be downloaded.
 */
export function failureOf(
  request: TaskRequest,
  bannedWords: readonly string[],
): string | undefined {
  const prompt = request.prompt ?? '';
  if (request.skip_prompt_check !== true) {
    const words = prompt.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    const banned = bannedWords.find((word) => words.includes(word.toLowerCase()));
    if (banned !== undefined) {
      return `Banned Prompt: ${banned}`;
    }
  }
  const links = [prompt, request.image_url ?? '', ...(request.image_urls ?? [])].join(' ');
  return /https?:\/\/[^\s/:]+\.invalid\b/i.test(links)
    ? 'Invalid link\nTimeout while downloading this image'
    : undefined;
}
