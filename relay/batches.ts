interface QueuedItem<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/** Batches that may run at the same time, each begun because the one before did not end soon. */
const MAX_RUNNING = 4;

/** A batch that takes longer does not hold the next one. */
const SOON_MILLISECONDS = 500;

export interface BatchOptions<Item> {
  /** Items of a batch. */
  readonly maxSize: number;
  /** What the items of a batch may weigh together; one alone may weigh more. */
  readonly maxWeight?: number;
  weightOf?(item: Item): number;
  /** Whether one item may be to blame for this failure; otherwise the whole batch has failed. */
  isItemsFault(reason: unknown): boolean;
}

/**
 * Runs items in batches: while one batch is being processed, the next one collects. Under load many
 * items share one transaction; without load an item starts at once. A batch that fails for one of its
 * items is run again item by item, so that one bad item does not fail the others.
 * @param run returns one result for each item, in the same order
 */
export function inBatches<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  {
    maxSize,
    maxWeight = Number.POSITIVE_INFINITY,
    weightOf = () => 1,
    isItemsFault,
  }: BatchOptions<Item>,
): (item: Item) => Promise<Result> {
  type Batch = readonly QueuedItem<Item, Result>[];
  let queue: QueuedItem<Item, Result>[] = [];
  let running = 0;
  /** The batch that the next one waits for. */
  let awaited: Batch | undefined;

  const runBatch = async (batch: Batch): Promise<void> => {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, result] of results.entries()) {
        batch[index]?.resolve(result);
      }
    } catch (reason) {
      if (batch.length > 1 && isItemsFault(reason)) {
        for (const queued of batch) {
          await runBatch([queued]);
        }
        return;
      }
      for (const { reject } of batch) {
        reject(reason);
      }
    }
  };

  const sizeOfNext = (): number => {
    let weight = 0;
    const tooMuch = queue.findIndex(({ item }, index) => {
      weight += weightOf(item);
      return index > 0 && (index === maxSize || weight > maxWeight);
    });
    return tooMuch === -1 ? queue.length : tooMuch;
  };

  const runNext = (): void => {
    if (queue.length === 0 || awaited !== undefined || running === MAX_RUNNING) {
      return;
    }
    const size = sizeOfNext();
    const batch = queue.slice(0, size);
    queue = queue.slice(size);
    const goOn = () => {
      awaited = awaited === batch ? undefined : awaited;
      runNext();
    };
    running += 1;
    awaited = batch;
    const soon = setTimeout(goOn, SOON_MILLISECONDS);
    void runBatch(batch).finally(() => {
      clearTimeout(soon);
      running -= 1;
      goOn();
    });
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      queue.push({ item, resolve, reject });
      runNext();
    });
}
