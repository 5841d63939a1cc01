import { meta, stepInput } from './bundle.ts';
import type { Invoke, InvokeOptions, Platform } from './platform.ts';
import { type SandboxStepError, stepError } from './step_error.ts';

type Output = Record<string, unknown>;

export interface ZapOptions {
  readonly platform: Platform;
  readonly invoke: Invoke;
  /** The part of the hook URL that names the account. */
  readonly account: string;
  readonly trigger: string;
  readonly inputData: Record<string, unknown>;
}

/** What every Zap has, whatever starts it: its runs and its failures. */
export abstract class BaseZap {
  readonly trigger: string;
  protected readonly options: ZapOptions;
  readonly #runs: Output[] = [];
  readonly #failures: SandboxStepError[] = [];
  readonly #listeners: ((output: Output) => void)[] = [];

  constructor(options: ZapOptions) {
    this.trigger = options.trigger;
    this.options = options;
  }

  /** What the trigger put out, one element per run of the Zap. */
  get runs(): readonly Output[] {
    return this.#runs;
  }

  /**
   * The errors of perform, which the sender of a webhook never sees, and of performUnsubscribe,
   * despite which a Zap is switched off.
   */
  get failures(): readonly SandboxStepError[] {
    return this.#failures;
  }

  /** Calls `listener` with the trigger's output at each run. */
  onRun(listener: (output: Output) => void): void {
    this.#listeners.push(listener);
  }

  protected run(output: Output): void {
    this.#runs.push(output);
    for (const listener of this.#listeners) {
      listener(output);
    }
  }

  /** Waits for `work` and keeps its error among the failures. */
  protected async noteFailure(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      const failure = stepError(error);
      this.#failures.push(failure);
      this.options.platform.failures.push(failure);
    }
  }

  /** Runs a method of the trigger. */
  protected invoke(method: string, bundle: Record<string, unknown>, options?: InvokeOptions) {
    const { invoke, inputData } = this.options;
    const whole = { ...stepInput(inputData), meta: meta(), ...bundle };
    return invoke(`triggers.${this.trigger}.operation.${method}`, whole, options);
  }
}
