import type { MediaKind } from './media_file.ts';

/** What a file is by its first bytes. */
export interface FileType {
  /** The usual one, without the dot. */
  readonly extension: string;
  readonly kind: Exclude<MediaKind, 'model_3d'>;
}

const TYPES: readonly (readonly [RegExp, string, FileType['kind']])[] = [
  [/^\x89PNG/, 'png', 'image'],
  [/^\xff\xd8\xff/, 'jpg', 'image'],
  [/^GIF8/, 'gif', 'image'],
  [/^RIFF.{4}WEBP/s, 'webp', 'image'],
  [/^RIFF.{4}WAVE/s, 'wav', 'audio'],
  [/^OggS/, 'ogg', 'audio'],
  // Layer III of MPEG alone: other bytes after the first are other sounds, or a text.
  [/^(ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/, 'mp3', 'audio'],
  [/^.{4}ftypM4A/s, 'm4a', 'audio'],
  [/^.{4}ftypqt/s, 'mov', 'video'],
  // Phones' pictures are in the same container as films.
  [/^.{4}ftyp(?!hei|hev|mif|avi|msf|crx)/s, 'mp4', 'video'],
  [/^.E\xdf\xa3/s, 'webm', 'video'],
];

/** The type of a picture, film or sound; undefined for any other file. */
export function fileTypeOf(content: Uint8Array): FileType | undefined {
  const start = String.fromCharCode(...content.subarray(0, 16));
  const found = TYPES.find(([pattern]) => pattern.test(start));
  return found && { extension: found[1], kind: found[2] };
}
