export type MediaKind = 'image' | 'video' | 'audio' | 'model_3d';

/** What a file is that is no picture. */
export type OtherMedia = Exclude<MediaKind, 'image'>;

const EXTENSIONS: Readonly<Record<MediaKind, readonly string[]>> = {
  image: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif'],
  video: ['mp4', 'webm', 'mov', 'm4v'],
  audio: ['mp3', 'wav', 'm4a', 'ogg', 'flac', 'aac'],
  model_3d: ['glb', 'gltf', 'obj', 'fbx', 'usdz', 'stl', 'ply'],
};

const KINDS: ReadonlyMap<string, MediaKind> = new Map(
  (['image', 'video', 'audio', 'model_3d'] as const).flatMap((kind) =>
    EXTENSIONS[kind].map((extension): [string, MediaKind] => [extension, kind]),
  ),
);

/** What a link's path ends in, where that is a media file. A signed link has its name in the path. */
export interface MediaFile {
  /** In lower case, without the dot. */
  readonly extension: string;
  readonly kind: MediaKind;
}

/** The media file that a link names; undefined when it names none, or is no address. */
export function mediaFileAt(url: string): MediaFile | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const kind = KINDS.get(extension);
  return kind && { extension, kind };
}
