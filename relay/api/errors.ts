import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import * as zod from 'zod';
import { isDataError } from '../database.ts';

/** The body of every error response. */
export const errorBody = zod.object({
  error: zod.object({
    code: zod.string().describe('Machine-readable code.'),
    message: zod.string().describe('What happened and what to do next.'),
  }),
});

/** Refuses a request; the message goes to the client. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** What stands at no path. */
export const NOT_FOUND = {
  code: 'not_found',
  message: 'There is nothing at this path. The API is described at /docs.',
};

const CODES: Readonly<Record<number, { code: string; message: string }>> = {
  404: NOT_FOUND,
  400: { code: 'invalid', message: 'The request has a value that cannot be used.' },
  413: { code: 'too_large', message: 'The body is larger than 10 MB.' },
  415: { code: 'unsupported', message: 'Send the body as application/json.' },
  429: { code: 'too_many', message: 'Too many requests. Wait a second, then try again.' },
};

/** Which parts of the request are invalid, and why. */
const problems = (error: FastifyError): string =>
  (error.validation ?? [])
    .map(({ instancePath, message }) =>
      [instancePath.replaceAll('/', ' ').trim(), message].filter(Boolean).join(': '),
    )
    .join(' ');

/** Answers every error in the same format, without internal details. */
export function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Refusal) {
    if (error.retryAfter !== undefined) {
      reply.header('retry-after', error.retryAfter);
    }
    return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    return reply.code(400).send({ error: { code: 'invalid', message: problems(error) } });
  }
  // Such as a day that no calendar has.
  const status = error.statusCode ?? (isDataError(error) ? 400 : 500);
  // A path that leads out of the folder of the documentation, which the server of files forbids.
  const answered = status === 403 ? 404 : status;
  const known = CODES[answered];
  if (known) {
    return reply.code(answered).send({ error: known });
  }
  request.log.error({ failure: error.name, code: error.code }, 'A request failed.');
  return reply.code(500).send({
    error: { code: 'failed', message: 'The relay could not do this now. Try again in a minute.' },
  });
}
