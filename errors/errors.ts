import type { ZObject } from 'zapier-platform-core';

/**
 * What a step throws. Core appends the whole bundle (input, raw request, its headers) and the
 * console log to every error without `doNotContextify`, HaltedError included, and
 * shows that to the user; a webhook's bundle holds the callback secret. So every error of ours is
 * has it, and anything unforeseen is replaced by `guarded`.
 */
const sentences = new WeakMap<object, string>();

const sentenceOnly = (error: Error, sentence: string): Error => {
  sentences.set(error, sentence);
  return Object.assign(error, { doNotContextify: true });
};

/** What the user reads of an error of ours; undefined for any other. */
export const sentenceOf = (error: unknown): string | undefined =>
  error instanceof Error ? sentences.get(error) : undefined;

/** Stops this run, leaves the Zap on: for what only the user can mend. */
export const halted = (z: ZObject, message: string): Error =>
  sentenceOnly(new z.errors.HaltedError(message), message);

/** Stops this run as an error of the service or of its connection. */
export const failed = (z: ZObject, message: string, code: string, status?: number): Error =>
  sentenceOnly(new z.errors.Error(message, code, status), message);

/** Asks the user to reconnect the account. */
export const expired = (z: ZObject, message: string): Error =>
  sentenceOnly(new z.errors.ExpiredAuthError(message), message);

/** Lets Zapier run the step again by itself after so many seconds. */
export const tryAgainIn = (z: ZObject, message: string, seconds: number): Error =>
  sentenceOnly(new z.errors.ThrottledError(message, seconds), message);

/**
 * A step function that throws sentences only. Anything unforeseen, core's ResponseError with the
 * body of an answer included, reaches the log by its name and the user as one sentence.
 */
export const guarded =
  <Bundle, Result>(perform: (z: ZObject, bundle: Bundle) => Result | Promise<Result>) =>
  async (z: ZObject, bundle: Bundle): Promise<Result> => {
    try {
      return await perform(z, bundle);
    } catch (error) {
      if (sentenceOf(error) !== undefined) {
        throw error;
      }
      z.console.error(`Unforeseen ${error instanceof Error ? error.name : 'error'}`);
      throw failed(
        z,
        'Something went wrong inside this integration. Run the step again; if it happens again, tell whoever shared the integration with you what the step was doing.',
        'unforeseen',
      );
    }
  };
