import type * as zod from 'zod/mini';
import { Refusal } from '../service/refusal.ts';
import type { Answer } from '../service/server.ts';
import { ZOD_WORDS } from '../service/zod_words.ts';

/** A create whose refusal says more than its message. */
export class DetailedRefusal extends Refusal {
  readonly details: object;

  constructor(statusCode: number, message: string, details: object) {
    super(statusCode, message, 'create');
    this.details = details;
  }
}

/** How APIFRAME words a refusal, of a create and of any other call. */
export function apiframeRefusal(refusal: Refusal): Answer {
  const { statusCode, message } = refusal;
  const details = refusal instanceof DetailedRefusal ? refusal.details : {};
  return { status: statusCode, body: { error: message, ...details } };
}

/** 400 with what is wrong, by the path of each field, `` for the whole. */
export const invalid = (details: Readonly<Record<string, readonly string[]>>): DetailedRefusal =>
  new DetailedRefusal(400, 'Validation failed', { details });

/** What a body or a query holds; APIFRAME was seen to use zod's own words. @throws Refusal */
export function validated<Read>(schema: zod.ZodMiniType<Read>, sent: unknown): Read {
  const read = schema.safeParse(sent, ZOD_WORDS);
  if (read.success) {
    return read.data;
  }
  const byPath = Object.groupBy(read.error.issues, ({ path }) => path.join('.'));
  throw invalid(
    Object.fromEntries(
      Object.entries(byPath).map(([path, issues = []]) => [
        path,
        issues.map(({ message }) => message),
      ]),
    ),
  );
}
