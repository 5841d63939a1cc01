import { createHash, randomUUID } from 'node:crypto';
import { actionsAfter } from './actions.ts';
import type { Operation, TaskRequest } from './operations.ts';
import type { WebhookFields } from './webhook_fields.ts';

export type TaskStatus = 'staged' | 'pending' | 'processing' | 'finished' | 'failed';

/** A task as the stand-in keeps it: what it will give is known from the start, and shown in time. */
export interface StoredTask {
  readonly id: string;
  readonly apiKey: string;
  readonly operation: Operation;
  readonly request: TaskRequest;
  readonly parentId: string;
  readonly webhook: WebhookFields | undefined;
  readonly prompt: string;
  readonly aspectRatio: string;
  readonly processMode: string;
  /** What each picture is drawn from: four for a grid, one for a single image, none for words. */
  readonly pictures: readonly string[];
  readonly actions: readonly string[];
  readonly seed: string;
  readonly message: string;
  readonly createdAt: number;
  /** Milliseconds, like `createdAt`; 0 when unset. */
  startedAt: number;
  endedAt: number;
  status: TaskStatus;
  progress: number;
  /** Why it fails, or `undefined` for a task that finishes. */
  failure: string | undefined;
}

export interface NewTask {
  readonly apiKey: string;
  readonly operation: Operation;
  readonly request: TaskRequest;
  readonly parent: StoredTask | undefined;
  readonly webhook: WebhookFields | undefined;
  readonly failure: string | undefined;
  readonly createdAt: number;
}

/** `finished` and `failed` are for good. */
export function isEnded(status: TaskStatus): boolean {
  return status === 'finished' || status === 'failed';
}

/** A task that has not begun. */
export function newTask({ parent, ...given }: NewTask): StoredTask {
  const { operation, request } = given;
  const id = randomUUID();
  const prompt = (request.prompt?.trim() || parent?.prompt) ?? '';
  const pictures = picturesOf(id, operation, request, parent);
  return {
    ...given,
    id,
    parentId: parent?.id ?? '',
    prompt,
    aspectRatio: (request.aspect_ratio || parent?.aspectRatio) ?? '',
    processMode: request.process_mode || (parent?.processMode ?? modeInPrompt(prompt)),
    pictures,
    actions: actionsAfter(pictures.length, prompt),
    seed: operation.result === 'seed' ? seedOf(parent?.id ?? id) : '',
    message: operation.result === 'description' ? description : '',
    startedAt: 0,
    endedAt: 0,
    status: 'staged',
    progress: 0,
  };
}

function picturesOf(
  id: string,
  operation: Operation,
  request: TaskRequest,
  parent: StoredTask | undefined,
): readonly string[] {
  if (operation.result === 'grid') return [1, 2, 3, 4].map((number) => `${id}-${number}`);
  if (operation.result !== 'single') return [];
  // An upscale shows the picture it was made from, so that a person recognises it.
  const chosen = Number(request.index) || 1;
  return [parent?.pictures[chosen - 1] ?? id];
}

/** Midjourney's flags at the end of a prompt; neither a flag nor a mode means relax. */
function modeInPrompt(prompt: string): string {
  return /--(fast|relax|turbo)\b/.exec(prompt)?.[1] ?? 'relax';
}

function seedOf(id: string): string {
  return String(createHash('sha256').update(id).digest().readUInt32BE(0));
}

const description = [
  '1️⃣ four softly tinted gradients in a two by two arrangement, studio light, 35mm --ar 1:1',
  '2️⃣ an abstract colour field with a pale disc, in the style of a 1970s poster --ar 1:1',
  '3️⃣ minimalist sunrise over a calm sea, pastel palette, risograph print --ar 1:1',
  '4️⃣ a glowing orb behind coloured glass, soft focus, product photograph --ar 1:1',
].join('\n\n');
