import type { ServiceSettings } from './settings.ts';
import { isEnded, type StoredTask } from './stored_task.ts';

/**
 * All tasks, in creation order. An ended one is unknown once its result's life is over, or only its
 * files are gone, as `keepsRecords` says.
 */
export class TaskStore {
  readonly #settings: ServiceSettings;
  readonly #tasks = new Map<string, StoredTask>();

  constructor(settings: ServiceSettings) {
    this.#settings = settings;
  }

  add(task: StoredTask): void {
    this.#tasks.set(task.id, task);
  }

  find(id: string): StoredTask | undefined {
    const task = this.#tasks.get(id);
    return task !== undefined && this.#isKept(task) ? task : undefined;
  }

  /** The task while its files are still there. */
  withFiles(id: string): StoredTask | undefined {
    const task = this.find(id);
    return task !== undefined && !this.isExpired(task) ? task : undefined;
  }

  /** Whether the life of a task's result is over. */
  isExpired(task: StoredTask): boolean {
    const age = this.#settings.now() - task.endedAt;
    return isEnded(task.status) && age > this.#settings.resultLifeSeconds * 1000;
  }

  /** The ids of all tasks ever made, forgotten ones too. */
  ids(): string[] {
    return [...this.#tasks.keys()];
  }

  ofAccount(apiKey: string): StoredTask[] {
    return [...this.#tasks.values()].filter((task) => task.apiKey === apiKey && this.#isKept(task));
  }

  #isKept(task: StoredTask): boolean {
    return this.#settings.keepsRecords || !this.isExpired(task);
  }
}
