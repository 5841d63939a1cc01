import type { Job } from 'pg-boss';

/** Told of each batch. */
export interface BatchReport {
  /** It failed as a whole; its deliveries are tried again. */
  onFailure(error: Error): void;
  onSuccess(): void;
}

/** A handler of jobs whose failures are heard: pg-boss tries its jobs again, and says nothing. */
export const reported =
  <Result>(handle: (jobs: Job<unknown>[]) => Promise<Result>, report: BatchReport) =>
  async (jobs: Job<unknown>[]): Promise<Result> => {
    try {
      const result = await handle(jobs);
      report.onSuccess();
      return result;
    } catch (error) {
      report.onFailure(error instanceof Error ? error : new Error('Unknown'));
      throw error;
    }
  };
