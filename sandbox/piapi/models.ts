import type { StoredTask } from '../service/stored_task.ts';

/** The files of a task of another model. */
interface Files {
  readonly id: string;
  readonly prompt: string;
  readonly image: string;
  readonly video: string;
  readonly audio: string;
  readonly secondAudio: string;
  readonly model3d: string;
}

interface Family {
  /** The names of its models; the first family that matches counts. */
  readonly models: RegExp;
  /** The output of a finished task. */
  readonly output: (files: Files) => Record<string, unknown>;
  /** The output before that. */
  readonly empty: Record<string, unknown>;
}

/** Recorded are `works`, `video_url`, `audio_url` and `image_url`; which model gives which is partly a guess. */
const families: readonly Family[] = [
  {
    models: /^kling/i,
    output: ({ image, video }) => ({
      type: 'm2v_txt2video',
      status: 99,
      works: [
        {
          content_type: 'video',
          status: 99,
          type: 'm2v_txt2video',
          cover: { resource: image, resource_without_watermark: '', height: 256, width: 256 },
          video: {
            resource: video,
            resource_without_watermark: video,
            height: 256,
            width: 256,
            duration: 5000,
          },
        },
      ],
    }),
    empty: { type: 'm2v_txt2video', status: 10, works: [] },
  },
  {
    models: /video|luma|hailuo|wan|hunyuan|veo|seedance|skyreels|sora/i,
    output: ({ video }) => ({ video_url: video }),
    empty: { video_url: '' },
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
    models: /trellis/i,
    output: ({ image, video, model3d }) => ({
      no_background_image: image,
      combined_video: video,
      model_file: model3d,
    }),
    empty: { no_background_image: '', combined_video: '', model_file: '' },
  },
  {
    models: /audio|ace-step|diffrhythm|tts|rhythm/i,
    output: ({ audio }) => ({ audio_url: audio }),
    empty: { audio_url: '' },
  },
  {
    models: /./,
    output: ({ image }) => ({ image_url: image }),
    empty: { image_url: '' },
  },
];

/** The output of a task of another model than Midjourney. */
export function mediaOutput(
  { id, model, prompt, status }: StoredTask,
  url: string,
): Record<string, unknown> {
  const family = families.find(({ models }) => models.test(model));
  if (status !== 'finished') {
    return { ...family?.empty };
  }
  const media = `${url}/media/${id}`;
  const image = `${url}/images/${id}.png`;
  const files = {
    video: `${media}.mp4`,
    audio: `${media}.wav`,
    secondAudio: `${media}-2.wav`,
    model3d: `${media}.glb`,
  };
  return { ...family?.output({ id, prompt, image, ...files }) };
}
