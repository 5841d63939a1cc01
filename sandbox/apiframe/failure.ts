import { bannedWordIn, hasDeadLink } from '../service/failures.ts';
import type { ServiceSettings } from '../service/settings.ts';

/**
 * Why a job that was accepted will fail; `undefined` when it will not. The first two texts were
 * seen, the third is a guess.
 */
export function failureOf(
  input: Readonly<Record<string, unknown>>,
  settings: ServiceSettings,
): string | undefined {
  if (settings.noCapacity > 0) {
    settings.noCapacity -= 1;
    return 'No available capacity — please retry shortly';
  }
  const { prompt } = input;
  if (typeof prompt === 'string' && bannedWordIn(prompt, settings.bannedWords) !== undefined) {
    return 'Image denied by the image filters';
  }
  return hasDeadLink(JSON.stringify(input))
    ? 'Provider returned an error: image could not be downloaded'
    : undefined;
}
