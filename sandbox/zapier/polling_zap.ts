import { randomUUID } from 'node:crypto';
import { BaseZap } from './base_zap.ts';
import { meta } from './bundle.ts';
import { listing } from './definition.ts';
import { outputList } from './output.ts';

type Output = Record<string, unknown>;

/** A Zap that starts with a polling trigger, whose results differ by `id`. Off at first. */
export class PollingZap extends BaseZap {
  readonly #storeKey = randomUUID();
  /** The ids of all polls since the Zap was switched on; undefined while it is off. */
  #seen: Set<unknown> | undefined;

  /** Polls for what is there already and runs for none of it. Stays off and rejects when that fails. */
  async switchOn(): Promise<void> {
    if (this.#seen === undefined) {
      const items = await this.#items({ isPopulatingDedupe: true });
      this.#seen = new Set(items.map(({ id }) => id));
    }
  }

  /** Polls once, as the platform does every few minutes. Runs the Zap for each new `id`. */
  async poll(): Promise<void> {
    const seen = this.#seen;
    if (seen === undefined) {
      throw new Error(`The Zap on ${this.trigger} is off`);
    }
    await this.noteFailure(
      this.#items({}).then((items) => {
        // The newest item comes first; that the oldest runs first is a guess.
        for (const item of items.toReversed()) {
          if (!seen.has(item.id)) {
            seen.add(item.id);
            this.run(item);
          }
        }
      }),
    );
  }

  /** Forgets what was seen. */
  switchOff(): void {
    this.#seen = undefined;
  }

  async #items(changes: Record<string, unknown>): Promise<Output[]> {
    const { paginates } = listing(this.options.platform.definition, this.trigger);
    const { results } = await this.invoke(
      'perform',
      { meta: meta(changes) },
      paginates ? { storeKey: this.#storeKey } : {},
    );
    return outputList(results);
  }
}
