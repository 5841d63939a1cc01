import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z as zod } from 'zod';
import type { Engine, Opened } from './engines.ts';
import type { Account } from './relay.ts';
import { startTarget, type TargetServer } from './target_server.ts';
import { until } from './until.ts';

const MAIN = path.resolve('relay', 'main.ts');

async function openFolder(): Promise<Opened> {
  const folder = await mkdtemp(path.join(tmpdir(), 'relay-'));
  return {
    variables: { RELAY_DATA: path.join(folder, 'data') },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** PGlite with its files in a folder of its own, which is always empty at first, as for `npm run relay`. */
export const PGLITE_FOLDER: Engine = { name: 'PGlite', open: openFolder, openEmpty: openFolder };

/** How a process ended: its code, null when it was killed, and all that it wrote to stderr. */
export interface End {
  readonly code: number | null;
  readonly output: string;
}

interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<End>;
  /** The URL it listens on; undefined when it ended instead. */
  readonly url: Promise<string | undefined>;
}

/** Of the test's own environment the relay gets only PATH. */
function launch(variables: Record<string, string>, folder = process.cwd()): Launched {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  const ended = new Promise<End>((resolve) =>
    child.once('close', (code) => resolve({ code, output })),
  );
  const listens = new Promise<string>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      output += String(chunk);
      const url = /^The relay listens on (\S+);.*\n/m.exec(output)?.[1];
      if (url) {
        resolve(url);
      }
    });
  });
  return { child, ended, url: Promise.race([listens, ended.then(() => undefined)]) };
}

const created = zod.object({ id: zod.string() });
const page = zod.object({ data: zod.array(zod.unknown()) });

/** `npm run relay`, in a process of its own. */
export interface RelayProcess {
  readonly url: string;
  /** Subscribes a hook to ends. @returns its id */
  subscribe(account: Account, targetUrl: string): Promise<string>;
  /** Posts a callback; the account is introduced first. @returns whether it was acknowledged; false also when the relay is gone */
  callback(account: Account, body: string): Promise<boolean>;
  /** Waits until no delivery of these accounts is waiting. @param seconds the time limit */
  settled(accounts: readonly Account[], seconds?: number): Promise<void>;
  /** Sends SIGTERM. */
  stop(): Promise<End>;
  /** Sends SIGKILL, which is like a crash. */
  kill(): Promise<End>;
}

/**
 * Starts a relay that may call this machine, on any free port.
 * @param variables additional settings
 * @param folder its working directory
 */
export async function startRelayProcess(
  variables: Record<string, string>,
  folder?: string,
): Promise<RelayProcess> {
  const settings = {
    PORT: '0',
    RELAY_TARGETS: '127.0.0.1',
    RELAY_REQUESTS_PER_SECOND: '100000',
    RELAY_EVENTS_PER_MINUTE: '10000000',
  };
  const { child, ended, url: listens } = launch({ ...settings, ...variables }, folder);
  const url = await listens;
  if (url === undefined) {
    throw new Error(`The relay did not start. ${(await ended).output}`);
  }
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const introduced = new Set<string>();
  const authorized = ({ token }: Account) => ({ authorization: `Bearer ${token}` });
  return {
    url,
    async subscribe(account, target_url) {
      const answer = await fetch(`${url}/v1/hooks`, {
        method: 'POST',
        headers: { ...authorized(account), 'content-type': 'application/json' },
        body: JSON.stringify({ event: 'task.finished', target_url }),
      });
      return created.parse(await answer.json()).id;
    },
    async callback(account, body) {
      try {
        if (!introduced.has(account.id)) {
          await fetch(`${url}/v1/hooks`, { headers: authorized(account) });
          introduced.add(account.id);
        }
        const { status } = await fetch(`${url}/v1/callbacks/${account.id}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-webhook-secret': account.secret },
          body,
        });
        return status === 200;
      } catch {
        return false;
      }
    },
    async settled(accounts, seconds) {
      for (const account of accounts) {
        await until(
          'the last delivery',
          async () => {
            const options = { headers: authorized(account) };
            const answer = await fetch(`${url}/v1/deliveries?state=waiting&limit=1`, options);
            return page.parse(await answer.json()).data.length === 0;
          },
          seconds,
        );
      }
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** Starts a relay that is expected to fail at the start. @returns how it ended */
export async function endOfRelay(variables: Record<string, string>, folder?: string): Promise<End> {
  const { child, ended, url } = launch(variables, folder);
  if ((await url) !== undefined) {
    child.kill('SIGKILL');
  }
  return ended;
}

/** What a test with relay processes needs. */
export interface Stage {
  readonly target: TargetServer;
  /** The settings that name its database. */
  readonly variables: Readonly<Record<string, string>>;
  /** Starts a relay; all use the same database. */
  start(): Promise<RelayProcess>;
}

/** Runs a test with its own database and target, and cleans up afterwards, even if it failed. */
export async function onStage(engine: Engine, run: (stage: Stage) => Promise<void>): Promise<void> {
  const { variables, drop } = await engine.open();
  const target = await startTarget();
  const relays: RelayProcess[] = [];
  try {
    await run({
      target,
      variables,
      async start() {
        const relay = await startRelayProcess(variables);
        relays.push(relay);
        return relay;
      },
    });
  } finally {
    await Promise.all(relays.map((relay) => relay.kill()));
    await target.stop();
    await drop();
  }
}
