let running = 0;
let putBack = () => {};

function remember(names: string[]): () => void {
  const before = names.map((name) => ({ name, value: process.env[name] }));
  return () => {
    for (const { name, value } of before) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  };
}

/**
 * Runs `invocation`, into whose first step core copies `environment` (to process.env), and takes
 * the variables out again. In production a process serves one app only; here a variable that one
 * platform sets must not be found by the next.
 */
export async function withEnvironment<Result>(
  environment: Record<string, string>,
  invocation: () => Promise<Result>,
): Promise<Result> {
  putBack();
  putBack = remember(Object.keys(environment));
  running += 1;
  try {
    return await invocation();
  } finally {
    running -= 1;
    if (running === 0) {
      putBack();
      putBack = () => {};
    }
  }
}
