/** Counts what is still under way, so that somebody can wait for none of it. */
export class Outstanding {
  #count = 0;
  #waiting: (() => void)[] = [];

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count <= 0) {
      this.release();
    }
  }

  /** Resolves when nothing is under way. */
  none(): Promise<void> {
    if (this.#count <= 0) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** Lets everybody go who waits: used at the end, when nothing more will be counted. */
  release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) {
      resolve();
    }
  }
}
