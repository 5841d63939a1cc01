/** Who calls the cache. */
export interface CacheOwner {
  readonly account: string;
  readonly user: string;
}

export type CacheScope = readonly ('auth' | 'user')[] | null;
export type CacheBehaviour = 'works' | 'fails' | 'forgets' | 'refuses';
export interface CacheCall {
  readonly method: 'get' | 'set' | 'delete';
  readonly key: string;
}
export interface CacheEntry {
  readonly key: string;
  readonly scope: CacheScope;
  readonly value: unknown;
  /** Milliseconds by `cache.now`; null when it never expires. */
  readonly expiresAt: number | null;
}
export interface CacheSetOptions {
  /** Seconds. */
  readonly ttl: number | null;
  readonly nx: boolean;
}
interface StoredEntry {
  readonly key: string;
  readonly scope: CacheScope;
  readonly json: string;
  readonly expiresAt: number | null;
}

function address(key: string, scope: CacheScope, owner: CacheOwner): string {
  const account = scope?.includes('auth') ? owner.account : null;
  const user = scope?.includes('user') ? owner.user : null;
  return JSON.stringify([key, account, user]);
}

/** z.cache as the platform keeps it: by scope, for its time to live, nx in one step. */
export class SandboxCache {
  now: () => number = () => Date.now();
  /** 'fails': RPC answers 500. 'forgets': set says true, keeps nothing. 'refuses': set says false. */
  behaviour: CacheBehaviour = 'works';
  /** How long each call takes. */
  delayMilliseconds = 0;
  /** When set, calls fail for these keys, and only for these. */
  failKey?: ((key: string) => boolean) | undefined;
  /** Every call, failed ones and core's own retries included. */
  readonly calls: CacheCall[] = [];
  readonly #entries = new Map<string, StoredEntry>();

  /** Whether a call for `key` must fail now. */
  failsFor(key: string): boolean {
    return this.failKey === undefined ? this.behaviour === 'fails' : this.failKey(key);
  }

  /** The JSON last set, or null. */
  get(key: string, scope: CacheScope, owner: CacheOwner): string | null {
    return this.#living(address(key, scope, owner))?.json ?? null;
  }

  /** Keeps `json`; false when nx finds an entry, or when the cache refuses. */
  set(
    key: string,
    json: string,
    scope: CacheScope,
    owner: CacheOwner,
    { ttl, nx }: CacheSetOptions,
  ): boolean {
    if (this.behaviour === 'refuses') {
      return false;
    }
    if (this.behaviour === 'forgets') {
      return true;
    }
    const place = address(key, scope, owner);
    if (nx && this.#living(place) !== undefined) {
      return false;
    }
    const expiresAt = ttl === null ? null : this.now() + ttl * 1000;
    this.#entries.set(place, { key, scope, json, expiresAt });
    return true;
  }

  /** True when there was such an entry. */
  delete(key: string, scope: CacheScope, owner: CacheOwner): boolean {
    const place = address(key, scope, owner);
    const existed = this.#living(place) !== undefined;
    this.#entries.delete(place);
    return existed;
  }

  clear(): void {
    this.#entries.clear();
  }

  /** What is kept and has not expired, in the order it was set. */
  entries(): CacheEntry[] {
    return [...this.#entries.keys()]
      .map((place) => this.#living(place))
      .filter((entry) => entry !== undefined)
      .map(({ json, ...entry }) => ({ ...entry, value: JSON.parse(json) }));
  }

  #living(place: string): StoredEntry | undefined {
    const entry = this.#entries.get(place);
    if (entry === undefined || entry.expiresAt === null) {
      return entry;
    }
    return this.now() < entry.expiresAt ? entry : undefined;
  }
}
