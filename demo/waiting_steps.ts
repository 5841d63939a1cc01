import type { Connection } from '../sandbox/zapier/zapier.ts';
import type { Reporter } from './events.ts';

type Data = Record<string, unknown>;

/**
 * Runs steps of a Zap that wait for their results, one after the other.
 * @param onStarted is told what a step gave when it paused, also when its task fails later
 * @returns the step with this key, run with this input: its result
 */
export const waitingSteps =
  (
    { account, reference }: { readonly account: Connection; readonly reference: string },
    reporter: Reporter,
    onStarted: (output: Data) => void = () => undefined,
  ) =>
  async (step: string, input: Data): Promise<Data> => {
    const started = await account.create(step, { ...input, reference, wait_for_result: true });
    onStarted(started.output);
    reporter.report({ event: 'paused', step, reference });
    const output = await started.resumed();
    reporter.report({ event: 'resumed', step, reference });
    return output;
  };
