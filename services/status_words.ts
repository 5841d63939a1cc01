import type { Status } from '../midjourney/task.ts';

const STATUS_WORDS: ReadonlyMap<string, Status> = new Map([
  ['staged', 'staged'],
  ['pending', 'pending'],
  ['queued', 'pending'],
  ['processing', 'processing'],
  ['finished', 'finished'],
  ['completed', 'finished'],
  ['failed', 'failed'],
  ['cancelled', 'failed'],
  ['canceled', 'failed'],
]);

/**
 * A service's word for a state, without regard to case. One that nobody knows is no end: a task
 * must never be called finished by guesswork.
 */
export const statusFrom = (word: string): Status =>
  STATUS_WORDS.get(word.trim().toLowerCase()) ?? 'processing';
