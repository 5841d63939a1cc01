/** What an account has bought; it decides how much of a task the API shows. */
export type Plan = 'free' | 'creator' | 'pro' | 'host';

export interface Account {
  name: string;
  plan: Plan;
  credits: number;
}

/** The switches of the stand-in. They may be changed while it runs and take effect at once. */
export interface ServiceSettings {
  /** By API key. */
  accounts: Record<string, Account>;
  /** Creation to end of a fast imagine; turbo takes half of it, relax twice. */
  taskMilliseconds: number;
  /** Each is one `processing` state, and one webhook when the create requested progress. */
  progressSteps: number[];
  /** Whole words, any letter case; such a task is accepted and fails later. */
  bannedWords: string[];
  /** A follow-up on an older parent is refused. */
  followUpWindowSeconds: number;
  /** An ended task is unknown afterwards, or only its files are, where `keepsRecords`. */
  resultLifeSeconds: number;
  /** A task can be read for good. */
  keepsRecords: boolean;
  /** Tasks of one account that run at once; those above it are `staged`. */
  concurrency: number;
  webhookFaults: {
    /** Extra copies of each POST. */
    duplicate: number;
    delayMilliseconds: number;
    /** Progress arrives after later progress, some of it after the end. */
    reorder: boolean;
    /** The final POST is never sent. */
    lose: boolean;
  };
  /** A POST is repeated until it is acknowledged: with 200 exactly, or as the API says. */
  webhookRetry: { attempts: number; milliseconds: number };
  /** Every create is answered like this, or only those whose body says so, or the next `times`. */
  refuse:
    | undefined
    | {
        status: number;
        body: unknown;
        retryAfter?: string;
        times?: number;
        when?: (body: unknown) => boolean;
      };
  /** Creates start their task and never answer. */
  hang: boolean;
  /** The next so many creates start their task, and the connection breaks before the answer. */
  lostAnswers: number;
  /** APIFRAME accepts so many creates next that then fail for want of capacity. */
  noCapacity: number;
  /**
   * How APIFRAME signs webhooks: keyed by the hash of the API key as hex text or as bytes, since its
   * sources disagree; not at all; or with another key.
   */
  signature: 'hex' | 'bytes' | 'none' | 'wrong';
  /** Whether APIFRAME repeats the request when a job is read; its shape is a guess. */
  echoesInput: boolean;
  /** APIFRAME gives one link in place of the result's object, as in its older examples. */
  bareResult: boolean;
  /** The unified API answers 404 for a task that is younger than this. */
  hiddenMilliseconds: number;
  /** The unified API answers refusals with HTTP 200; only `code` in the body is an error. */
  errorsOnHttp200: boolean;
  /**
   * A webhook reports the end without image URLs: `early`, while the task is still shown as running,
   * `first`, right before the true one, or instead of it.
   */
  imagelessEnd: 'never' | 'early' | 'first' | 'only';
  /** As documented for the unified API: also when a task is created, or its log or output changes. */
  webhooksOnEveryChange: boolean;
  /** Whether there is a list of tasks; for LegNext that is a guess. */
  hasHistory: boolean;
  /** Image URLs answer 403. */
  expireImages: boolean;
  /** Pixels of a generated grid. */
  images: { width: number; height: number };
  /** The clock, in milliseconds. */
  now: () => number;
}

export const SANDBOX_KEY = 'sandbox-key-0123456789abcdef';

const hourSeconds = 3600;

/** The given switches over the defaults: one Pro account, quick tasks, no faults. */
export function completeSettings(settings: Partial<ServiceSettings>): ServiceSettings {
  return {
    accounts: { [SANDBOX_KEY]: { name: 'Sandbox Studio', plan: 'pro', credits: 1000 } },
    taskMilliseconds: 300,
    progressSteps: [0, 15, 31, 46, 62, 78, 93],
    bannedWords: ['blood', 'gore', 'nude'],
    followUpWindowSeconds: 3 * hourSeconds,
    resultLifeSeconds: 72 * hourSeconds,
    keepsRecords: false,
    concurrency: 1000,
    webhookFaults: { duplicate: 0, delayMilliseconds: 0, reorder: false, lose: false },
    webhookRetry: { attempts: 20, milliseconds: 100 },
    refuse: undefined,
    hang: false,
    lostAnswers: 0,
    noCapacity: 0,
    signature: 'hex',
    echoesInput: true,
    bareResult: false,
    hiddenMilliseconds: 0,
    errorsOnHttp200: false,
    imagelessEnd: 'never',
    webhooksOnEveryChange: false,
    hasHistory: true,
    expireImages: false,
    images: { width: 256, height: 256 },
    now: () => Date.now(),
    ...settings,
  };
}
