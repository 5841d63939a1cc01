import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A program of this project, running in its own process. */
export interface Program {
  /** The URL that it printed when it was ready. */
  readonly address: string;
  /** Megabytes that it has in memory now; NaN where the system does not say. */
  memory(): Promise<number>;
  stop(): Promise<void>;
  /** Sends SIGKILL, which is like a crash. */
  kill(): Promise<void>;
}

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Starts a program and waits until it prints a line with its URL. */
export async function startProgram(
  file: string,
  environment: Record<string, string>,
): Promise<Program> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines: string[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      const found = /https?:\/\/[\w.:[\]]+/.exec(line)?.[0];
      if (found) {
        resolve(found);
      }
    });
    void ended.then(() => reject(new Error(`${file} ended: ${lines.join(' ')}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    address,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1024;
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** Starts a relay that may call this machine. @param environment names its database */
export const startRelay = (environment: Record<string, string>): Promise<Program> =>
  startProgram('relay/main.ts', {
    PORT: '0',
    RELAY_TARGETS: '127.0.0.1',
    LOG_LEVEL: 'silent',
    ...environment,
  });

/** All events of the bench come from one address, and within seconds. */
export const UNLIMITED = {
  RELAY_REQUESTS_PER_SECOND: '100000',
  RELAY_EVENTS_PER_MINUTE: '1000000',
  RELAY_DELIVERIES_PER_MINUTE: '1000000',
};
