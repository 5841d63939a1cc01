import type { FastifyRequest } from 'fastify';
import { callbackSecretOf, connectionId, isSameSecret } from '../../delivery/secret.ts';
import type { Settings } from '../settings.ts';
import type { Scope } from '../store/scope.ts';
import { Refusal } from './errors.ts';

/** As many clients as one page shows side by side. */
const TOKENS = /^Bearer ([\w-]{43}(?:,[\w-]{43}){0,49})$/;

const isOperator = ({ headers }: FastifyRequest, { operatorToken }: Settings): boolean => {
  const sent = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  return operatorToken !== undefined && isSameSecret(sent, operatorToken);
};

/**
 * Whose tasks a request may see: those of the connections whose management tokens it carries, or all
 * with the operator's token.
 * @throws Refusal
 */
export function scopeOf(request: FastifyRequest, settings: Settings): Scope {
  if (isOperator(request, settings)) {
    return 'all';
  }
  const tokens = TOKENS.exec(request.headers.authorization ?? '')?.[1];
  if (!tokens) {
    throw new Refusal(
      401,
      'unauthorized',
      'Send the management token of a connection as "Authorization: Bearer …", several with commas between them, or the operator token of this relay.',
    );
  }
  return [...new Set(tokens.split(',').map((token) => connectionId(callbackSecretOf(token))))];
}

/** @throws Refusal unless the request carries the operator's token */
export function ensureOperator(request: FastifyRequest, settings: Settings): void {
  if (!isOperator(request, settings)) {
    throw new Refusal(
      403,
      'operator',
      'Only whoever runs this relay can do this, with RELAY_OPERATOR_TOKEN.',
    );
  }
}
