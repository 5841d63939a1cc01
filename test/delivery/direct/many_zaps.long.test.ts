import { quietConsole } from '../../support/quiet.ts';
import { startWorlds, taskIds } from '../../support/worlds.ts';

quietConsole();

const TASKS = 200;
const ZAPS = 10;

test('two hundred tasks reach ten Zaps exactly once each', async () => {
  const worlds = await startWorlds({ concurrency: 10, taskMilliseconds: 500 });
  try {
    const zaps = await Promise.all(
      Array.from({ length: ZAPS }, () => worlds.listen('task_finished')),
    );
    const ids: unknown[] = [];
    while (ids.length < TASKS) {
      const steps = Array.from({ length: 10 }, () =>
        worlds.account.create('imagine', { prompt: 'red fox' }),
      );
      ids.push(...(await Promise.all(steps)).map(({ output }) => output.task_id));
    }
    await worlds.settled();

    for (const zap of zaps) {
      expect([...taskIds(zap)].sort()).toEqual([...ids].sort());
    }
    expect(worlds.zapier.failures).toEqual([]);
  } finally {
    await worlds.stop();
  }
}, 900_000);
