import { isLink } from './links.ts';
import { type MediaKind, mediaFileAt } from './media_file.ts';
import { isPlain, leavesOf, type ModelOutput } from './output_leaves.ts';

/**
 * The media that a model other than Midjourney returns. Its links are found by their extension or,
 * without one, by the names around them. An output has items: a work, a song, a picture of a list.
 * Of each item one link of a kind is its result; the others are the same with a watermark, or in
 * another size.
 */
interface MediaLink {
  readonly url: string;
  readonly kind: MediaKind;
  /** Keys from the outside in. */
  readonly path: readonly string[];
  /** Keys as far as the item that it belongs to. */
  readonly item: readonly string[];
}

const MOST_LINKS = 300;
const DEEPEST = 8;

/** In this order: the cover of a video is a picture. */
const NAMES: readonly (readonly [RegExp, MediaKind])[] = [
  [/model_?(file|url|3d)|3d_?model|mesh|\bglb\b/i, 'model_3d'],
  [/cover|image|picture|photo|thumbnail|frame/i, 'image'],
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

/** `prompt_img_url`: what the user gave, and no result. */
const INPUT_NAME = /(^|_)(prompt|input|init|source)_(img|image|video|audio|url)/i;

/** Whether the keys of an object are ids or the like, so that each value is an item of its own. */
const isCollection = (value: object): boolean =>
  Array.isArray(value) ||
  Object.entries(value).every(([key, part]) => !isPlain(part) && kindByName(key) === undefined);

/** `song1`, `image_2` */
const NUMBERED = /[a-z]_?\d{1,2}$/i;

function linksIn(
  value: unknown,
  path: readonly string[] = [],
  item: readonly string[] = [],
): MediaLink[] {
  if (typeof value === 'string') {
    const kind = isLink(value) ? kindOf(value, path) : undefined;
    return kind && !path.some((key) => INPUT_NAME.test(key))
      ? [{ url: value, kind, path, item }]
      : [];
  }
  if (typeof value !== 'object' || value === null || path.length === DEEPEST) {
    return [];
  }
  const isList = isCollection(value);
  return Object.entries(value)
    .slice(0, MOST_LINKS)
    .flatMap(([key, part]) => {
      const place = [...path, key];
      return linksIn(part, place, isList || NUMBERED.test(key) ? place : item);
    })
    .slice(0, MOST_LINKS);
}

/** Of an item's links of one kind: without a watermark first, one that says it has one last. */
function watermarkOf({ url, path }: MediaLink): number {
  const words = [...path, new URL(url).pathname.split('/').at(-1) ?? ''].join(' ');
  if (/without_?watermark|no_?watermark|nowm|_raw\b/i.test(words)) {
    return 0;
  }
  return /watermark/i.test(words) ? 2 : 1;
}

const within = (inner: readonly string[], outer: readonly string[]): boolean =>
  inner.length > outer.length && outer.every((key, place) => inner[place] === key);

/** One link of each kind for each item. */
function resultsIn(links: readonly MediaLink[]): MediaLink[] {
  const results = new Map<string, MediaLink>();
  for (const link of links) {
    const key = JSON.stringify([link.kind, ...link.item]);
    const other = results.get(key);
    if (!other || watermarkOf(link) < watermarkOf(other)) {
      results.set(key, link);
    }
  }
  return [...results.values()];
}

/** A film's picture is its cover, but a 3D model has a film and a picture of it. */
function isCover({ kind, item }: MediaLink, results: readonly MediaLink[]): boolean {
  const has = (wanted: MediaKind) =>
    results.some(
      (other) =>
        other.kind === wanted &&
        (within(other.item, item) || other.item.join('/') === item.join('/')),
    );
  return kind === 'image' && has('video') && !has('model_3d');
}

const valuesOf = (input: unknown): ReadonlySet<unknown> =>
  new Set(leavesOf(input).flatMap(({ value }) => value));

export type ModelMedia = Readonly<Record<MediaKind, readonly string[]>>;

/**
 * The results of a task, each once, in the order of the output.
 * @param input what the task was started with, whose links are no results
 */
export function mediaIn(output: ModelOutput, input: unknown = {}): ModelMedia {
  const given = valuesOf(input);
  const results = resultsIn(linksIn(output).filter(({ url }) => !given.has(url)));
  const urlsOf = (wanted: MediaKind): string[] => [
    ...new Set(
      results
        .filter(
          (one) =>
            one.kind === wanted &&
            !isCover(one, results) &&
            // A list of them has it too, or better.
            !results.some((other) => other.kind === wanted && within(other.item, one.item)),
        )
        .map(({ url }) => url),
    ),
  ];
  return {
    image: urlsOf('image'),
    video: urlsOf('video'),
    audio: urlsOf('audio'),
    model_3d: urlsOf('model_3d'),
  };
}
