import * as zod from 'zod/mini';
import type { TaskKind, TaskRequest } from '../service/task_request.ts';
import { outpaintAction, panAction, upscaleAction, variationAction } from './actions.ts';
import * as fields from './request_fields.ts';

export interface Operation extends TaskKind {
  /** Reads a body: refuses what is missing or wrong, drops what the API does not know. */
  readonly body: zod.ZodMiniType<TaskRequest>;
  /** What the parent must offer; `undefined` when any finished parent will do. */
  readonly action: (request: TaskRequest) => string | undefined;
  /** False where the vendor's list of webhook-capable endpoints leaves the operation out. */
  readonly webhooks: boolean;
}

const noAction = () => undefined;
const fromImagine = { action: noAction, result: 'grid', pace: 1, webhooks: true } as const;
const followUp = { result: 'grid', pace: 1, webhooks: true } as const;

/** Every operation that starts a task. */
export const operations: readonly Operation[] = [
  {
    ...fromImagine,
    name: 'imagine',
    body: zod.object({
      ...fields.prompt,
      ...fields.aspectRatio,
      ...fields.bot,
      ...fields.skipPromptCheck,
    }),
  },
  {
    ...followUp,
    name: 'reroll',
    body: zod.object({ ...fields.origin, ...fields.remix, ...fields.aspectRatio }),
    action: () => 'reroll',
  },
  {
    ...followUp,
    name: 'upscale',
    body: zod.object({
      ...fields.origin,
      index: fields.oneOf('1', '2', '3', '4', 'light', 'beta', '2x', '4x', 'subtle', 'creative'),
    }),
    action: (request) => upscaleAction(request.index ?? ''),
    result: 'single',
    pace: 0.5,
  },
  {
    ...followUp,
    name: 'variation',
    body: zod.object({
      ...fields.origin,
      index: fields.oneOf('1', '2', '3', '4', 'high_variation', 'low_variation'),
      ...fields.remix,
      ...fields.aspectRatio,
    }),
    action: (request) => variationAction(request.index ?? ''),
  },
  {
    ...followUp,
    name: 'outpaint',
    body: zod.object({
      ...fields.origin,
      ...fields.zoomRatio,
      ...fields.remix,
      ...fields.aspectRatio,
    }),
    action: (request) => outpaintAction(request.zoom_ratio ?? ''),
  },
  {
    ...followUp,
    name: 'pan',
    body: zod.object({
      ...fields.origin,
      direction: fields.oneOf('up', 'down', 'left', 'right'),
      ...fields.remix,
    }),
    action: (request) => panAction(request.direction ?? ''),
  },
  {
    ...followUp,
    name: 'inpaint',
    body: zod.object({ ...fields.origin, ...fields.mask, ...fields.remix }),
    action: () => 'inpaint',
    webhooks: false,
  },
  {
    ...fromImagine,
    name: 'blend',
    body: zod.object({ ...fields.imageUrls, ...fields.dimension, ...fields.bot }),
  },
  {
    ...fromImagine,
    name: 'describe',
    body: zod.object({ ...fields.imageUrl, ...fields.bot }),
    result: 'description',
    pace: 0.5,
  },
  {
    ...followUp,
    name: 'seed',
    // The parent is called task_id here, and only here.
    body: zod.object(fields.task),
    action: noAction,
    result: 'seed',
    pace: 0.5,
  },
];
