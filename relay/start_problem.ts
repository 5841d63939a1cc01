import { OtherSchema } from './check_schema.ts';
import { FolderInUse } from './lock_folder.ts';
import type { Settings } from './settings.ts';

/** A text property of a Node.js system error, or '' when it has none. */
const systemErrorField = (error: Error, key: 'code' | 'syscall' | 'hostname'): string => {
  const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value;
  return typeof value === 'string' ? value : '';
};

/** Why the relay cannot listen, or undefined when the error has another cause. */
function listenProblem(error: Error, { host, port }: Settings): string | undefined {
  const code = systemErrorField(error, 'code');
  if (
    systemErrorField(error, 'syscall') === 'getaddrinfo' &&
    systemErrorField(error, 'hostname') === host
  ) {
    return `HOST: ${host} is no address of this machine (${code}). Set HOST to 127.0.0.1, or to 0.0.0.0 for all of its addresses.`;
  }
  if (systemErrorField(error, 'syscall') !== 'listen') {
    return undefined;
  }
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: another program already listens on port ${port}. Stop it or set PORT to another number.`;
    case 'EACCES':
      return `PORT: this user may not listen on port ${port}. Set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
      return `HOST: this machine has no address ${host}. Set HOST to 127.0.0.1, or to 0.0.0.0 for all of its addresses.`;
    default:
      return `HOST, PORT: the relay cannot listen on ${host}, port ${port} (${code}).`;
  }
}

/**
 * Why a relay did not start and what to do, beginning with the setting concerned. Never quotes the
 * error's own message: those of databases may hold addresses and passwords.
 */
export function startProblem(error: unknown, settings: Settings): string {
  if (error instanceof FolderInUse) {
    return error.message;
  }
  if (error instanceof OtherSchema) {
    return `${settings.databaseUrl ? 'DATABASE_URL' : 'RELAY_DATA'}: ${error.message}`;
  }
  const problem = error instanceof Error ? listenProblem(error, settings) : undefined;
  if (problem) {
    return problem;
  }
  const code = error instanceof Error ? systemErrorField(error, 'code') : '';
  const codeSuffix = code && ` (${code})`;
  return settings.databaseUrl
    ? `DATABASE_URL: the relay cannot use this database${codeSuffix}. Check that it is running, that user and password are correct, and that the user may create schemas and tables.`
    : `RELAY_DATA: the relay cannot keep its data in the folder ${settings.dataFolder}${codeSuffix}. Check that the folder is writable, and that only a relay has written to it.`;
}
