import type { ZObject } from 'zapier-platform-core';
import { call } from './call.ts';
import type { Connection } from './connection.ts';
import type { Account, Balance } from './service.ts';

/** The account behind the key, without its balance where that takes a call of its own. */
export const readAccountOf = async (
  z: ZObject,
  connection: Connection,
  options: { connecting?: boolean; end?: number } = {},
): Promise<Account> => {
  const { service } = connection;
  return service.readAccount(await call(z, connection, service.accountRequest(), options));
};

/** What the account has left, with one call. @param end epoch milliseconds */
export async function readBalance(
  z: ZObject,
  connection: Connection,
  end: number,
): Promise<Balance> {
  const { balance } = connection.service;
  return balance
    ? balance.read(await call(z, connection, balance.request(), { end }))
    : readAccountOf(z, connection, { end });
}

/** How many tasks the account is working on; undefined where the service does not say. */
export async function countActiveTasks(
  z: ZObject,
  connection: Connection,
  end: number,
): Promise<number | undefined> {
  const { activeTasks } = connection.service;
  const body =
    activeTasks &&
    (await call(z, connection, activeTasks.request(), { end, mayBeMissing: true }).catch(
      () => undefined,
    ));
  return body === undefined ? undefined : activeTasks?.read(body);
}
