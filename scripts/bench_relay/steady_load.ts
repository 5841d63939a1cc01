import { setTimeout as pause } from 'node:timers/promises';
import { type Caller, endOf } from './caller.ts';
import type { Target } from './target.ts';

/** An event of the load; times are by `performance.now()`. */
export interface Sent {
  readonly taskId: string;
  readonly sentAt: number;
  /** Undefined when it was refused, or got no answer. */
  readonly acknowledgedAt?: number;
}

/** Events that come all the time, whether they are answered or not; none is sent twice. */
export interface SteadyLoad {
  readonly events: readonly Sent[];
  /** Stops, and resolves when the last answer is there. */
  end(): Promise<void>;
}

/** Sends an end now. @param address of the relay */
export async function sendEnd(address: string, caller: Caller, taskId: string): Promise<Sent> {
  const sent: Sent = { taskId, sentAt: performance.now() };
  try {
    const { path, ...request } = endOf(caller, taskId);
    const answer = await fetch(address + path, { method: 'POST', ...request });
    await answer.arrayBuffer();
    return answer.ok ? { ...sent, acknowledgedAt: performance.now() } : sent;
  } catch {
    return sent;
  }
}

/** @param address where the relay is now */
export function startSteadyLoad(
  address: () => string,
  callers: readonly Caller[],
  { name, perSecond }: { name: string; perSecond: number },
): SteadyLoad {
  const events: Sent[] = [];
  const sending: Promise<void>[] = [];
  let isOver = false;
  const loop = async () => {
    for (let number = 0; !isOver; number += 1) {
      const caller = callers[number % callers.length];
      if (caller) {
        sending.push(
          sendEnd(address(), caller, `${name}-${number}`).then((sent) => void events.push(sent)),
        );
      }
      await pause(1000 / perSecond);
    }
  };
  const looping = loop();
  return {
    events,
    async end() {
      isOver = true;
      await looping;
      await Promise.all(sending);
    },
  };
}

/** Milliseconds until the first event that was sent after this moment is acknowledged and delivered. */
export function firstAfter(moment: number, events: readonly Sent[], { arrivals }: Target): number {
  const there = events.flatMap(({ taskId, sentAt, acknowledgedAt }) => {
    const arrivedAt = arrivals.get(taskId)?.[0];
    return sentAt > moment && acknowledgedAt !== undefined && arrivedAt !== undefined
      ? Math.max(acknowledgedAt, arrivedAt) - moment
      : [];
  });
  return there.length > 0 ? Math.min(...there) : Number.NaN;
}

export const acknowledgedIds = (events: readonly Sent[]): string[] =>
  events.flatMap(({ taskId, acknowledgedAt }) => (acknowledgedAt === undefined ? [] : taskId));
