import type { FastifyRequest } from 'fastify';
import { connectionId } from '../../delivery/secret.ts';
import type { Settings } from '../settings.ts';
import type { Connections } from '../store/connections.ts';
import type { Scope } from '../store/scope.ts';
import { genuineSecretOf } from './identity.ts';
import { scopeOf } from './scope.ts';

/** The connections whose secret or tokens a request carries; none when it carries none. */
function carried(request: FastifyRequest, settings: Settings): Scope {
  const secret = genuineSecretOf(request);
  if (secret !== undefined) {
    return [connectionId(secret)];
  }
  try {
    return scopeOf(request, settings);
  } catch {
    return [];
  }
}

/**
 * Rate limit key of a request: the first connection whose secret or token it carries, if somebody has
 * introduced it, the operator, or else the sender's IP address. So nobody can use up a connection's
 * limit by knowing only its public id, or have many limits by inventing connections.
 */
export const rateLimitKey =
  (connections: Connections, settings: Settings) =>
  async (request: FastifyRequest): Promise<string> => {
    const scope = carried(request, settings);
    if (scope === 'all') {
      return 'operator';
    }
    const [connection] = scope;
    const usage = connection && (await connections.find(connection).catch(() => undefined));
    return connection !== undefined && usage ? connection : request.ip;
  };
