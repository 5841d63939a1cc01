/**
 * What a model other than Midjourney gives is any JSON object. Its links to media are found by
 * their ending or, without one, by what they are called.
 */
export type ModelOutput = Readonly<Record<string, unknown>>;

interface Leaf {
  /** Keys from the outside in; places in a list count from 1. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Wider and deeper than any output that is documented: an odd one must not cost the event. */
const MOST_LEAVES = 300;
const DEEPEST = 8;

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** A list of plain values is one leaf. */
function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
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

/** Flat keys of an output, with `__` between the names, as Zapier writes them. */
export type FlatOutput = Readonly<Record<`output__${string}`, unknown>>;

/** `output__works__1__video__resource`, and so on. */
export const flattened = (output: ModelOutput): FlatOutput =>
  Object.fromEntries(
    leavesOf(output)
      .filter(({ path }) => path.length > 0)
      .map(({ path, value }) => [
        `output__${path.join('__')}`,
        isPlain(value) || Array.isArray(value) ? value : JSON.stringify(value),
      ]),
  );

type Kind = 'image' | 'video' | 'audio';

const ENDINGS: readonly (readonly [RegExp, Kind])[] = [
  [/\.(png|jpe?g|webp|gif|avif)$/i, 'image'],
  [/\.(mp4|webm|mov|m4v)$/i, 'video'],
  [/\.(mp3|wav|m4a|ogg|flac|aac)$/i, 'audio'],
];

/** In this order: the cover of a video is a picture. */
const NAMES: readonly (readonly [RegExp, Kind])[] = [
  [/cover|image|picture|photo|thumbnail/i, 'image'],
  [/audio|song|music|sound|voice|speech/i, 'audio'],
  [/video|film|movie/i, 'video'],
];

const kindIn = (table: typeof NAMES, text: string): Kind | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1];

/** The innermost name that says something decides. */
const kindOf = (url: string, path: readonly string[]): Kind | undefined =>
  kindIn(ENDINGS, new URL(url).pathname) ??
  [...path]
    .reverse()
    .reduce<Kind | undefined>((kind, name) => kind ?? kindIn(NAMES, name), undefined);

const isLink = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);

const isClean = ({ path }: Leaf): boolean => path.some((key) => /without_?watermark/i.test(key));

/** The media of an output. Where a model gives a link without a watermark, it comes first. */
export function mediaIn(output: ModelOutput): {
  readonly imageUrls: readonly string[];
  readonly videoUrl: string;
  readonly audioUrl: string;
} {
  const leaves = leavesOf(output);
  const media = [...leaves.filter(isClean), ...leaves].flatMap(({ path, value }) =>
    [value]
      .flat()
      .filter(isLink)
      .map((url) => ({ url, kind: kindOf(url, path) })),
  );
  const urlsOf = (wanted: Kind): string[] => [
    ...new Set(media.filter(({ kind }) => kind === wanted).map(({ url }) => url)),
  ];
  return {
    imageUrls: urlsOf('image'),
    videoUrl: urlsOf('video')[0] ?? '',
    audioUrl: urlsOf('audio')[0] ?? '',
  };
}
