import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { authorized, callerOf, endOf, subscribe } from './caller.ts';
import { type LoadRequest, percentile } from './load.ts';
import { type Program, startProgram } from './program.ts';
import { startTarget, type Target } from './target.ts';

/** What the others get, and what the relay takes, while one attacks. */
export interface UnderAttack {
  readonly attack: string;
  /** Milliseconds from a callback of a quiet connection to its target. */
  readonly p50: number;
  readonly p99: number;
  /** Events of the quiet connection that never arrived. */
  readonly lost: number;
  /** The most megabytes that the relay had in memory. */
  readonly memory: number;
}

const QUIET = callerOf('bench-quiet');
const GREEDY = callerOf('bench-greedy');
const QUIET_EVENTS = 120;
const QUIET_PER_SECOND = 15;

async function send(relay: Program, { path, ...request }: LoadRequest): Promise<void> {
  const answer = await fetch(relay.address + path, { method: 'POST', ...request });
  await answer.arrayBuffer();
}

/** Does what it does until the signal; each bounded in time by the quiet connection's events. */
type Attack = (relay: Program, target: Target, signal: AbortSignal) => Promise<void>;

const together = (amount: number, run: (number: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: amount }, (_, number) => run(number)));

/** A connection with many hooks sends many events. */
const backlog =
  (path: string): Attack =>
  async (relay, target, signal) => {
    for (let number = 0; number < 300 && !signal.aborted; number += 1) {
      await subscribe(relay.address, GREEDY, `${target.url}${path}?hook=${number}`);
    }
    for (let round = 0; round < 8 && !signal.aborted; round += 1) {
      await together(10, (number) => send(relay, endOf(GREEDY, `greedy-${round}-${number}`)));
    }
  };

/** Uploads of ten megabytes that stop at nine. */
const stalledUploads: Attack = async (relay, _target, signal) => {
  const { hostname, port } = new URL(relay.address);
  const sockets: Socket[] = [];
  const chunk = Buffer.alloc(9_000_000, 'x');
  for (let number = 0; number < 105; number += 1) {
    const { id, secret } = number % 2 === 0 ? GREEDY : callerOf(`bench-${number}`);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined).resume();
    socket.write(
      `POST /v1/callbacks/${id} HTTP/1.1\r\nhost: relay\r\nx-webhook-secret: ${secret}\r\ncontent-length: 10000000\r\n\r\n`,
    );
    socket.write(chunk);
    sockets.push(socket);
  }
  while (!signal.aborted) {
    await pause(200);
  }
  for (const socket of sockets) {
    socket.destroy();
  }
};

/** Large events, and lists of them. */
const largeLists: Attack = async (relay, _target, signal) => {
  const large = 'red fox in fresh snow '.repeat(44_000);
  for (let number = 0; number < 100 && !signal.aborted; number += 1) {
    await send(relay, endOf(GREEDY, `large-${number}`, { prompt: large }));
  }
  while (!signal.aborted) {
    await together(5, async () => {
      const list = await fetch(`${relay.address}/v1/tasks?limit=100`, {
        headers: authorized(GREEDY),
      });
      await list.arrayBuffer();
    });
  }
};

/** Callbacks of connections that nobody has introduced. */
const strangers: Attack = async (relay, _target, signal) => {
  for (let round = 0; !signal.aborted; round += 1) {
    await together(20, (number) =>
      send(
        relay,
        endOf(callerOf(`stranger-${round}-${number}`), 'stranger', { prompt: 'x'.repeat(60_000) }),
      ),
    );
  }
};

const ATTACKS: readonly (readonly [string, Attack])[] = [
  ['nothing', async () => undefined],
  ['300 hooks with a backlog', backlog('/greedy')],
  ['300 hooks that never answer', backlog('/hang')],
  ['105 stalled uploads', stalledUploads],
  ['large events and lists', largeLists],
  ['strangers', strangers],
];

async function measure(
  [name, attack]: (typeof ATTACKS)[number],
  environment: Record<string, string>,
): Promise<UnderAttack> {
  const target = await startTarget();
  const relay = await startProgram('relay/main.ts', {
    ...{ PORT: '0', RELAY_TARGETS: '127.0.0.1', LOG_LEVEL: 'silent' },
    ...environment,
  });
  const over = new AbortController();
  try {
    await subscribe(relay.address, QUIET, `${target.url}/quiet`);
    await subscribe(relay.address, GREEDY, `${target.url}/one`);
    const attacking = attack(relay, target, over.signal);
    await pause(3_000);
    const sentAt = new Map<string, number>();
    let memory = 0;
    const sending: Promise<void>[] = [];
    for (let number = 0; number < QUIET_EVENTS; number += 1) {
      const taskId = `quiet-${name}-${number}`;
      sentAt.set(taskId, performance.now());
      sending.push(send(relay, endOf(QUIET, taskId)));
      memory = Math.max(memory, await relay.memory());
      await pause(1000 / QUIET_PER_SECOND);
    }
    await Promise.all(sending);
    await pause(2_000);
    over.abort();
    await attacking;
    const arrived = [...sentAt].flatMap(([taskId, at]) => {
      const when = target.arrivedAt.get(taskId);
      return when === undefined ? [] : when - at;
    });
    return {
      attack: name,
      p50: percentile(arrived, 50),
      p99: percentile(arrived, 99),
      lost: sentAt.size - arrived.length,
      memory,
    };
  } finally {
    over.abort();
    await relay.stop();
    await target.stop();
  }
}

/** Each attack on a relay of its own, all on one database. @param environment names the database */
export async function measureAttacks(environment: Record<string, string>): Promise<UnderAttack[]> {
  const figures: UnderAttack[] = [];
  for (const attack of ATTACKS) {
    figures.push(await measure(attack, environment));
  }
  return figures;
}
