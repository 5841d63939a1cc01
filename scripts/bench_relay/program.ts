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
  return {
    address,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) / 1024;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
