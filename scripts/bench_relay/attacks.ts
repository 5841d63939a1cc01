import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { authorized, callerOf, endOf, subscribe } from './caller.ts';
import type { LoadRequest } from './load.ts';
import { openBoards } from './open_boards.ts';
import type { Program } from './program.ts';
import type { Target } from './target.ts';

/** The connection that attacks. It has a hook. */
export const GREEDY = callerOf('bench-greedy');

/** @returns whether it was acknowledged */
async function send(relay: Program, { path, ...request }: LoadRequest): Promise<boolean> {
  const answer = await fetch(relay.address + path, { method: 'POST', ...request });
  await answer.arrayBuffer();
  return answer.ok;
}

/**
 * Does what it does until the signal; each bounded in time by the quiet connection's events.
 * @returns how many of its events were acknowledged
 */
export type Attack = (relay: Program, target: Target, signal: AbortSignal) => Promise<number>;

const together = <Result>(amount: number, run: (number: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: amount }, (_, number) => run(number)));

/** So many milliseconds apart, the requests of one connection are within its rate limit. */
const WITHIN_LIMIT_MILLISECONDS = 11;

/** A connection with many hooks sends many events, as fast as it may. */
const backlog =
  (path: string): Attack =>
  async (relay, target, signal) => {
    for (let number = 0; number < 300 && !signal.aborted; number += 1) {
      await subscribe(relay.address, GREEDY, `${target.url}${path}?hook=${number}`);
      await pause(WITHIN_LIMIT_MILLISECONDS);
    }
    let acknowledged = 0;
    for (let number = 0; number < 80 && !signal.aborted; number += 1) {
      acknowledged += Number(await send(relay, endOf(GREEDY, `greedy-${number}`)));
      await pause(WITHIN_LIMIT_MILLISECONDS);
    }
    return acknowledged;
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
  return 0;
};

/** Large events, and lists of them. */
const largeLists: Attack = async (relay, _target, signal) => {
  const large = 'red fox in fresh snow '.repeat(44_000);
  let acknowledged = 0;
  for (let number = 0; number < 100 && !signal.aborted; number += 1) {
    acknowledged += Number(await send(relay, endOf(GREEDY, `large-${number}`, { prompt: large })));
  }
  while (!signal.aborted) {
    await together(5, async () => {
      const list = await fetch(`${relay.address}/v1/tasks?limit=100`, {
        headers: authorized(GREEDY),
      });
      await list.arrayBuffer();
    });
  }
  return acknowledged;
};

/** Callbacks of connections that nobody has introduced. */
const strangers: Attack = async (relay, _target, signal) => {
  let acknowledged = 0;
  for (let round = 0; !signal.aborted; round += 1) {
    const answers = await together(20, (number) =>
      send(
        relay,
        endOf(callerOf(`stranger-${round}-${number}`), 'stranger', { prompt: 'x'.repeat(60_000) }),
      ),
    );
    acknowledged += answers.filter(Boolean).length;
  }
  return acknowledged;
};

export const NOTHING = 'nothing';
export const BOARD = 'the board with 10,000 tasks';

export const ATTACKS: readonly (readonly [string, Attack])[] = [
  [NOTHING, async () => 0],
  [BOARD, openBoards],
  ['300 hooks with a backlog', backlog('/greedy')],
  ['300 hooks that never answer', backlog('/hang')],
  ['105 stalled uploads', stalledUploads],
  ['large events and lists', largeLists],
  ['strangers', strangers],
];
