import { isLink } from './links.ts';
import { type MediaKind, mediaFileAt } from './media_file.ts';

/**
 * What a model other than Midjourney returns: any JSON object. Its links to media are found by
 * their extension or, without one, by the names around them.
 */
export type ModelOutput = Readonly<Record<string, unknown>>;

/** A value in an output, and where it is. */
export interface Leaf {
  /** Keys from the outside in; places in a list count from 1. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Wider and deeper than any output that is documented: an odd one must not cost the event. */
const MOST_LEAVES = 300;
const DEEPEST = 8;

export const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** All values of an output, at most 300 and 8 levels deep. A list of plain values is one leaf. */
export function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  const isLeaf = isPlain(value) || path.length === DEEPEST;
  if (isLeaf || (Array.isArray(value) && value.every(isPlain))) {
    return [{ path, value }];
  }
  const isList = Array.isArray(value);
  return Object.entries(Object(value))
    .slice(0, MOST_LEAVES)
    .flatMap(([key, part]) => leavesOf(part, [...path, isList ? String(Number(key) + 1) : key]))
    .slice(0, MOST_LEAVES);
}

/** In this order: the cover of a video is a picture. */
const NAMES: readonly (readonly [RegExp, MediaKind])[] = [
  [/cover|image|picture|photo|thumbnail/i, 'image'],
  [/audio|song|music|sound|voice|speech/i, 'audio'],
  [/video|film|movie/i, 'video'],
];

const kindByName = (name: string): MediaKind | undefined =>
  NAMES.find(([pattern]) => pattern.test(name))?.[1];

/** Without an extension, the innermost name that says something decides. */
const kindOf = (url: string, path: readonly string[]): MediaKind | undefined =>
  mediaFileAt(url)?.kind ??
  [...path]
    .reverse()
    .reduce<MediaKind | undefined>((kind, name) => kind ?? kindByName(name), undefined);

const isLinkValue = (value: unknown): value is string => typeof value === 'string' && isLink(value);

const hasNoWatermark = ({ path }: Leaf): boolean =>
  path.some((key) => /without_?watermark/i.test(key));

/** The media of an output. Where a model returns a link without a watermark, it comes first. */
export function mediaIn(output: ModelOutput): {
  readonly imageUrls: readonly string[];
  readonly videoUrl: string;
  readonly audioUrl: string;
} {
  const leaves = leavesOf(output);
  const media = [...leaves.filter(hasNoWatermark), ...leaves].flatMap(({ path, value }) =>
    [value]
      .flat()
      .filter(isLinkValue)
      .map((url) => ({ url, kind: kindOf(url, path) })),
  );
  const urlsOf = (wanted: MediaKind): string[] => [
    ...new Set(media.filter(({ kind }) => kind === wanted).map(({ url }) => url)),
  ];
  return {
    imageUrls: urlsOf('image'),
    videoUrl: urlsOf('video')[0] ?? '',
    audioUrl: urlsOf('audio')[0] ?? '',
  };
}
