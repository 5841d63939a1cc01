/** How a service's own list of models differs from a catalogue. */
export interface ModelChanges {
  /** Only the service has them. */
  readonly added: readonly string[];
  /** Only the catalogue has them. */
  readonly gone: readonly string[];
}

/** Compares the ids of models; each list in its own order. */
export function modelChanges(
  catalogued: readonly string[],
  offered: readonly string[],
): ModelChanges {
  return {
    added: offered.filter((model) => !catalogued.includes(model)),
    gone: [...new Set(catalogued)].filter((model) => !offered.includes(model)),
  };
}
