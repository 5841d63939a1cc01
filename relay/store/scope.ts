/** Whose tasks may be seen: of these connections, or of all. */
export type Scope = readonly string[] | 'all';

/** As a parameter of SQL: null stands for all. */
export const connectionsIn = (scope: Scope): string[] | null =>
  scope === 'all' ? null : [...scope];

/** The part of a scope that is this connection; none of it when the scope does not have it. */
export function narrowed(scope: Scope, connection: string | undefined): Scope {
  if (connection === undefined) {
    return scope;
  }
  return scope === 'all' || scope.includes(connection) ? [connection] : [];
}

/** A condition on a column with the id of a connection. @param parameter such as `$1`, of `connectionsIn` */
export const isInScope = (column: string, parameter: string): string =>
  `(${parameter}::text[] is null or ${column} = any(${parameter}))`;
