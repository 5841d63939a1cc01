import type { PlainOutputField } from 'zapier-platform-core';
import type { Operation } from '../midjourney/operations.ts';

/** What can come of a task, besides what every task has. */
type Result =
  | ('pictures' | 'previews' | 'seed' | 'actions')
  | ('description' | 'prompts' | 'final_prompt')
  | ('videos' | 'media');

/** A field, and the result that it belongs to; one without is of every task. */
interface TaskField extends PlainOutputField {
  readonly result?: Result;
}

const numbered = (
  result: Result,
  key: string,
  label: string,
  numbers: readonly number[],
): TaskField[] =>
  numbers.flatMap((number): TaskField[] => [
    { key: `${key}_${number}_url`, label: `${label} ${number} URL`, type: 'string', result },
    { key: `${key}_${number}`, label: `${label} ${number}`, type: 'file', result },
  ]);

const lineItems = (result: Result, key: string, label: string): TaskField[] => [
  { key: `${key}[]number`, label: `${label} Number`, type: 'integer', result },
  { key: `${key}[]url`, label: `${label} URL of Each`, type: 'string', result },
  { key: `${key}[]file`, label: `${label} File of Each`, type: 'file', result },
];

const prompt = (number: number): TaskField => ({
  key: `prompt_${number}`,
  label: `Prompt ${number}`,
  type: 'string',
  result: 'prompts',
});

/** In the order in which the editor shows them. */
const TASK_FIELDS: readonly TaskField[] = [
  { key: 'id', label: 'ID', type: 'string', primary: true },
  { key: 'task_id', label: 'Task ID', type: 'string' },
  { key: 'operation', label: 'Operation', type: 'string' },
  { key: 'service', label: 'Service', type: 'string' },
  { key: 'model', label: 'Model', type: 'string' },
  { key: 'task_type', label: 'Task Type', type: 'string' },
  { key: 'status', label: 'Status', type: 'string' },
  { key: 'succeeded', label: 'Succeeded', type: 'boolean' },
  { key: 'progress', label: 'Progress in Percent', type: 'integer' },
  { key: 'hint', label: 'Hint', type: 'string' },
  { key: 'prompt', label: 'Prompt', type: 'string' },
  { key: 'reference', label: 'Reference', type: 'string' },
  { key: 'image_url', label: 'Image URL', type: 'string', result: 'pictures' },
  { key: 'image', label: 'Image', type: 'file', result: 'pictures' },
  ...numbered('pictures', 'image', 'Image', [1, 2, 3, 4]),
  ...lineItems('pictures', 'images', 'Image'),
  { key: 'thumbnail_markdown', label: 'Thumbnail in Markdown', type: 'string', result: 'pictures' },
  { key: 'preview_url', label: 'Preview URL', type: 'string', result: 'previews' },
  { key: 'preview_urls', label: 'Preview URLs', type: 'string', list: true, result: 'previews' },
  { key: 'video_url', label: 'Video URL', type: 'string', result: 'videos' },
  { key: 'video', label: 'Video', type: 'file', result: 'videos' },
  ...numbered('videos', 'video', 'Video', [2, 3, 4]),
  ...lineItems('videos', 'videos', 'Video'),
  { key: 'audio_url', label: 'Audio URL', type: 'string', result: 'media' },
  { key: 'audio', label: 'Audio', type: 'file', result: 'media' },
  ...numbered('media', 'audio', 'Audio', [2, 3, 4]),
  ...lineItems('media', 'audios', 'Audio'),
  { key: 'model_3d_url', label: '3D Model URL', type: 'string', result: 'media' },
  { key: 'model_3d', label: '3D Model', type: 'file', result: 'media' },
  { key: 'output', label: 'Output as JSON', type: 'string', result: 'media' },
  { key: 'seed', label: 'Seed', type: 'string', result: 'seed' },
  { key: 'description', label: 'Description', type: 'string', result: 'description' },
  { key: 'final_prompt', label: 'Final Prompt', type: 'string', result: 'final_prompt' },
  ...[1, 2, 3, 4].map(prompt),
  { key: 'prompts[]number', label: 'Prompt Number', type: 'integer', result: 'prompts' },
  { key: 'prompts[]text', label: 'Prompt Text', type: 'string', result: 'prompts' },
  {
    key: 'actions',
    label: 'Possible Next Actions',
    type: 'string',
    list: true,
    result: 'actions',
  },
  { key: 'error_message', label: 'Error Message', type: 'string' },
  { key: 'error_kind', label: 'Error Kind', type: 'string' },
  { key: 'credits_used', label: 'Credits Used', type: 'number' },
  { key: 'credits_unit', label: 'Unit of Credits Used', type: 'string' },
  { key: 'created_at', label: 'Created At', type: 'datetime' },
  { key: 'started_at', label: 'Started At', type: 'datetime' },
  { key: 'finished_at', label: 'Finished At', type: 'datetime' },
  { key: 'duration_seconds', label: 'Duration in Seconds', type: 'number' },
];

/** Made once: steps share them, and the app has to start quickly. */
const PLAIN = TASK_FIELDS.map(({ result, ...field }) => ({ result, field }));

/** Labels and types of the keys of every task. */
export const OUTPUT_FIELDS: PlainOutputField[] = PLAIN.map(({ field }) => field);

const OF_PICTURES: readonly Result[] = ['pictures', 'previews', 'seed', 'actions'];

const OF_VIDEOS: readonly Result[] = ['videos', 'seed', 'actions'];

/** Tools also give text, and a film its sound. */
const OF_MODEL: readonly Result[] = ['pictures', 'videos', 'media', 'description'];

/** Operations whose tasks end with something else than pictures. */
const RESULTS: { readonly [Key in Operation]?: readonly Result[] } = {
  describe: ['description', 'prompts'],
  shorten: ['prompts', 'final_prompt'],
  seed: ['seed'],
  video: OF_VIDEOS,
  extend_video: OF_VIDEOS,
  upscale_video: OF_VIDEOS,
  create_video: OF_MODEL,
  create_image: OF_MODEL,
  create_audio: OF_MODEL,
  create_3d_model: OF_MODEL,
  edit_media: OF_MODEL,
  run_task: OF_MODEL,
};

const made = new Map<readonly Result[], PlainOutputField[]>();

/** The fields of an operation's tasks: without those that nothing can fill. */
export function fieldsOf(operation: Operation): PlainOutputField[] {
  const results = RESULTS[operation] ?? OF_PICTURES;
  const fields =
    made.get(results) ??
    PLAIN.flatMap(({ result, field }) => (!result || results.includes(result) ? field : []));
  made.set(results, fields);
  return fields;
}

/** The same fields for tasks that are line items of a step. */
export const asLineItems = (fields: readonly PlainOutputField[]): PlainOutputField[] =>
  fields.map(({ primary: _, ...field }) => ({
    ...field,
    key: `tasks[]${field.key}`,
    label: `Tasks: ${field.label}`,
  }));

/** The keys of every task, as line items. */
export const TASK_LINE_ITEMS: PlainOutputField[] = asLineItems(OUTPUT_FIELDS);
