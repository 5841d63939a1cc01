import type { PlainOutputField } from 'zapier-platform-core';

/** Further films and songs have keys of their own; `videos` and `audios` have all. */
const numberedFields = (key: string, label: string, number: number): PlainOutputField[] => [
  { key: `${key}_${number}_url`, label: `${label} ${number} URL`, type: 'string' },
  { key: `${key}_${number}`, label: `${label} ${number}`, type: 'file' },
];

const mediaFields = (key: string, label: string): PlainOutputField[] => [
  { key: `${key}[]number`, label: `${label} Number`, type: 'integer' },
  { key: `${key}[]url`, label: `${label} URL of Each`, type: 'string' },
  { key: `${key}[]file`, label: `${label} File of Each`, type: 'file' },
];

/** Labels and types of the keys of every task. */
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
  ...[2, 3, 4].flatMap((number) => numberedFields('video', 'Video', number)),
  ...mediaFields('videos', 'Video'),
  { key: 'audio_url', label: 'Audio URL', type: 'string' },
  { key: 'audio', label: 'Audio', type: 'file' },
  ...numberedFields('audio', 'Audio', 2),
  ...mediaFields('audios', 'Audio'),
  { key: 'model_3d_url', label: '3D Model URL', type: 'string' },
  { key: 'model_3d', label: '3D Model', type: 'file' },
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
