import type { PlainOutputField } from 'zapier-platform-core';
import { cleanText, failureOf } from '../midjourney/failure.ts';
import type { OtherMedia } from '../midjourney/media_file.ts';
import type { Task } from '../midjourney/task.ts';
import { type FlatOutput, flattened } from './flat_output.ts';

/** A picture of a task, numbered from 1 as Midjourney does: top left, top right, bottom left, bottom right. */
export interface OutputImage {
  readonly number: number;
  readonly url: string;
  /** A pointer that Zapier turns into the file when a step needs it. */
  readonly file: string;
}

/** Which file of a task: an image's number, 0 for the grid or the single image, or what else. */
export type FilePlace = number | OtherMedia;

/** Makes the pointer. */
export type ToFile = (url: string, place: FilePlace) => string;

/**
 * A task as every step gives it to Zapier. The keys are a contract and always all there, so that a
 * field mapped once stays valid; what the service did not send is '', [] or null, never invented.
 * Only what another model than Midjourney gave comes under further keys, `output__…`.
 */
export type TaskOutput = ReturnType<typeof knownKeys> & FlatOutput;

/** @param reference what the user wanted back; the service itself does not know it */
export const taskOutput = (task: Task, reference: string, toFile: ToFile): TaskOutput => ({
  ...flattened(task.output ?? {}),
  ...knownKeys(task, reference, toFile),
});

function knownKeys(task: Task, reference: string, toFile: ToFile) {
  const errorMessage = cleanText(task.errorMessage);
  const file = task.imageUrl && toFile(task.imageUrl, 0);
  const images: OutputImage[] =
    task.imageUrls.length > 0 || task.imageUrl === ''
      ? task.imageUrls.map((url, index) => ({
          number: index + 1,
          url,
          file: toFile(url, index + 1),
        }))
      : [{ number: 1, url: task.imageUrl, file }];
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
    image_url: task.imageUrl,
    image: file,
    images,
    preview_url: task.previewUrls.at(-1) ?? '',
    preview_urls: [...task.previewUrls],
    video_url: task.videoUrl,
    video: task.videoUrl && toFile(task.videoUrl, 'video'),
    audio_url: task.audioUrl,
    audio: task.audioUrl && toFile(task.audioUrl, 'audio'),
    output: task.output ? JSON.stringify(task.output) : '',
    seed: task.seed,
    description: task.description,
    actions: [...task.actions],
    error_message: errorMessage,
    error_kind: task.status === 'failed' ? failureOf(errorMessage).kind : '',
    created_at: task.createdAt,
    started_at: task.startedAt,
    finished_at: task.finishedAt,
    duration_seconds: task.durationSeconds ?? null,
  };
}

/** Each state of a running task is an event of its own. */
export const progressOutput = (task: Task, reference: string, toFile: ToFile): TaskOutput => ({
  ...taskOutput(task, reference, toFile),
  id: `${task.id}-${task.progress ?? 0}`,
});

/** Labels and types of the keys above. */
export const OUTPUT_FIELDS: PlainOutputField[] = [
  { key: 'id', label: 'ID', type: 'string', primary: true },
  { key: 'task_id', label: 'Task ID', type: 'string' },
  { key: 'operation', label: 'Operation', type: 'string' },
  { key: 'service', label: 'Service', type: 'string' },
  { key: 'model', label: 'Model', type: 'string' },
  { key: 'task_type', label: 'Task Type', type: 'string' },
  { key: 'status', label: 'Status', type: 'string' },
  { key: 'succeeded', label: 'Succeeded', type: 'boolean' },
  { key: 'progress', label: 'Progress in Percent', type: 'integer' },
  { key: 'prompt', label: 'Prompt', type: 'string' },
  { key: 'reference', label: 'Reference', type: 'string' },
  { key: 'image_url', label: 'Image URL', type: 'string' },
  { key: 'image', label: 'Image', type: 'file' },
  { key: 'images[]number', label: 'Image Number', type: 'integer' },
  { key: 'images[]url', label: 'Image URL of Each', type: 'string' },
  { key: 'images[]file', label: 'Image File of Each', type: 'file' },
  { key: 'preview_url', label: 'Preview URL', type: 'string' },
  { key: 'preview_urls', label: 'Preview URLs', type: 'string', list: true },
  { key: 'video_url', label: 'Video URL', type: 'string' },
  { key: 'video', label: 'Video', type: 'file' },
  { key: 'audio_url', label: 'Audio URL', type: 'string' },
  { key: 'audio', label: 'Audio', type: 'file' },
  { key: 'output', label: 'Output as JSON', type: 'string' },
  { key: 'seed', label: 'Seed', type: 'string' },
  { key: 'description', label: 'Description', type: 'string' },
  { key: 'actions', label: 'Possible Next Actions', type: 'string', list: true },
  { key: 'error_message', label: 'Error Message', type: 'string' },
  { key: 'error_kind', label: 'Error Kind', type: 'string' },
  { key: 'created_at', label: 'Created At', type: 'datetime' },
  { key: 'started_at', label: 'Started At', type: 'datetime' },
  { key: 'finished_at', label: 'Finished At', type: 'datetime' },
  { key: 'duration_seconds', label: 'Duration in Seconds', type: 'number' },
];

/** The same keys for tasks that are line items of a step. */
export const TASK_LINE_ITEMS: PlainOutputField[] = OUTPUT_FIELDS.map(
  ({ primary: _, ...field }) => ({
    ...field,
    key: `tasks[]${field.key}`,
    label: `Tasks: ${field.label}`,
  }),
);
