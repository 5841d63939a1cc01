import { FolderInUse } from './hold_folder.ts';
import type { Settings } from './settings.ts';

/** Of an error of the system; a text that is not there is empty. */
const textOf = (error: Error, key: 'code' | 'syscall' | 'hostname'): string => {
  const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value;
  return typeof value === 'string' ? value : '';
};

/** Why it cannot listen; undefined when that was not it. */
function listenProblem(error: Error, { host, port }: Settings): string | undefined {
  const code = textOf(error, 'code');
  if (textOf(error, 'syscall') === 'getaddrinfo' && textOf(error, 'hostname') === host) {
    return `HOST: ${host} is no address of this machine (${code}). Set HOST to 127.0.0.1, or to 0.0.0.0 for all of its addresses.`;
  }
  if (textOf(error, 'syscall') !== 'listen') {
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
 * Why a relay did not start and what to do, named by the setting that decides it. Without what
 * errors of databases like to quote: addresses and passwords.
 */
export function startProblem(error: unknown, settings: Settings): string {
  if (error instanceof FolderInUse) {
    return error.message;
  }
  const problem = error instanceof Error ? listenProblem(error, settings) : undefined;
  if (problem) {
    return problem;
  }
  const code = error instanceof Error ? textOf(error, 'code') : '';
  const why = code && ` (${code})`;
  return settings.databaseUrl
    ? `DATABASE_URL: the relay cannot use this database${why}. Check that it is up, that user and password are right, and that the user may create schemas and tables.`
    : `RELAY_DATA: the relay cannot keep its data in the folder ${settings.dataFolder}${why}. Check that it can be written, and that nothing but a relay wrote to it.`;
}
