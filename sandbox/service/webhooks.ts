import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InFlight } from '../in_flight.ts';
import { type Report, reportsOf } from './reports.ts';
import { sentWebhook } from './sent_webhook.ts';
import type { ServiceSettings } from './settings.ts';
import { isEnded, type StoredTask, type TaskStatus } from './stored_task.ts';
import type { WebhookFields } from './webhook_fields.ts';
import { WebhookOrder } from './webhook_order.ts';

/** One POST that was made to a webhook endpoint. */
export interface WebhookCall {
  readonly taskId: string;
  readonly url: string;
  /** The task's state that it reports, in v2's words. */
  readonly status: TaskStatus;
  readonly body: object;
  /** From 1. */
  readonly attempt: number;
  /** An extra copy, made by the `duplicate` fault. */
  readonly duplicate: boolean;
  /** The HTTP status; 'no answer' while there is none, and for good when there never was. */
  answer: number | 'no answer';
}

const answerMilliseconds = 10_000;

interface Delivery extends Report {
  readonly task: StoredTask;
  readonly webhook: WebhookFields;
  readonly duplicate: boolean;
}

/** The POSTs of one task: a first attempt waits for the one before it, so order is kept unless a fault says otherwise. */
interface Lane {
  readonly order: WebhookOrder<Report>;
  turn: Promise<unknown>;
}

/** POSTs tasks to their webhook endpoints, with retries and with the faults that are switched on. */
export class Webhooks {
  readonly calls: WebhookCall[] = [];
  readonly #settings: ServiceSettings;
  readonly #inFlight: InFlight;
  readonly #lanes = new Map<string, Lane>();
  readonly #stop = new AbortController();

  constructor(settings: ServiceSettings, inFlight: InFlight) {
    this.#settings = settings;
    this.#inFlight = inFlight;
    // Every waiting retry listens to this one signal.
    setMaxListeners(0, this.#stop.signal);
  }

  /** POSTs what is to be reported of the task's present state to its endpoint, if it has one. */
  send(task: StoredTask): void {
    const { duplicate, reorder, lose } = this.#settings.webhookFaults;
    const { id, webhook } = task;
    if (webhook === undefined) {
      return;
    }
    const final = isEnded(task.status);
    const lane = this.#lanes.get(id) ?? {
      order: new WebhookOrder<Report>(),
      turn: Promise.resolve(),
    };
    this.#lanes.set(id, lane);
    if (final) {
      this.#lanes.delete(id);
    }
    const reports = reportsOf(task, this.#settings);
    for (const report of reports.flatMap((one) => lane.order.take(one, final, reorder))) {
      if (lose && isEnded(report.status)) {
        continue;
      }
      for (let copy = 0; copy <= duplicate; copy += 1) {
        this.#deliver(lane, { ...report, task, webhook, duplicate: copy > 0 });
      }
    }
  }

  /** Gives up everything that is under way. */
  stop(): void {
    this.#stop.abort();
  }

  #deliver(lane: Lane, delivery: Delivery): void {
    const delayed = this.#pause(this.#settings.webhookFaults.delayMilliseconds);
    const first = Promise.all([lane.turn, delayed]).then(() => this.#attempt(delivery, 1));
    lane.turn = first;
    const settled = this.#retry(delivery, first).then((acknowledged) => {
      if (isEnded(delivery.status)) {
        delivery.task.webhookStatus = acknowledged ? 'delivered' : 'failed';
      }
    });
    this.#inFlight.track(settled);
  }

  async #retry(delivery: Delivery, first: Promise<boolean>): Promise<boolean> {
    let acknowledged = await first;
    for (let attempt = 2; !acknowledged; attempt += 1) {
      if (attempt > this.#settings.webhookRetry.attempts) {
        return false;
      }
      await this.#pause(this.#settings.webhookRetry.milliseconds);
      acknowledged = await this.#attempt(delivery, attempt);
    }
    return true;
  }

  /** True when there is no more to do: acknowledged, or the stand-in is stopping. */
  async #attempt({ task, webhook, ...report }: Delivery, attempt: number): Promise<boolean> {
    if (this.#stop.signal.aborted) {
      return true;
    }
    const url = webhook.endpoint;
    const call: WebhookCall = { taskId: task.id, ...report, url, attempt, answer: 'no answer' };
    const { headers, text } = sentWebhook(task, report);
    this.calls.push(call);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: text,
        redirect: 'manual',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(answerMilliseconds)]),
      });
      call.answer = response.status;
      await response.arrayBuffer();
    } catch {
      // A refused connection, a time-out and a stop all leave what is known of the answer as it is.
    }
    const acknowledged = call.answer !== 'no answer' && task.format.isAcknowledged(call.answer);
    return acknowledged || this.#stop.signal.aborted;
  }

  #pause(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) {
      return Promise.resolve();
    }
    const options = { ref: false, signal: this.#stop.signal };
    return sleep(milliseconds, undefined, options).catch(() => undefined);
  }
}
