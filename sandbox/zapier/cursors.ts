/** What the platform answers to z.cursor where it is not allowed (zapier/zapier-platform#732). */
export const CURSOR_REFUSAL =
  "Invalid cursor operation. 'z.cursor' can only be used in 'perform' methods of polling triggers or 'performList' methods of hook triggers, and when 'canPaginate' is 'true'.";

/** "About an hour", says the documentation of z.cursor. */
const LIFE_MILLISECONDS = 3_600_000;

/** z.cursor as the platform keeps it: one text for each `storeKey` that an event carries. */
export class Cursors {
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly cursor: string; readonly until: number }>();

  /** @param now epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  get(storeKey: string): string | null {
    const kept = this.#kept.get(storeKey);
    return kept !== undefined && this.#now() < kept.until ? kept.cursor : null;
  }

  set(storeKey: string, cursor: string): void {
    this.#kept.set(storeKey, { cursor, until: this.#now() + LIFE_MILLISECONDS });
  }
}
