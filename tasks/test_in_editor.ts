import type { ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import { ALL_IMAGES } from '../midjourney/choices.ts';
import type { Operation } from '../midjourney/operations.ts';
import { haveEnded, type Task } from '../midjourney/task.ts';
import type { TaskInput } from '../midjourney/task_input.ts';
import type { OfferedOutput } from '../output/offered_output.ts';
import { sampleOf } from '../output/samples.ts';
import { stepOutput } from '../output/step_output.ts';
import type { Connection } from '../services/connection.ts';
import { ensureSuccess } from './ensure_success.ts';
import { readUntilEnded } from './read_until_ended.ts';
import { calledTooEarly } from './still_running.ts';
import { recallTested, rememberTested, testKey } from './tested_tasks.ts';

const SAMPLE_HINT = 'This is a sample: nothing was started, and nothing was spent.';

const PICKED_UP =
  'Still being worked on. Test again in a minute: the same task is picked up, at no further cost.';

const LOOK_UP = 'Still being worked on. Look it up with Find Task in a few minutes.';

/** What a test gives that starts nothing. @param index of the input */
export function sampleInEditor(
  { service }: Connection,
  operation: Operation,
  index: string | undefined,
): OfferedOutput {
  const sample = { ...sampleOf(operation), service: service.key, hint: SAMPLE_HINT };
  return index === ALL_IMAGES
    ? { ...sample, tasks: [1, 2, 3, 4].map(() => sampleOf(operation)) }
    : sample;
}

/** What a test is about. */
export interface EditorTest {
  readonly connection: Connection;
  readonly operation: Operation;
  readonly inputs: readonly TaskInput[];
  readonly reference: string;
  /** Whether the step would be called before the end of its task, in a run that waits. */
  readonly waitsUnaided: boolean;
  /** Epoch milliseconds by which it has to be done. */
  readonly end: number;
}

/**
 * The editor's test of a step. Nothing waits for a callback there: the tasks are read for as long as
 * there is time. A test with the input of an earlier one goes on with its tasks, so that it costs once.
 * @param start starts the tasks
 * @throws what a run would stop with
 */
export async function testInEditor(
  z: ZObject,
  { connection, operation, inputs, reference, waitsUnaided, end }: EditorTest,
  start: () => Promise<readonly Task[]>,
): Promise<OfferedOutput> {
  const key = testKey(connection, operation, inputs);
  const known = await recallTested(z, connection, operation, key, end);
  const tasks = known ?? (await start());
  const isRemembered = known !== undefined || (await rememberTested(cacheOf(z), key, tasks));
  const now = await readUntilEnded(z, connection, tasks, end);
  ensureSuccess(z, connection, operation, now);
  const hints = [
    !haveEnded(now) && (isRemembered ? PICKED_UP : LOOK_UP),
    waitsUnaided &&
      `When the Zap is on, the step cannot wait for the end: ${calledTooEarly(connection)}`,
  ];
  return stepOutput(z, operation, now, reference, hints.filter(Boolean).join(' '));
}
