/** Everything that has been started and has not ended. */
export class InFlight {
  readonly #work = new Set<Promise<unknown>>();

  /** Counts `work` as in flight until it ends, and hands it back. */
  track<Result>(work: Promise<Result>): Promise<Result> {
    this.#work.add(work);
    const ended = () => this.#work.delete(work);
    work.then(ended, ended);
    return work;
  }

  /** Resolves when nothing is in flight, counting what is started meanwhile. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) {
      await Promise.allSettled(this.#work);
    }
  }
}
