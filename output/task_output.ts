import { cleanText, failureOf } from '../midjourney/failure.ts';
import type { OtherMedia } from '../midjourney/media_file.ts';
import type { Task } from '../midjourney/task.ts';
import type { Quarter } from './cut_grid.ts';
import { type FlatOutput, flattened } from './flat_output.ts';
import { type NumberedPicture, numberedPictures } from './numbered_pictures.ts';
import { thumbnailOf } from './thumbnail.ts';

/** A pointer that Zapier turns into the file when a step needs it; null when there is none. */
export type OutputFile = string | null;

/** A picture of a task, numbered from 1 as Midjourney does: top left, top right, bottom left, bottom right. */
export interface OutputImage {
  readonly number: number;
  readonly url: string;
  readonly file: OutputFile;
}

/** A film or a song of a task, numbered from 1. */
export type OutputMedia = OutputImage;

/** Which file of a task. */
export interface FilePlace {
  /** What it is when it is no picture. */
  readonly media?: OtherMedia;
  /** From 1, or 0 for the grid, the single image, or the first of other media. */
  readonly number: number;
  /** The part of a grid, numbered as its pictures are. */
  readonly quarter?: Quarter;
}

/** Makes the pointer. */
export type ToFile = (url: string, place: FilePlace) => OutputFile;

/**
 * A task as every step gives it to Zapier. The keys are a contract and always all there, so that a
 * field mapped once stays valid; what the service did not send is '' as text, null as a file, a date
 * or a number, [] as a list, and never invented.
 * Only what another model than Midjourney gave comes under further keys, `output__…`.
 */
export type TaskOutput = ReturnType<typeof knownKeys> & FlatOutput;

/**
 * @param reference what the user wanted back; the service itself does not know it
 * @param hint what to do next, where this is not all there is to the task
 */
export const taskOutput = (
  task: Task,
  reference: string,
  toFile: ToFile,
  hint = '',
): TaskOutput => ({
  ...flattened(task.output ?? {}),
  ...knownKeys(task, reference, toFile, hint),
});

const mediaOf = (
  media: 'video' | 'audio',
  urls: readonly string[],
  toFile: ToFile,
): OutputMedia[] =>
  urls.map((url, index) => ({
    number: index + 1,
    url,
    file: toFile(url, { media, number: index === 0 ? 0 : index + 1 }),
  }));

/** `image_1_url`, `image_1`, and so on. */
export const flatPictures = ([one, two, three, four]: readonly NumberedPicture[]) => ({
  image_1_url: one?.url ?? '',
  image_1: one?.file ?? null,
  image_2_url: two?.url ?? '',
  image_2: two?.file ?? null,
  image_3_url: three?.url ?? '',
  image_3: three?.file ?? null,
  image_4_url: four?.url ?? '',
  image_4: four?.file ?? null,
});

function knownKeys(task: Task, reference: string, toFile: ToFile, hint: string) {
  const errorMessage = cleanText(task.errorMessage);
  const file = task.imageUrl === '' ? null : toFile(task.imageUrl, { number: 0 });
  const numbered = numberedPictures(task, toFile);
  const images: OutputImage[] =
    task.imageUrls.length > 0 || task.imageUrl === ''
      ? numbered.map((picture, index) => ({ number: index + 1, ...picture }))
      : [{ number: 1, url: task.imageUrl, file }];
  const videos = mediaOf('video', task.videoUrls, toFile);
  const audios = mediaOf('audio', task.audioUrls, toFile);
  return {
    id: task.id,
    task_id: task.id,
    operation: task.operation,
    service: task.service,
    model: task.model,
    task_type: task.taskType,
    status: task.status,
    succeeded: task.status === 'finished',
    progress: task.progress ?? null,
    prompt: task.prompt,
    reference,
    hint,
    image_url: task.imageUrl,
    image: file,
    ...flatPictures(numbered),
    images,
    thumbnail_markdown: thumbnailOf(task),
    preview_url: task.previewUrls.at(-1) ?? '',
    preview_urls: [...task.previewUrls],
    video_url: videos[0]?.url ?? '',
    video: videos[0]?.file ?? null,
    video_2_url: videos[1]?.url ?? '',
    video_2: videos[1]?.file ?? null,
    video_3_url: videos[2]?.url ?? '',
    video_3: videos[2]?.file ?? null,
    video_4_url: videos[3]?.url ?? '',
    video_4: videos[3]?.file ?? null,
    videos,
    audio_url: audios[0]?.url ?? '',
    audio: audios[0]?.file ?? null,
    audio_2_url: audios[1]?.url ?? '',
    audio_2: audios[1]?.file ?? null,
    audio_3_url: audios[2]?.url ?? '',
    audio_3: audios[2]?.file ?? null,
    audio_4_url: audios[3]?.url ?? '',
    audio_4: audios[3]?.file ?? null,
    audios,
    model_3d_url: task.model3dUrl,
    model_3d:
      task.model3dUrl === '' ? null : toFile(task.model3dUrl, { media: 'model_3d', number: 0 }),
    output: task.output ? JSON.stringify(task.output) : '',
    seed: task.seed,
    description: task.description,
    final_prompt: task.finalPrompt,
    prompt_1: task.prompts[0] ?? '',
    prompt_2: task.prompts[1] ?? '',
    prompt_3: task.prompts[2] ?? '',
    prompt_4: task.prompts[3] ?? '',
    prompts: task.prompts.map((text, index) => ({ number: index + 1, text })),
    actions: [...task.actions],
    error_message: errorMessage,
    error_kind: task.status === 'failed' ? failureOf(errorMessage).kind : '',
    credits_used: task.creditsUsed ?? null,
    credits_unit: task.creditsUnit,
    created_at: task.createdAt || null,
    started_at: task.startedAt || null,
    finished_at: task.finishedAt || null,
    duration_seconds: task.durationSeconds ?? null,
  };
}

/** Each state of a running task is an event of its own. */
export const progressOutput = (task: Task, reference: string, toFile: ToFile): TaskOutput => ({
  ...taskOutput(task, reference, toFile),
  id: `${task.id}-${task.progress ?? 0}`,
});
