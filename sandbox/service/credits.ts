import { accountOf } from './accounts.ts';
import type { ServiceSettings } from './settings.ts';
import type { StoredTask } from './stored_task.ts';

/** Takes from its account what a task costs. */
export function charge(task: StoredTask, settings: ServiceSettings): void {
  addCredits(task, settings, -task.cost);
}

/** Gives back what a task has cost, if it has failed. */
export function refundFailed(task: StoredTask, settings: ServiceSettings): void {
  if (task.status === 'failed') {
    addCredits(task, settings, task.cost);
  }
}

function addCredits({ apiKey }: StoredTask, settings: ServiceSettings, credits: number): void {
  const account = accountOf(apiKey, settings);
  if (account !== undefined) {
    account.credits += credits;
  }
}
