import type { Operation } from '../midjourney/operations.ts';
import { type Task, taskOf } from '../midjourney/task.ts';
import { type FlatOutput, flattened } from './flat_output.ts';
import { type OfferedOutput, offeredOutput } from './offered_output.ts';
import { progressOutput, type TaskOutput, type ToFile, taskOutput } from './task_output.ts';

/** What the editor shows before a Zap has seen a task of its own. */
const REFERENCE = 'rec8Yt3kLmPq2';
const TASK_ID = 'c0d39b5a-345c-4448-a7bf-5c299c38a06a';
const PICTURE = `https://img.midjourneyapi.xyz/mj/${TASK_ID}`;

/** Where a real event has a pointer, a sample has the link itself. */
const link: ToFile = (url) => url;

/** Made when Zapier asks for it: the app has to start quickly. */
function once<Sample>(make: () => Sample): () => Sample {
  let made: Sample | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const numbered = (word: string): string[] => [1, 2, 3, 4].map((number) => `${word}${number}`);

const RUNNING: Task = taskOf({
  id: TASK_ID,
  service: 'piapi_v2',
  operation: 'imagine',
  status: 'processing',
  progress: 46,
  prompt: 'red fox in fresh snow, morning light, shallow depth of field',
  previewUrls: [`${PICTURE}-46.png`],
  createdAt: '2026-03-12T09:14:02+00:00',
  startedAt: '2026-03-12T09:14:05+00:00',
  durationSeconds: 21,
});

const GRID: Task = {
  ...RUNNING,
  status: 'finished',
  progress: 100,
  previewUrls: [],
  imageUrl: `${PICTURE}.png`,
  imageUrls: numbered(`${PICTURE}-`).map((url) => `${url}.png`),
  actions: ['reroll', ...numbered('upscale'), ...numbered('variation')],
  creditsUsed: 3,
  creditsUnit: 'quota',
  finishedAt: '2026-03-12T09:14:49+00:00',
  durationSeconds: 44,
};

const PROMPTS = [
  'a red fox standing in fresh snow, soft morning light --ar 3:2',
  'wildlife photograph of a fox in winter, shallow depth of field --ar 3:2',
  'a fox pausing between birches, first light on its fur --ar 3:2',
  'close portrait of a red fox, snowflakes on its whiskers --ar 3:2',
];

const SHORTER_PROMPTS = ['red fox in fresh snow, morning light', 'red fox, snow, morning light'];

const WITHOUT_IMAGE: Task = { ...GRID, imageUrl: '', imageUrls: [], actions: [] };

/** The steps that only LegNext has. */
const AT_LEGNEXT = { service: 'legnext', creditsUsed: 80, creditsUnit: 'points' } as const;

const GRID_AT_LEGNEXT: Task = { ...GRID, ...AT_LEGNEXT };

const ONE_IMAGE: Task = { ...GRID, ...AT_LEGNEXT, imageUrls: [], actions: ['upscale1'] };

const videosOf = (...numbers: number[]): Task => ({
  ...WITHOUT_IMAGE,
  ...AT_LEGNEXT,
  videoUrls: numbers.map((number) => `${PICTURE}-${number}.mp4`),
  actions: ['extend_video', 'upscale_video'],
});

const ONE_VIDEO = videosOf(1);

/** The steps that run other models. */
const AT_PIAPI: Task = {
  ...WITHOUT_IMAGE,
  service: 'piapi_unified',
  prompt: 'red fox in fresh snow, morning light',
};

const OF_KLING: Task = {
  ...AT_PIAPI,
  model: 'kling',
  videoUrls: [`${PICTURE}.mp4`],
  output: { video_url: `${PICTURE}.mp4` },
};

const ONE_PICTURE: Task = {
  ...AT_PIAPI,
  imageUrl: `${PICTURE}.png`,
  output: { image_url: `${PICTURE}.png` },
};

/** What is not a grid of four. */
const RESULTS: { readonly [Key in Operation]?: Task } = {
  upscale: {
    ...GRID,
    imageUrls: [],
    actions: ['upscale_subtle', 'upscale_creative', 'high_variation', 'low_variation', 'pan_left'],
  },
  describe: {
    ...WITHOUT_IMAGE,
    prompt: '',
    description: PROMPTS.map((text, index) => `${index + 1}️⃣ ${text}`).join('\n\n'),
    prompts: PROMPTS,
  },
  seed: { ...WITHOUT_IMAGE, seed: '1379580925' },
  remix: GRID_AT_LEGNEXT,
  enhance: ONE_IMAGE,
  retexture: GRID_AT_LEGNEXT,
  remove_background: ONE_IMAGE,
  shorten: {
    ...WITHOUT_IMAGE,
    ...AT_LEGNEXT,
    prompts: SHORTER_PROMPTS,
    finalPrompt: 'red fox, snow, morning light',
  },
  video: videosOf(1, 2, 3, 4),
  extend_video: ONE_VIDEO,
  upscale_video: ONE_VIDEO,
  create_video: OF_KLING,
  create_image: { ...ONE_PICTURE, model: 'gemini' },
  create_audio: {
    ...AT_PIAPI,
    model: 'music-u',
    prompt: 'calm piano, soft rain, slow',
    audioUrls: [`${PICTURE}-1.mp3`, `${PICTURE}-2.mp3`],
    output: { songs: [1, 2].map((number) => ({ song_path: `${PICTURE}-${number}.mp3` })) },
  },
  create_3d_model: {
    ...AT_PIAPI,
    model: 'Qubico/trellis',
    model3dUrl: `${PICTURE}.glb`,
    output: { model_file: `${PICTURE}.glb` },
  },
  edit_media: { ...ONE_PICTURE, model: 'Qubico/image-toolkit', prompt: '' },
  run_task: OF_KLING,
};

/** Where the service's own word is another than ours. */
const TASK_TYPES: { readonly [Key in Operation]?: string } = {
  create_video: 'video_generation',
  create_image: 'nano-banana-pro',
  create_audio: 'generate_music',
  create_3d_model: 'image-to-3d',
  edit_media: 'upscale',
  run_task: 'video_generation',
  video: 'video_diffusion',
  upscale_video: 'video_upscale',
};

/** A finished task, with the keys of every task. */
export const taskSample = once((): TaskOutput => taskOutput(GRID, REFERENCE, link));

/** A finished task of this kind. */
const sampleTask = (operation: Operation): Task => ({
  ...(RESULTS[operation] ?? GRID),
  operation,
  taskType: TASK_TYPES[operation] ?? operation,
});

/** The keys `output__…` of a sample. */
export const flatSampleOf = (operation: Operation): FlatOutput =>
  flattened(RESULTS[operation]?.output ?? {});

const samples = new Map<Operation, OfferedOutput>();

/** A finished task of this kind, as its step gives it; made once. */
export function sampleOf(operation: Operation): OfferedOutput {
  const sample =
    samples.get(operation) ??
    offeredOutput(operation, taskOutput(sampleTask(operation), REFERENCE, link));
  samples.set(operation, sample);
  return sample;
}

/** A task after it was canceled. */
export const canceledSample = once(() =>
  taskOutput(
    {
      ...RUNNING,
      status: 'failed',
      previewUrls: [],
      errorMessage: 'task canceled',
      finishedAt: '2026-03-12T09:14:26+00:00',
    },
    REFERENCE,
    link,
  ),
);

export const progressSample = once(() => progressOutput(RUNNING, REFERENCE, link));
