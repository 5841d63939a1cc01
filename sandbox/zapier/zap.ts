import { BaseZap } from './base_zap.ts';
import type { ReceivedRequest } from './bundle.ts';
import { firstOfEachId, outputList, outputObject } from './output.ts';

/** A Zap that starts with a REST hook trigger. Off at first. */
export class Zap extends BaseZap {
  /** Its hook URL answers 429, as one that gets too much does. */
  isBusy = false;
  #hookPath = '';
  #subscribeData: Record<string, unknown> | undefined;

  /** The hook URL: '' while off, a new one each time the Zap is switched on. */
  get targetUrl(): string {
    return this.#hookPath === '' ? '' : `${this.options.platform.url}${this.#hookPath}`;
  }

  /** What the last performSubscribe returned, while the Zap is on. */
  get subscribeData(): Record<string, unknown> | undefined {
    return this.#subscribeData;
  }

  /** Subscribes a new hook URL. Stays off and rejects when performSubscribe throws. */
  async switchOn(): Promise<void> {
    if (this.#hookPath !== '') {
      return;
    }
    const { hooks, inFlight } = this.options.platform;
    const receive = (request: ReceivedRequest) => {
      inFlight.track(this.#receive(request));
    };
    const path = hooks.open(this.options.account, receive, () => this.isBusy);
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
    const { results } = await this.invoke('performSubscribe', { targetUrl: this.targetUrl });
    this.#subscribeData = outputObject(results);
  }

  /** Closes the hook URL for good. `unsubscribeLost`: performUnsubscribe is never called. */
  async switchOff({ unsubscribeLost = false } = {}): Promise<void> {
    if (this.#hookPath === '') {
      return;
    }
    const subscription = { targetUrl: this.targetUrl, subscribeData: this.#subscribeData };
    this.options.platform.hooks.close(this.#hookPath);
    this.#hookPath = '';
    this.#subscribeData = undefined;
    if (unsubscribeLost) {
      return;
    }
    await this.noteFailure(this.invoke('performUnsubscribe', subscription));
  }

  async #receive(request: ReceivedRequest): Promise<void> {
    const bundle = { ...request, subscribeData: this.#subscribeData };
    await this.noteFailure(
      this.invoke('perform', bundle).then(({ results }) => {
        for (const output of firstOfEachId(outputList(results))) {
          this.run(output);
        }
      }),
    );
  }
}
