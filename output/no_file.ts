import type { ZObject } from 'zapier-platform-core';
import { failed } from '../errors/errors.ts';
import type { OtherMedia } from '../midjourney/media_file.ts';

/** What an answer is that is no file of the kind that was to come, in the user's words. */
type Instead = 'a web page' | 'JSON' | 'XML' | 'text' | 'nothing';

const TYPES: readonly (readonly [RegExp, Instead])[] = [
  [/^text\/html|xhtml/i, 'a web page'],
  [/json/i, 'JSON'],
  [/^(text|application)\/xml|(?<!svg)\+xml/i, 'XML'],
  [/^text\//i, 'text'],
];

/** A 3D model can be JSON (glTF) or text (OBJ). */
const isModelType = (type: string): boolean =>
  /^(model\/|text\/plain|application\/json)/i.test(type);

/** What an answer with this Content-Type is instead of a file; undefined when it may be one. */
export function insteadOfFile(type: string, media: OtherMedia | undefined): Instead | undefined {
  return media === 'model_3d' && isModelType(type)
    ? undefined
    : TYPES.find(([pattern]) => pattern.test(type))?.[1];
}

const BEGINNINGS: readonly (readonly [RegExp, Instead])[] = [
  [/^\s*<(!doctype html|html)/i, 'a web page'],
  [/^\s*<\?xml|^\s*<(error|response)/i, 'XML'],
  [/^\s*[{[]\s*["{[\]}]/, 'JSON'],
];

/** The same by how the content begins, which no picture, film or song does. */
export function insteadByContent(
  start: Buffer,
  media: OtherMedia | undefined,
): Instead | undefined {
  const text = start.subarray(0, 100).toString('latin1');
  return media === 'model_3d' ? undefined : BEGINNINGS.find(([pattern]) => pattern.test(text))?.[1];
}

/** That a link answered with something else. */
export const noFile = (z: ZObject, url: string, instead: Instead): Error =>
  failed(
    z,
    `The link to the picture answered with ${instead} of ${new URL(url).host} instead of a picture. Open the link in a browser to see what it says.`,
    'no_picture',
  );
