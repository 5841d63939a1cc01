import * as zod from 'zod';

const value = zod.union([zod.string(), zod.number(), zod.boolean()]);
const sentence = zod.string().regex(/^[A-Z0-9"`@[].*[.)`]$/s);

const field = zod.strictObject({
  key: zod.string().regex(/^[a-zA-Z]\w*(\.\w+)*$/),
  type: zod.enum(['text', 'string', 'integer', 'number', 'boolean', 'file', 'points']),
  label: zod.string().min(1).max(60).optional(),
  help: sentence.max(400).optional(),
  list: zod.literal(true).optional(),
  required: zod.literal(true).optional(),
  min: zod.number().optional(),
  max: zod.number().optional(),
  pattern: zod.string().optional(),
  max_length: zod.int().positive().optional(),
  min_items: zod.int().positive().optional(),
  max_items: zod.int().positive().optional(),
  choices: zod
    .array(zod.union([zod.string(), zod.number()]))
    .min(1)
    .optional(),
  default: value.optional(),
  when: zod
    .record(zod.string(), zod.union([zod.boolean(), zod.array(zod.string()).min(1)]))
    .optional(),
  item: zod.string().optional(),
  get children() {
    return zod.array(field).min(1).optional();
  },
  unsure: sentence.optional(),
});

const row = zod.strictObject({
  models: zod.array(zod.string()).min(1),
  tasks: zod.record(zod.string().regex(/^[\w./-]+(:[a-z_0-9]+)?$/), zod.string().min(1)),
  kind: zod.enum(['image', 'video', 'audio', '3d', 'edit']),
  gives: zod
    .array(zod.enum(['image_url', 'video_url', 'audio_url', 'model_3d_url', 'description']))
    .min(1),
  params: zod.string().optional(),
  needsParams: zod.literal(true).optional(),
  fixed: zod.record(zod.string(), value).optional(),
  either: zod.array(zod.array(zod.string()).min(2)).optional(),
  cost: sentence.optional(),
  note: sentence.optional(),
  unsure: sentence.optional(),
  fields: zod.array(field),
});

/** A catalogue of models, as its file has it. */
export const catalogueSchema = zod.strictObject({
  models: zod.record(zod.string(), zod.string().min(1)),
  rows: zod.array(row),
});

export const fieldWordsSchema = zod.record(
  zod.string(),
  zod.strictObject({ label: zod.string().min(1).max(60), help: sentence.max(400) }),
);
