/** The keys of an output as output fields name them: `images[]url` for the url of each image. */
export function keyPaths(value: object): string[] {
  return [
    ...new Set(
      Object.entries(value).flatMap(([key, part]) => {
        const items: unknown[] = Array.isArray(part) ? part : [];
        const inner = items.filter((item) => typeof item === 'object' && item !== null);
        return inner.length > 0
          ? inner.flatMap((item) => keyPaths(Object(item)).map((path) => `${key}[]${path}`))
          : [key];
      }),
    ),
  ];
}

/** The output fields that an output lacks, and the keys that are no output field. */
export function differences(output: object, fields: readonly string[]): string[] {
  const paths = keyPaths(output);
  const isIn = (path: string): boolean =>
    fields.includes(path) || fields.some((field) => field.startsWith(`${path}[]`));
  const has = (field: string): boolean =>
    paths.includes(field) || paths.some((path) => field.startsWith(`${path}[]`));
  return [
    ...fields.filter((field) => !has(field)).map((field) => `lacks ${field}`),
    ...paths.filter((path) => !isIn(path)).map((path) => `has ${path}`),
  ];
}
