import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z as zod } from 'zod';
import type { Engine, Opened } from './engines.ts';
import type { Party } from './relay.ts';
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

/** PGlite that keeps its files, in a folder of its own: always an empty one, as `npm run relay` finds it. */
export const PGLITE_FOLDER: Engine = { name: 'PGlite', open: openFolder, openEmpty: openFolder };

/** How a process ended: its code, null when it was killed, and all that it said to its operator. */
export interface End {
  readonly code: number | null;
  readonly said: string;
}

interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<End>;
  /** Where it listens; undefined when it ended instead. */
  readonly url: Promise<string | undefined>;
}

/** Nothing of the test's own environment reaches the relay but where programs are. */
function launch(variables: Record<string, string>, folder = process.cwd()): Launched {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const ended = new Promise<End>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
  const listens = new Promise<string>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      said += String(chunk);
      const url = /^The relay listens on (\S+);.*\n/m.exec(said)?.[1];
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
  subscribe(party: Party, targetUrl: string): Promise<string>;
  /** Posts a callback. @returns whether it was acknowledged, which a relay that is gone does not */
  callback(party: Party, body: string): Promise<boolean>;
  /** Waits until nothing waits to be delivered to these any more. @param seconds the longest */
  settled(parties: readonly Party[], seconds?: number): Promise<void>;
  /** Tells it to stop. */
  stop(): Promise<End>;
  /** Ends it on the spot, as a crash does. */
  kill(): Promise<End>;
}

/**
 * Starts a relay that may call this machine, on any free port.
 * @param variables settings besides
 * @param folder where it is started
 */
export async function startRelayProcess(
  variables: Record<string, string>,
  folder?: string,
): Promise<RelayProcess> {
  const settings = { PORT: '0', RELAY_TARGETS: '127.0.0.1', RELAY_REQUESTS_PER_SECOND: '100000' };
  const { child, ended, url: listens } = launch({ ...settings, ...variables }, folder);
  const url = await listens;
  if (url === undefined) {
    throw new Error(`The relay did not start. ${(await ended).said}`);
  }
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const asParty = ({ token }: Party) => ({ authorization: `Bearer ${token}` });
  return {
    url,
    async subscribe(party, target_url) {
      const answer = await fetch(`${url}/v1/hooks`, {
        method: 'POST',
        headers: { ...asParty(party), 'content-type': 'application/json' },
        body: JSON.stringify({ event: 'task.finished', target_url }),
      });
      return created.parse(await answer.json()).id;
    },
    async callback(party, body) {
      try {
        const { status } = await fetch(`${url}/v1/callbacks/${party.id}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-webhook-secret': party.secret },
          body,
        });
        return status === 200;
      } catch {
        return false;
      }
    },
    async settled(parties, seconds) {
      for (const party of parties) {
        await until(
          'the last delivery',
          async () => {
            const wish = { headers: asParty(party) };
            const answer = await fetch(`${url}/v1/deliveries?state=waiting&limit=1`, wish);
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

/** Starts a relay that is not expected to serve, and gives its end. */
export async function endOfRelay(variables: Record<string, string>, folder?: string): Promise<End> {
  const { child, ended, url } = launch(variables, folder);
  if ((await url) !== undefined) {
    child.kill('SIGKILL');
  }
  return ended;
}

/** What a test of processes plays on. */
export interface Stage {
  readonly target: TargetServer;
  /** The settings that name its data. */
  readonly variables: Readonly<Record<string, string>>;
  /** Starts a relay; all of them are on the same data. */
  start(): Promise<RelayProcess>;
}

/** Plays on a stage of its own, and clears it afterwards, whatever happened. */
export async function onStage(
  engine: Engine,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const { variables, drop } = await engine.open();
  const target = await startTarget();
  const relays: RelayProcess[] = [];
  try {
    await play({
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
