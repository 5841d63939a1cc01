import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import * as zod from 'zod';

/** What every refusal looks like. */
export const errorBody = zod.object({
  error: zod.object({
    code: zod.string().describe('A word for programs.'),
    message: zod.string().describe('What happened and what to do next.'),
  }),
});

/** A refusal of a request, in words for whoever made it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const CODES: Readonly<Record<number, { code: string; message: string }>> = {
  400: { code: 'invalid', message: 'The request could not be read.' },
  413: { code: 'too_large', message: 'The body is larger than 10 MB.' },
  415: { code: 'unsupported', message: 'Send the body as application/json.' },
  429: { code: 'too_many', message: 'Too many requests. Wait a second, then try again.' },
};

/** Which part of the request the schema refused, and why. */
const problems = (error: FastifyError): string =>
  (error.validation ?? [])
    .map(({ instancePath, message }) =>
      [instancePath.replaceAll('/', ' ').trim(), message].filter(Boolean).join(': '),
    )
    .join(' ');

/** Every failure as the same small body; nothing of ours shows in it. */
export function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Refusal) {
    return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    return reply.code(400).send({ error: { code: 'invalid', message: problems(error) } });
  }
  const known = CODES[error.statusCode ?? 500];
  if (known) {
    return reply.code(error.statusCode ?? 400).send({ error: known });
  }
  request.log.error({ failure: error.name, code: error.code }, 'A request failed.');
  return reply.code(500).send({
    error: { code: 'failed', message: 'The relay could not do this now. Try again in a minute.' },
  });
}
