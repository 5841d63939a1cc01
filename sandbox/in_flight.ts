/** Counts what has been started and has not ended, so that others can wait for the end of all. */
export class InFlight {
  #count = 0;
  #waiting: (() => void)[] = [];

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count <= 0) {
      this.#resolveWaiting();
    }
  }

  /** Counts `work` as in flight until it ends, and hands it back. */
  track<Result>(work: Promise<Result>): Promise<Result> {
    this.begin();
    const ended = () => this.end();
    work.then(ended, ended);
    return work;
  }

  /** Resolves when nothing is in flight, counting what is started meanwhile. */
  async settled(): Promise<void> {
    while (this.#count > 0) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  /** Gives up waiting for what is in flight: used where it has been stopped. */
  abandon(): void {
    this.#count = 0;
    this.#resolveWaiting();
  }

  #resolveWaiting(): void {
    for (const resolve of this.#waiting.splice(0)) {
      resolve();
    }
  }
}
