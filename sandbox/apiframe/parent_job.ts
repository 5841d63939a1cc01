import type { Parts } from '../service/parts.ts';
import { refused } from '../service/refusal.ts';
import type { StoredTask } from '../service/stored_task.ts';

interface Kind {
  readonly words: string;
  includes(parent: StoredTask): boolean;
}

const grid: Kind = {
  words: 'grid',
  includes: ({ operation }) => operation.result === 'grid',
};
const upsample: Kind = {
  words: 'upsample',
  includes: ({ operation }) => operation.result === 'single',
};
/** The two files that `stems` gives accept no further action. */
const song: Kind = {
  words: 'suno',
  includes: ({ model, input }) => model === 'suno' && input.action !== 'stems',
};

/** What each action is done to. */
const kinds: Readonly<Record<string, Kind>> = {
  ...{ upsample: grid, variation: grid },
  ...{ inpaint: upsample, outpaint: upsample, pan: upsample },
  ...{ extend: song, cover: song, add_vocals: song, stems: song },
};

/**
 * The job that an action is done to. The words of the refusals are a guess, and so is 404 for an
 * unknown one.
 * @throws Refusal 404 when the account has no such job, 400 when it is of another kind or not
 * completed, 409 when its result is gone
 */
export function parentJob(
  id: string,
  action: string,
  apiKey: string,
  { settings, store }: Parts,
): StoredTask {
  const parent = store.find(id);
  if (parent === undefined || parent.apiKey !== apiKey) {
    throw refused('Job not found', 404);
  }
  const kind = kinds[action];
  if (kind === undefined || !kind.includes(parent) || parent.status !== 'finished') {
    throw refused(`${action} requires a completed ${kind?.words} job as its parent`);
  }
  const age = settings.now() - parent.createdAt;
  if (store.isExpired(parent) || age > settings.followUpWindowSeconds * 1000) {
    throw refused('This action is not available for the parent job', 409);
  }
  return parent;
}
