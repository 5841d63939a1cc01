/**
 * Hides how much memory the process uses. Core ends a process above 450 MB, for Zapier then starts a
 * fresh one, and this process would be ours. Core looks once, before its first await.
 */
export function hideMemoryUse<Result>(start: () => Result): Result {
  const { memoryUsage } = process;
  process.memoryUsage = Object.assign(() => ({ ...memoryUsage(), rss: 0 }), { rss: () => 0 });
  try {
    return start();
  } finally {
    process.memoryUsage = memoryUsage;
  }
}
