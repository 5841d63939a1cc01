/** A column of times as ISO 8601 with offset, under its own name. */
export const iso = (column: string): string =>
  `to_json(${column}) #>> '{}' as ${column.split('.').at(-1)}`;
