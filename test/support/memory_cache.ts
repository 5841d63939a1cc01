import type { Cache } from '../../delivery/cache.ts';

type Call = 'get' | 'set' | 'delete';

interface Entry {
  readonly value: unknown;
  readonly expiresAt: number;
}

/** A cache that honours time to live and "only if absent", and misbehaves on demand. */
export class MemoryCache implements Cache {
  readonly entries = new Map<string, Entry>();
  now = 0;
  /** Which calls are answered with an error. */
  fails: (call: Call, key: string) => boolean = () => false;
  /** `set` answers false and stores nothing. */
  refuses = false;
  /** `set` answers true and stores nothing. */
  forgets = false;
  /** Runs before each answer, so that other calls can come in between. */
  pause: () => Promise<unknown> = () => Promise.resolve();

  async #enter(call: Call, key: string): Promise<void> {
    await this.pause();
    if (this.fails(call, key)) {
      throw new Error('The cache is not there.');
    }
  }

  #living(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    return entry && entry.expiresAt > this.now ? entry : undefined;
  }

  async get(key: string): Promise<unknown> {
    await this.#enter('get', key);
    return this.#living(key)?.value ?? null;
  }

  async getAll(keys: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    const values = new Map<string, unknown>();
    await Promise.all(
      keys.map((key) =>
        this.get(key).then(
          (value) => values.set(key, value),
          () => undefined,
        ),
      ),
    );
    return values;
  }

  async set(key: string, value: unknown, ttlSeconds: number, options = { ifAbsent: false }) {
    await this.#enter('set', key);
    if (this.refuses || (options.ifAbsent && this.#living(key))) {
      return false;
    }
    if (!this.forgets) {
      this.entries.set(key, { value, expiresAt: this.now + ttlSeconds * 1000 });
    }
    return true;
  }

  async delete(key: string): Promise<void> {
    await this.#enter('delete', key);
    this.entries.delete(key);
  }
}
