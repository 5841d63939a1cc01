import { cleanText, failureOf } from '../../midjourney/failure.ts';
import type { Task } from '../../midjourney/task.ts';
import { clean } from './clean.ts';

/** What a list shows of a task, under the names of its columns. */
export interface TaskSummary {
  readonly service: string;
  readonly model: string;
  readonly prompt: string;
  /** What can be shown of it: its picture, or a preview while it runs; '' for none. */
  readonly picture: string;
  /** '' when the result is pictures or text. */
  readonly media: '' | 'video' | 'audio' | '3d';
  /** What came as words: of Describe, Shorten, Seed and captions; '' for none. */
  readonly text: string;
  /** Of all results, in the service's order, each once. */
  readonly links: readonly string[];
  readonly credits_used: number | null;
  readonly credits_unit: string;
  /** '' when it has not failed. */
  readonly error_kind: string;
  readonly error_message: string;
  readonly duration_seconds: number | null;
  /** ISO 8601; null where the service does not say. */
  readonly begun_at: string | null;
}

export const LONGEST_PROMPT = 4_000;
export const LONGEST_MODEL = 200;
const LONGEST_UNIT = 50;
const LONGEST_LINK = 4_000;
const LONGEST_TEXT = 10_000;
const MOST_LINKS = 40;

const isShort = (link: string): boolean => link.length <= LONGEST_LINK;

function mediaOf({ videoUrls, audioUrls, model3dUrl }: Task): TaskSummary['media'] {
  if (videoUrls.length > 0) {
    return 'video';
  }
  if (model3dUrl !== '') {
    return '3d';
  }
  return audioUrls.length > 0 ? 'audio' : '';
}

function linksOf(task: Task): string[] {
  const { imageUrl, imageUrls, videoUrls, audioUrls, model3dUrl } = task;
  const all = [...videoUrls, model3dUrl, ...audioUrls, imageUrl, ...imageUrls].map(clean);
  return [...new Set(all.filter((link) => link !== '' && isShort(link)))].slice(0, MOST_LINKS);
}

const textOf = ({ operation, description, finalPrompt, prompts, seed }: Task): string =>
  description || finalPrompt || prompts.join('\n') || (operation === 'seed' ? seed : '');

/** Of at most so many characters, as PostgreSQL can store it. */
export const cut = (text: string, longest: number): string => clean(clean(text).slice(0, longest));

const isoOf = (text: string): string | null => {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

/** Sums of them must stay numbers. */
const MOST_CREDITS = 1e9;
const LONGEST_SECONDS = 30 * 24 * 3600;

const upTo = (most: number, number: number | undefined): number | null =>
  number !== undefined && number >= 0 && number <= most ? number : null;

export function summaryOf(task: Task): TaskSummary {
  const hasFailed = task.status === 'failed';
  const message = clean(cleanText(task.errorMessage));
  const picture = task.imageUrl || task.imageUrls[0] || task.previewUrls.at(-1) || '';
  return {
    service: task.service,
    model: cut(task.model, LONGEST_MODEL),
    prompt: cut(task.prompt, LONGEST_PROMPT),
    text: cut(textOf(task), LONGEST_TEXT),
    picture: isShort(picture) ? clean(picture) : '',
    media: mediaOf(task),
    links: linksOf(task),
    credits_used: upTo(MOST_CREDITS, task.creditsUsed),
    credits_unit: cut(task.creditsUnit, LONGEST_UNIT),
    error_kind: hasFailed ? failureOf(message).kind : '',
    error_message: hasFailed ? message : '',
    duration_seconds: upTo(LONGEST_SECONDS, task.durationSeconds),
    begun_at: isoOf(task.startedAt || task.createdAt),
  };
}
