/** The part of PostgreSQL's client, a dependency of pg-boss, that tests use. */
declare module 'pg' {
  class Client {
    constructor(settings: { connectionString: string });
    connect(): Promise<void>;
    query(text: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }>;
    end(): Promise<void>;
    on(event: 'error', listen: () => void): void;
  }
  const pg: { readonly Client: typeof Client };
  export default pg;
}
