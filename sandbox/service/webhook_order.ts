/**
 * Puts the POSTs of one task out of order, always in the same way. Of three progress POSTs the
 * first is held until after the end, the second until the third has gone.
 */
export class WebhookOrder<Post> {
  #seen = 0;
  #swapped: Post[] = [];
  #late: Post[] = [];

  /** Takes the next POST; gives those that go out now, in their order. */
  take(post: Post, final: boolean, reorder: boolean): Post[] {
    const turn = this.#seen % 3;
    this.#seen += 1;
    if (final || !reorder) {
      const held = [...this.#swapped, ...this.#late];
      this.#swapped = [];
      this.#late = [];
      return [post, ...held];
    }
    if (turn === 0) {
      this.#late.push(post);
    }
    if (turn === 1) {
      this.#swapped.push(post);
    }
    if (turn !== 2) {
      return [];
    }
    return [post, ...this.#swapped.splice(0)];
  }
}
