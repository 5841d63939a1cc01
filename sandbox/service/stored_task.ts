import { createHash, randomUUID } from 'node:crypto';
import type { TaskFormat } from './task_format.ts';
import type { TaskKind, TaskRequest } from './task_request.ts';
import type { WebhookFields } from './webhook_fields.ts';

export type TaskStatus = 'staged' | 'pending' | 'processing' | 'finished' | 'failed';

/** A task as the stand-in keeps it. Its results are fixed when it is created and shown at its end. */
export interface StoredTask {
  readonly id: string;
  readonly apiKey: string;
  /** That of the API it was created through, which is also that of its webhooks. */
  readonly format: TaskFormat;
  /** `midjourney`, or any other of the unified API. */
  readonly model: string;
  readonly operation: TaskKind;
  readonly request: TaskRequest;
  /** The request as the unified API repeats it. */
  readonly input: Readonly<Record<string, unknown>>;
  /** `public` (pay as you go) or `private` (host your account). */
  readonly serviceMode: string;
  readonly parentId: string;
  readonly webhook: WebhookFields | undefined;
  readonly prompt: string;
  readonly aspectRatio: string;
  readonly processMode: string;
  /** What each picture is drawn from: four for a grid, one for a single image, none for words, as many as asked for of another model. */
  readonly pictures: readonly string[];
  readonly seed: string;
  /** The words that describe a picture. */
  readonly message: string;
  /** Credits that it takes, and gives back if it fails; 0 where the stand-in counts none. */
  readonly cost: number;
  readonly createdAt: number;
  /** Milliseconds, like `createdAt`; 0 when unset. */
  startedAt: number;
  endedAt: number;
  status: TaskStatus;
  progress: number;
  /** Why it fails, or `undefined` for a task that finishes. */
  failure: string | undefined;
  /** What became of the webhook that reports its end. */
  webhookStatus: 'pending' | 'delivered' | 'failed';
}

export interface NewTask {
  readonly apiKey: string;
  readonly format: TaskFormat;
  readonly model: string;
  readonly operation: TaskKind;
  readonly request: TaskRequest;
  /** Other than the request. */
  readonly input?: Readonly<Record<string, unknown>>;
  readonly serviceMode?: string;
  readonly cost?: number;
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
export function newTask({ parent, input, serviceMode, cost, ...given }: NewTask): StoredTask {
  const { operation, request } = given;
  const id = randomUUID();
  const prompt = (request.prompt?.trim() || parent?.prompt) ?? '';
  return {
    ...given,
    id,
    input: input ?? { ...request },
    serviceMode: serviceMode || 'public',
    cost: cost ?? 0,
    parentId: parent?.id ?? '',
    prompt,
    aspectRatio: (request.aspect_ratio || parent?.aspectRatio) ?? '',
    processMode: request.process_mode || (parent?.processMode ?? modeInPrompt(prompt)),
    pictures: picturesOf(id, operation, request, parent),
    seed: seedOf(operation.result === 'seed' ? (parent?.id ?? id) : id),
    message: operation.result === 'description' ? description : '',
    startedAt: 0,
    endedAt: 0,
    status: 'staged',
    progress: 0,
    webhookStatus: 'pending',
  };
}

function picturesOf(
  id: string,
  operation: TaskKind,
  request: TaskRequest,
  parent: StoredTask | undefined,
): readonly string[] {
  switch (operation.result) {
    case 'grid':
      return [1, 2, 3, 4].map((number) => `${id}-${number}`);
    case 'single': {
      // An upscale shows the picture it was made from, so that a person recognises it.
      const chosen = Number(request.index) || 1;
      return [parent?.pictures[chosen - 1] ?? id];
    }
    case 'media':
      return Array.from({ length: operation.count ?? 1 }, (_, place) =>
        place ? `${id}-${place + 1}` : id,
      );
    default:
      return [];
  }
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
