import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outstanding } from './outstanding.ts';
import type { PiapiSettings } from './settings.ts';
import { isEnded } from './stored_task.ts';
import type { V2Task } from './v2_task.ts';
import type { WebhookFields } from './webhook_fields.ts';
import { WebhookOrder } from './webhook_order.ts';

/** One POST that was made to a webhook endpoint. */
export interface WebhookCall {
  readonly taskId: string;
  readonly url: string;
  readonly body: V2Task;
  /** From 1. */
  readonly attempt: number;
  /** An extra copy, made by the `duplicate` fault. */
  readonly duplicate: boolean;
  /** The HTTP status; 'no answer' while there is none, and for good when there never was. */
  answer: number | 'no answer';
}

const answerMilliseconds = 10_000;

interface Delivery {
  readonly webhook: WebhookFields;
  readonly body: V2Task;
  readonly duplicate: boolean;
}

/** The POSTs of one task: a first attempt waits for the one before it, so order is kept unless a fault says otherwise. */
interface Lane {
  readonly order: WebhookOrder<V2Task>;
  turn: Promise<unknown>;
}

/** Tells webhook endpoints of their tasks, with retries and with the faults that are switched on. */
export class Webhooks {
  readonly calls: WebhookCall[] = [];
  readonly #settings: PiapiSettings;
  readonly #outstanding: Outstanding;
  readonly #lanes = new Map<string, Lane>();
  readonly #stop = new AbortController();

  constructor(settings: PiapiSettings, outstanding: Outstanding) {
    this.#settings = settings;
    this.#outstanding = outstanding;
    // Every waiting retry listens to this one signal.
    setMaxListeners(0, this.#stop.signal);
  }

  send(webhook: WebhookFields, body: V2Task): void {
    const { duplicate, reorder, lose } = this.#settings.webhookFaults;
    const final = isEnded(body.status);
    if (!final && !webhook.progress) return;
    const lane = this.#lanes.get(body.task_id) ?? {
      order: new WebhookOrder<V2Task>(),
      turn: Promise.resolve(),
    };
    this.#lanes.set(body.task_id, lane);
    if (final) this.#lanes.delete(body.task_id);
    for (const next of lane.order.take(body, final, reorder)) {
      if (lose && isEnded(next.status)) continue;
      for (let copy = 0; copy <= duplicate; copy += 1) {
        this.#deliver(lane, { webhook, body: next, duplicate: copy > 0 });
      }
    }
  }

  /** Gives up everything that is under way. */
  stop(): void {
    this.#stop.abort();
  }

  #deliver(lane: Lane, delivery: Delivery): void {
    this.#outstanding.begin();
    const delayed = this.#pause(this.#settings.webhookFaults.delayMilliseconds);
    const first = Promise.all([lane.turn, delayed]).then(() => this.#attempt(delivery, 1));
    lane.turn = first;
    void this.#retry(delivery, first).finally(() => this.#outstanding.end());
  }

  async #retry(delivery: Delivery, first: Promise<boolean>): Promise<void> {
    let acknowledged = await first;
    for (let attempt = 2; !acknowledged; attempt += 1) {
      if (attempt > this.#settings.webhookRetry.attempts) return;
      await this.#pause(this.#settings.webhookRetry.milliseconds);
      acknowledged = await this.#attempt(delivery, attempt);
    }
  }

  /** True when there is no more to do: answered with 200, or the stand-in is stopping. */
  async #attempt({ webhook, body, duplicate }: Delivery, attempt: number): Promise<boolean> {
    if (this.#stop.signal.aborted) return true;
    const url = webhook.endpoint;
    const call: WebhookCall = {
      ...{ taskId: body.task_id, url, body, attempt, duplicate },
      answer: 'no answer',
    };
    this.calls.push(call);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secret === '' ? {} : { 'x-webhook-secret': webhook.secret }),
        },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(answerMilliseconds)]),
      });
      call.answer = response.status;
      await response.arrayBuffer();
    } catch {
      // A refused connection, a time-out and a stop all leave what is known of the answer as it is.
    }
    return call.answer === 200 || this.#stop.signal.aborted;
  }

  #pause(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return Promise.resolve();
    const options = { ref: false, signal: this.#stop.signal };
    return sleep(milliseconds, undefined, options).catch(() => undefined);
  }
}
