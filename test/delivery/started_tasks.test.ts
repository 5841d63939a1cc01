import {
  recentlyStarted,
  rememberStarted,
  startedWith,
  startOf,
} from '../../delivery/started_tasks.ts';
import { MemoryCache } from '../support/memory_cache.ts';

const task = (id: string, reference = 'row 7') => ({
  id,
  operation: 'reroll',
  prompt: `prompt of ${id}`,
  reference,
});

test('a task is known by its reference, the newest first', async () => {
  const cache = new MemoryCache();
  await rememberStarted(cache, [task('a')], false);
  await rememberStarted(cache, [task('b'), task('c')], false);

  expect(await startedWith(cache, 'row 7')).toEqual(['b', 'c', 'a']);
  expect(await startedWith(cache, 'row 8')).toEqual([]);
  expect(await recentlyStarted(cache)).toEqual([]);
});

test('where the service remembers little, what they were started with and recent tasks are known too', async () => {
  const cache = new MemoryCache();
  await rememberStarted(cache, [task('a', '')], true);

  expect(await recentlyStarted(cache)).toEqual(['a']);
  expect(await startOf(cache, 'a')).toEqual({ operation: 'reroll', prompt: 'prompt of a' });
  expect(await startOf(cache, 'b')).toEqual({ operation: '', prompt: '' });
});

test('a list keeps the newest twenty', async () => {
  const cache = new MemoryCache();
  for (let number = 0; number < 40; number += 1) {
    await rememberStarted(cache, [task(`task-${number}`)], true);
  }

  expect(await recentlyStarted(cache)).toHaveLength(20);
  expect((await startedWith(cache, 'row 7'))[0]).toBe('task-39');
});

test('a cache that fails costs the step nothing', async () => {
  const cache = new MemoryCache();
  cache.fails = () => true;
  await rememberStarted(cache, [task('a')], true);

  expect(await startedWith(cache, 'row 7')).toEqual([]);
  expect(await startOf(cache, 'a')).toEqual({ operation: '', prompt: '' });
});
