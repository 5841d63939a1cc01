/** Counts what happened within the last second. */
export class SlidingSecond {
  #times: number[] = [];

  /** Whether one more fits into `limit` per second; if so it is counted. */
  admits(limit: number): boolean {
    const now = performance.now();
    this.#times = this.#times.filter((time) => now - time < 1000);
    if (this.#times.length >= limit) {
      return false;
    }
    this.#times.push(now);
    return true;
  }
}
