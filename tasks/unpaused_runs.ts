import type { Connection } from '../services/connection.ts';
import type { UnpausedRun } from './run_to_the_end.ts';
import { CALLS, TESTS } from './same_input.ts';
import { calledTooEarly } from './still_running.ts';

type RunKind = Pick<UnpausedRun, 'memory' | 'runningHint' | 'recalledHint' | 'alwaysHint'>;

/** A test in the editor. @param isUnaided whether a run that waits would be called before the end */
export const editorTest = (connection: Connection, isUnaided: boolean): RunKind => ({
  memory: TESTS,
  runningHint:
    'Still being worked on. Test again in a minute: the same task is picked up, at no further cost.',
  recalledHint: '',
  alwaysHint: isUnaided
    ? `When the Zap is on, the step cannot wait for the end: ${calledTooEarly(connection)}`
    : '',
});

/**
 * A call that was to wait and cannot be called back, which no run of a Zap is. An agent may repeat it.
 * @param allowsRepeats whether the same call within a minute starts another task
 */
export const agentCall = (allowsRepeats: boolean): RunKind => ({
  memory: allowsRepeats ? undefined : CALLS,
  runningHint: '',
  recalledHint:
    'This is the task that the same call started less than a minute ago. Set Allow Repeats to true to start another.',
  alwaysHint: '',
});
