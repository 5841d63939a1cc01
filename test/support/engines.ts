import { freshDatabase, postgresUrl } from './postgres.ts';

/** What a relay keeps its data on. */
export interface Engine {
  readonly name: 'PGlite' | 'PostgreSQL';
  /** An empty database, as the settings that name it. */
  open(): Promise<{ variables: Record<string, string>; drop(): Promise<void> }>;
}

export const PGLITE: Engine = {
  name: 'PGlite',
  open: async () => ({ variables: { RELAY_DATA: 'memory' }, drop: async () => undefined }),
};

export const POSTGRESQL: Engine = {
  name: 'PostgreSQL',
  async open() {
    const { url, drop } = await freshDatabase();
    return { variables: { DATABASE_URL: url }, drop };
  },
};

/** Runs a suite on PostgreSQL, or says why not. */
export function onPostgres(suite: (engine: Engine) => void): void {
  if (postgresUrl) {
    describe('on PostgreSQL', () => suite(POSTGRESQL));
  } else {
    it.skip('on PostgreSQL: RELAY_TEST_DATABASE_URL is not set; see scripts/with_postgres', () =>
      undefined);
  }
}

/** Runs a suite on each engine that there is. */
export function onEachEngine(suite: (engine: Engine) => void): void {
  describe('on PGlite', () => suite(PGLITE));
  onPostgres(suite);
}
