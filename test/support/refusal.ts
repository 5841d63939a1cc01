import { SandboxStepError } from '../../sandbox/zapier/zapier.ts';

/** The error of a step that fails. @throws when it does not fail */
export async function refusalOf(running: Promise<unknown>): Promise<SandboxStepError> {
  const outcome = await running.catch((error: unknown) => error);
  if (outcome instanceof SandboxStepError) {
    return outcome;
  }
  throw new Error('The step was expected to be refused.', { cause: outcome });
}
