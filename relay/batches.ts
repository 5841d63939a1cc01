interface QueuedItem<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/**
 * Runs items in batches: while one batch is being processed, the next one collects. Under load many
 * items share one transaction; without load an item starts at once. A batch that fails is run again
 * item by item, so that one bad item does not fail the others.
 * @param run returns one result for each item, in the same order
 * @param maxSize items of a batch
 */
export function inBatches<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  maxSize: number,
): (item: Item) => Promise<Result> {
  let queue: QueuedItem<Item, Result>[] = [];
  let running = false;

  const runBatch = async (batch: readonly QueuedItem<Item, Result>[]): Promise<void> => {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, result] of results.entries()) {
        batch[index]?.resolve(result);
      }
    } catch (reason) {
      const [first, ...others] = batch;
      if (others.length === 0) {
        first?.reject(reason);
        return;
      }
      for (const queued of batch) {
        await runBatch([queued]);
      }
    }
  };

  const runQueue = async (): Promise<void> => {
    running = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, maxSize);
      queue = queue.slice(maxSize);
      await runBatch(batch);
    }
    running = false;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (!running) {
        void runQueue();
      }
    });
}
