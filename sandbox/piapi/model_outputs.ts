/** The files of a task of another model. */
export interface Files {
  readonly id: string;
  readonly prompt: string;
  readonly image: string;
  /** All that were asked for, the first of them first. */
  readonly images: readonly string[];
  readonly video: string;
  readonly videos: readonly string[];
  readonly audio: string;
  readonly secondAudio: string;
  readonly model3d: string;
}

/** The shape of a model's output. */
export interface Shape {
  /** Its model and task type with a space between; the first shape that matches counts. */
  readonly models: RegExp;
  /** The output of a finished task. */
  readonly output: (files: Files) => Record<string, unknown>;
  /** The output before that. */
  readonly empty: Record<string, unknown> | null;
}

const ofKling = (type: string, works: (files: Files) => object[]): Omit<Shape, 'models'> => ({
  output: (files) => ({
    type,
    status: 99,
    works: works(files).map((work) => ({ status: 99, type, ...work })),
  }),
  empty: { type, status: 10, works: [] },
});

const klingFilms = ({ image, videos }: Files) =>
  videos.map((video) => ({
    content_type: 'video',
    cover: { resource: image, resource_without_watermark: '', height: 256, width: 256 },
    video: {
      resource: video,
      resource_without_watermark: video,
      height: 256,
      width: 256,
      duration: 5000,
    },
  }));

/** Recorded, or as the pages and clients have it; of some models it is a guess. */
export const SHAPES: readonly Shape[] = [
  {
    models: /^kling ai_try_on/,
    ...ofKling('mmu_img2img_aiTryOn', ({ images }) =>
      images.map((image) => ({
        content_type: 'image',
        image: { resource: image, resource_without_watermark: image, height: 1024, width: 768 },
        cover: { resource: '', resource_without_watermark: '' },
      })),
    ),
  },
  {
    models: /^kling sound/,
    ...ofKling('m2v_sound', ({ audio }) => [
      {
        content_type: 'audio',
        audio: { resource: audio, resource_without_watermark: audio, duration: 10_000 },
      },
    ]),
  },
  { models: /^kling /, ...ofKling('m2v_txt2video', klingFilms) },
  {
    models: /^luma /,
    output: ({ prompt, image, video }) => ({
      prompt,
      internal_state: 'completed',
      video: { url: `${video}?watermarked`, width: 1152, height: 864, thumbnail: null },
      video_raw: { url: video, width: 1152, height: 864 },
      thumbnail: { url: image, width: 0, height: 0 },
      last_frame: { url: image, width: 1152, height: 864 },
    }),
    empty: { video: null, video_raw: null },
  },
  {
    models: /^hailuo /,
    output: ({ image, video }) => ({
      percent: 100,
      cover_url: image,
      video_url: video,
      download_url: video,
    }),
    empty: { percent: 0, video_url: '' },
  },
  {
    models: /^(sora2|seedance|veo3|omni-human|kling-turbo)/,
    output: ({ video }) => ({ video }),
    empty: { video: '' },
  },
  {
    models: /generate_lyrics$/,
    output: ({ prompt }) => ({
      lyrics_pairs: [{ title: 'First Snow', text: `[Verse]\n${prompt}` }],
    }),
    empty: { lyrics_pairs: [] },
  },
  {
    models: /^Qubico.joycaption/,
    output: () => ({ text: 'A red fox stands in fresh snow, in soft morning light.' }),
    empty: { text: '' },
  },
  {
    models: /^(music|suno|udio)/i,
    output: ({ id, prompt, image, audio, secondAudio }) => ({
      songs: [audio, secondAudio].map((song_path, place) => ({
        id: `${id}-${place + 1}`,
        title: prompt,
        image_path: image,
        song_path,
        finished: true,
      })),
    }),
    empty: { songs: [] },
  },
  {
    models: /mmaudio/,
    output: ({ audio, video }) => ({ audio_url: audio, video_url: video }),
    empty: { audio_url: '', video_url: '' },
  },
  {
    models: /trellis/i,
    output: ({ image, video, model3d }) => ({
      no_background_image: image,
      combined_video: video,
      model_file: model3d,
    }),
    // As recorded.
    empty: null,
  },
  {
    models: /pixal3d/,
    output: ({ model3d }) => ({ model_file: model3d }),
    empty: { model_file: '' },
  },
  {
    models: /video|wan|hunyuan|veo|skyreels|framepack/i,
    output: ({ video }) => ({ video_url: video }),
    empty: { video_url: '' },
  },
  {
    models: /audio|ace-step|diffrhythm|tts|rhythm/i,
    output: ({ audio }) => ({ audio_url: audio }),
    empty: { audio_url: '' },
  },
  {
    // Recorded without `image_url`.
    models: /^(gemini|seedream)/,
    output: ({ images }) => ({ image_urls: images }),
    empty: { image_urls: null },
  },
  {
    models: /./,
    output: ({ image, images }) => ({
      image_url: image,
      ...(images.length > 1 && { image_urls: images }),
    }),
    empty: { image_url: '' },
  },
];
