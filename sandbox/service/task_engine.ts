import type { InFlight } from '../in_flight.ts';
import type { ServiceSettings } from './settings.ts';
import { isEnded, type StoredTask } from './stored_task.ts';

/** How often a staged task is looked at besides when another ends: `concurrency` may be raised. */
const stagedMilliseconds = 20;

const paceOfMode: Readonly<Record<string, number>> = { turbo: 0.5, fast: 1, relax: 2 };

/** The share of its time after which a task fails whose prompt or link is bad. */
const failingPace = 0.1;

/** Moves tasks through their states: staged, pending, processing in steps, finished or failed. */
export class TaskEngine {
  readonly #settings: ServiceSettings;
  readonly #inFlight: InFlight;
  readonly #changed: (task: StoredTask) => void;
  readonly #staged = new Set<StoredTask>();
  /** The running tasks, each with the timer of its next state. */
  readonly #running = new Map<StoredTask, NodeJS.Timeout | undefined>();
  #stagedTimer: NodeJS.Timeout | undefined;

  /** @param changed called at every state but `staged` */
  constructor(settings: ServiceSettings, inFlight: InFlight, changed: (task: StoredTask) => void) {
    this.#settings = settings;
    this.#inFlight = inFlight;
    this.#changed = changed;
  }

  start(task: StoredTask): void {
    this.#inFlight.begin();
    this.#staged.add(task);
    this.#startStaged();
  }

  /** Ends a task before its time, with this reason. */
  cancel(task: StoredTask, reason: string): void {
    if (isEnded(task.status)) {
      return;
    }
    task.failure = reason;
    this.#end(task);
  }

  stop(): void {
    clearTimeout(this.#stagedTimer);
    for (const timer of this.#running.values()) {
      clearTimeout(timer);
    }
    this.#running.clear();
    this.#staged.clear();
  }

  #startStaged(): void {
    clearTimeout(this.#stagedTimer);
    for (const task of this.#staged) {
      if (this.#runningOf(task.apiKey) < this.#settings.concurrency) {
        this.#run(task);
      }
    }
    if (this.#staged.size === 0) {
      return;
    }
    this.#stagedTimer = setTimeout(() => this.#startStaged(), stagedMilliseconds).unref();
  }

  #runningOf(apiKey: string): number {
    return [...this.#running.keys()].filter((task) => task.apiKey === apiKey).length;
  }

  #run(task: StoredTask): void {
    this.#staged.delete(task);
    task.status = 'pending';
    this.#changed(task);
    const steps = this.#settings.progressSteps;
    const shown = task.failure === undefined ? steps : steps.slice(0, 1);
    const pause = this.#duration(task) / (shown.length + 1);
    const wait = (step: number): void => {
      const timer = setTimeout(() => {
        const progress = shown[step];
        if (progress === undefined) {
          return this.#end(task);
        }
        this.#proceed(task, progress);
        wait(step + 1);
      }, pause);
      this.#running.set(task, timer.unref());
    };
    wait(0);
  }

  #duration(task: StoredTask): number {
    const pace = task.operation.pace * (paceOfMode[task.processMode] ?? 1);
    return this.#settings.taskMilliseconds * pace * (task.failure === undefined ? 1 : failingPace);
  }

  #proceed(task: StoredTask, progress: number): void {
    task.status = 'processing';
    task.startedAt ||= this.#settings.now();
    task.progress = progress;
    this.#changed(task);
  }

  #end(task: StoredTask): void {
    clearTimeout(this.#running.get(task));
    this.#running.delete(task);
    this.#staged.delete(task);
    task.status = task.failure === undefined ? 'finished' : 'failed';
    task.endedAt = this.#settings.now();
    task.startedAt ||= task.endedAt;
    task.progress = task.failure === undefined ? 100 : 0;
    this.#changed(task);
    this.#inFlight.end();
    this.#startStaged();
  }
}
