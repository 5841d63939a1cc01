import { ALL_IMAGES } from '../midjourney/choices.ts';
import type { Operation } from '../midjourney/operations.ts';
import type { OfferedOutput } from '../output/offered_output.ts';
import { sampleOf } from '../output/samples.ts';
import type { Connection } from '../services/connection.ts';

const HINT = 'This is a sample: nothing was started, and nothing was spent.';

/** What the editor's test of a step gives that is to start nothing. @param index of the input */
export function sampleInEditor(
  { service }: Connection,
  operation: Operation,
  index: string | undefined,
): OfferedOutput {
  const sample = { ...sampleOf(operation), service: service.key, hint: HINT };
  return index === ALL_IMAGES
    ? { ...sample, tasks: [1, 2, 3, 4].map(() => sampleOf(operation)) }
    : sample;
}
