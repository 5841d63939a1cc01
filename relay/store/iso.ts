/** Selects a timestamp column as ISO 8601 with offset, under the column's own name. */
export const iso = (column: string): string =>
  `to_json(${column}) #>> '{}' as ${column.split('.').at(-1)}`;
