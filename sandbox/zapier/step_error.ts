import * as zod from 'zod/mini';

/** The error of a failed invocation, as the platform shows it. */
export class SandboxStepError extends Error {
  override readonly name = 'SandboxStepError';
  /** The name of the error thrown: `HaltedError`, `AppError`, `ThrottledError`, `Error` … */
  readonly kind: string;
  /** What the user reads. */
  readonly shown: string;
  /** Seconds until the platform tries again; only a ThrottledError has them. */
  readonly delay: number | undefined;

  constructor(kind: string, shown: string, options: { delay?: number; cause?: unknown } = {}) {
    super(shown, { cause: options.cause });
    this.kind = kind;
    this.shown = shown;
    this.delay = options.delay;
  }
}

// Core packs these errors' details into the message as JSON (src/errors.js).
const packed = new Set(['AppError', 'ResponseError', 'ThrottledError']);
const thrownError = zod.object({ name: zod.string(), message: zod.string() });
const details = zod.object({
  message: zod.optional(zod.string()),
  content: zod.nullish(zod.string()),
  delay: zod.nullish(zod.number()),
});

function unpacked(kind: string, message: string): zod.infer<typeof details> {
  if (!packed.has(kind)) {
    return {};
  }
  try {
    return zod.parse(details, JSON.parse(message));
  } catch {
    return {};
  }
}

/** Turns whatever an app threw into a SandboxStepError; the original is its `cause`. */
export function stepError(thrown: unknown): SandboxStepError {
  if (thrown instanceof SandboxStepError) {
    return thrown;
  }
  // Not `instanceof Error`: under jest an error of Node itself belongs to another realm.
  const error = thrownError.safeParse(thrown);
  if (!error.success) {
    return new SandboxStepError('Error', String(thrown), { cause: thrown });
  }
  const { name, message } = error.data;
  const detail = unpacked(name, message);
  const shown = detail.message ?? detail.content ?? message;
  const delay = typeof detail.delay === 'number' ? { delay: detail.delay } : {};
  return new SandboxStepError(name, shown, { ...delay, cause: thrown });
}
