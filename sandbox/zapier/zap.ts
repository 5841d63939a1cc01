import { meta, type ReceivedRequest, stepInput } from './bundle.ts';
import { firstOfEachId, outputList, outputObject } from './output.ts';
import { type SandboxStepError, stepError } from './step_error.ts';
import type { Invoke, World } from './world.ts';

export interface ZapOptions {
  readonly world: World;
  readonly invoke: Invoke;
  /** The part of the hook URL that names the account. */
  readonly account: string;
  readonly trigger: string;
  readonly inputData: Record<string, unknown>;
}

/** A Zap that starts with a REST hook trigger. Off at first. */
export class Zap {
  readonly trigger: string;
  readonly #options: ZapOptions;
  readonly #runs: Record<string, unknown>[] = [];
  readonly #failures: SandboxStepError[] = [];
  readonly #listeners: ((output: Record<string, unknown>) => void)[] = [];
  #hookPath = '';
  #subscribeData: Record<string, unknown> | undefined;

  constructor(options: ZapOptions) {
    this.trigger = options.trigger;
    this.#options = options;
  }

  /** The hook URL: '' while off, a new one each time the Zap is switched on. */
  get targetUrl(): string {
    return this.#hookPath === '' ? '' : `${this.#options.world.url}${this.#hookPath}`;
  }

  /** What the trigger put out, one element per run of the Zap. */
  get runs(): readonly Record<string, unknown>[] {
    return this.#runs;
  }

  /**
   * What perform threw, of which the sender learns nothing, and what performUnsubscribe threw,
   * which keeps no Zap on.
   */
  get failures(): readonly SandboxStepError[] {
    return this.#failures;
  }

  /** What the last performSubscribe returned, while the Zap is on. */
  get subscribeData(): Record<string, unknown> | undefined {
    return this.#subscribeData;
  }

  /** Calls `listener` with the trigger's output at each run. */
  onRun(listener: (output: Record<string, unknown>) => void): void {
    this.#listeners.push(listener);
  }

  /** Subscribes a new hook URL. Stays off and rejects when performSubscribe throws. */
  async switchOn(): Promise<void> {
    if (this.#hookPath !== '') {
      return;
    }
    const { hooks, inFlight } = this.#options.world;
    const path = hooks.open(this.#options.account, (request) => {
      inFlight.track(this.#receive(request));
    });
    this.#hookPath = path;
    try {
      await this.renew();
    } catch (error) {
      hooks.close(path);
      this.#hookPath = '';
      throw error;
    }
  }

  /** Subscribes the same hook URL again, as the platform does after an expiration_date. */
  async renew(): Promise<void> {
    if (this.#hookPath === '') {
      throw new Error(`The Zap on ${this.trigger} is off`);
    }
    const { results } = await this.#invoke('performSubscribe', { targetUrl: this.targetUrl });
    this.#subscribeData = outputObject(results);
  }

  /** Closes the hook URL for good. `unsubscribeLost`: performUnsubscribe is never called. */
  async switchOff({ unsubscribeLost = false } = {}): Promise<void> {
    if (this.#hookPath === '') {
      return;
    }
    const subscription = { targetUrl: this.targetUrl, subscribeData: this.#subscribeData };
    this.#options.world.hooks.close(this.#hookPath);
    this.#hookPath = '';
    this.#subscribeData = undefined;
    if (unsubscribeLost) {
      return;
    }
    await this.#noteFailure(this.#invoke('performUnsubscribe', subscription));
  }

  async #receive(request: ReceivedRequest): Promise<void> {
    const bundle = { ...request, subscribeData: this.#subscribeData };
    await this.#noteFailure(
      this.#invoke('perform', bundle).then(({ results }) => {
        for (const output of firstOfEachId(outputList(results))) {
          this.#run(output);
        }
      }),
    );
  }

  /** Waits for `work`, which fails neither its caller nor the Zap. */
  async #noteFailure(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      const failure = stepError(error);
      this.#failures.push(failure);
      this.#options.world.failures.push(failure);
    }
  }

  #run(output: Record<string, unknown>): void {
    this.#runs.push(output);
    for (const listener of this.#listeners) {
      listener(output);
    }
  }

  #invoke(method: string, bundle: Record<string, unknown>) {
    const { invoke, inputData } = this.#options;
    const whole = { ...stepInput(inputData), meta: meta(), ...bundle };
    return invoke(`triggers.${this.trigger}.operation.${method}`, whole);
  }
}
