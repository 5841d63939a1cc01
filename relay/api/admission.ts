import type { FastifyReply, FastifyRequest } from 'fastify';
import { connectionId } from '../../delivery/secret.ts';
import type { Connections, Usage } from '../store/connections.ts';
import { createBudget } from './budget.ts';
import { Refusal } from './errors.ts';
import { genuineSecretOf } from './identity.ts';
import type { Quotas } from './quotas.ts';

export const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Nearly all callbacks are smaller; they do not wait for those that are not. */
export const SMALL_BODY_BYTES = 64 * 1024;

/** Bodies that are being read, small and large ones each: one in memory takes several times its size. */
const BODIES_BYTES = 32 * 1024 * 1024;

/** How long a body may take to be sent. */
const SLOWEST_MILLISECONDS = 15_000;

/** … and while another waits for the room; ten megabytes take less on a line that the relay is worth having on. */
const PATIENCE_MILLISECONDS = 3_000;

/** How many bytes a body is going to have, as far as it says so. */
export const announcedBytes = ({ headers }: FastifyRequest): number =>
  Math.min(Number(headers['content-length'] ?? MAX_BODY_BYTES), MAX_BODY_BYTES);

/**
 * Who may send a callback now. Asked before the body is read, so that strangers cost nothing.
 * @returns a function that throws a Refusal, or keeps room for the body until it is answered, and
 * tells what the connection uses
 */
export function createAdmission(quotas: Quotas, connections: Connections) {
  const budgetWith = (share: number) =>
    createBudget(BODIES_BYTES, { share, patienceMilliseconds: PATIENCE_MILLISECONDS });
  const smallBodies = budgetWith(BODIES_BYTES / 8);
  const largeBodies = budgetWith(MAX_BODY_BYTES);

  function takeRoom(request: FastifyRequest, reply: FastifyReply, connection: string): void {
    const bytes = announcedBytes(request);
    const budget = bytes <= SMALL_BODY_BYTES ? smallBodies : largeBodies;
    const giveBack = budget.take(connection, bytes, () => {
      if (!request.raw.complete) {
        request.raw.destroy();
      }
      return !request.raw.complete;
    });
    if (!giveBack) {
      throw new Refusal(
        429,
        'too_many_bodies',
        'The relay is reading as much as it can at a time. Send it again in a few seconds.',
        5,
      );
    }
    // One that is sent so slowly keeps the room from others.
    const slow = setTimeout(() => request.raw.destroy(), SLOWEST_MILLISECONDS);
    request.raw.once('end', () => clearTimeout(slow));
    const end = () => {
      clearTimeout(slow);
      giveBack();
    };
    if (reply.raw.closed || reply.raw.destroyed) {
      end();
    } else {
      reply.raw.once('close', end);
    }
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<Usage> => {
    const secret = genuineSecretOf(request);
    if (secret === undefined) {
      throw new Refusal(401, 'secret', 'The secret does not belong to this connection.');
    }
    const connection = connectionId(secret);
    const usage = await connections.find(connection);
    if (!usage) {
      throw new Refusal(
        401,
        'unknown_connection',
        'Nobody has introduced this connection. Switch a Zap of it on, or run one of its steps.',
      );
    }
    try {
      quotas.ensureRoom(connection, usage, announcedBytes(request));
    } catch (reason) {
      if (reason instanceof Refusal) {
        void connections.noteOverQuota(connection, usage, reason.code);
      }
      throw reason;
    }
    takeRoom(request, reply, connection);
    return usage;
  };
}
