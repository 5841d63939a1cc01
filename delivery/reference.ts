/**
 * Whether a reference is one that was asked for: the same, or, where that ends in `*`, one that
 * begins with what is before it. Everything is when nothing was asked for.
 */
export const isReferenceWanted = (reference: string, wanted = ''): boolean =>
  wanted === '' ||
  (wanted.endsWith('*') ? reference.startsWith(wanted.slice(0, -1)) : reference === wanted);
