interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/**
 * Runs items together: while one batch is on its way, the next one gathers. Under load many share a
 * transaction; alone, an item waits for nobody. A batch that fails is run again one by one, so that
 * an item fails only by itself.
 * @param run gives one result for each item, in their order
 * @param most items of a batch
 */
export function inBatches<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (item: Item) => Promise<Result> {
  let queue: Waiting<Item, Result>[] = [];
  let running = false;

  const runTogether = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, result] of results.entries()) {
        batch[index]?.resolve(result);
      }
    } catch (reason) {
      const [only, ...others] = batch;
      if (others.length === 0) {
        only?.reject(reason);
        return;
      }
      for (const one of batch) {
        await runTogether([one]);
      }
    }
  };

  const runAll = async (): Promise<void> => {
    running = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, most);
      queue = queue.slice(most);
      await runTogether(batch);
    }
    running = false;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (!running) {
        void runAll();
      }
    });
}
