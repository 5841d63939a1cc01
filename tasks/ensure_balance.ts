import type { ZObject } from 'zapier-platform-core';
import { inputError } from '../fields/checked_input.ts';
import { readBalance } from '../services/account.ts';
import type { Connection } from '../services/connection.ts';

/**
 * Stops a step before it starts anything when the account has less than the user wants left.
 * @param least in credits; undefined asks nothing
 * @param end epoch milliseconds
 */
export async function ensureBalance(
  z: ZObject,
  connection: Connection,
  least: number | undefined,
  end: number,
): Promise<void> {
  if (least === undefined) {
    return;
  }
  const { label } = connection.service;
  const { credits } = await readBalance(z, connection, end);
  if (credits === undefined) {
    throw inputError(z, [
      `Minimum Balance: ${label} does not say how many credits the account has left. Leave it empty.`,
    ]);
  }
  if (credits < least) {
    throw inputError(z, [
      `Minimum Balance: The account at ${label} has ${credits} credits left, less than ${least}. Top it up, or lower Minimum Balance.`,
    ]);
  }
}
