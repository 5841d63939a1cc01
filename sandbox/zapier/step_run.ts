import { meta, type ReceivedRequest, stepInput } from './bundle.ts';
import { outputObject } from './output.ts';
import type { Invoke, Platform } from './platform.ts';

/** One run of an action, which may wait for a callback. */
export interface StepRun {
  readonly status: 'success' | 'waiting';
  /** What perform returned. */
  readonly output: Record<string, unknown>;
  /** Where the step waits; '' when it does not. */
  readonly callbackUrl: string;
  /** How many POSTs came to the callback URL; only the first resumes the step. */
  readonly callbackPosts: number;
  /** What performResume returned, once the first POST has come. Rejects with a SandboxStepError. */
  resumed(): Promise<Record<string, unknown>>;
}

export interface StepRunOptions {
  readonly platform: Platform;
  readonly invoke: Invoke;
  readonly key: string;
  readonly inputData: Record<string, unknown>;
  readonly editor: boolean;
  /** Whether Zapier has a callback URL for the run; agents and `invoke` have none. */
  readonly callback: boolean;
}

/** Runs a create. Rejects with a SandboxStepError when perform throws. */
export async function runStep(options: StepRunOptions): Promise<StepRun> {
  const { platform, invoke, key, inputData, editor } = options;
  const callback = platform.callbacks.create();
  const callbackUrl = `${platform.url}${callback.path}`;
  const operation = `creates.${key}.operation`;
  const common = { ...stepInput(inputData), meta: meta({ isLoadingSample: editor }) };

  const performed = await invoke(
    `${operation}.perform`,
    common,
    options.callback ? { callbackUrl } : {},
  );
  const output = outputObject(performed.results);
  // Core says that a run waits as soon as it has asked for the URL, also where there is none.
  if (performed.status === 'SUCCESS' || !options.callback) {
    const resumed = async () => {
      throw new Error(`${key} did not wait for a callback`);
    };
    return { status: 'success', output, callbackUrl: '', callbackPosts: 0, resumed };
  }

  const resume = async (request: ReceivedRequest) => {
    const bundle = { ...common, ...request, outputData: output };
    const { results } = await invoke(`${operation}.performResume`, bundle);
    return outputObject(results);
  };
  const resumption = new Promise<Record<string, unknown>>((resolve) => {
    callback.onFirst((request) => resolve(platform.inFlight.track(resume(request))));
  });
  // A failed resumption that no test waits for must not end the process.
  resumption.catch(() => {});
  return {
    status: 'waiting',
    output,
    callbackUrl,
    get callbackPosts() {
      return callback.posts;
    },
    resumed: () => resumption,
  };
}
