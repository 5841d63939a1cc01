import * as zod from 'zod';
import { createReads } from '../../relay/api/reads.ts';
import type { Reader } from '../../relay/database.ts';

/** A database whose reads end when they are told to; the oldest first. */
function heldDatabase() {
  const ends: (() => void)[] = [];
  const begun: string[] = [];
  const reader: Reader = {
    async rows(_schema, text) {
      begun.push(text);
      await new Promise<void>((resolve) => ends.push(resolve));
      return [];
    },
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    reader,
    begun,
    async endOne() {
      await turn();
      ends.shift()?.();
      await turn();
    },
  };
}

const schema = zod.object({});

test('two reads run at a time, and clients take turns', async () => {
  const { reader, begun, endOne } = heldDatabase();
  const reads = createReads(reader);
  const greedy = reads.of(['greedy']);
  const all = [1, 2, 3, 4].map((number) => greedy.rows(schema, `greedy ${number}`));
  all.push(reads.of(['quiet']).rows(schema, 'quiet'));
  all.push(reads.of('all').rows(schema, 'operator'));
  await endOne();
  await endOne();
  await endOne();
  expect(begun).toEqual(['greedy 1', 'greedy 2', 'greedy 3', 'quiet', 'operator']);
  for (let left = 0; left < 6; left += 1) {
    await endOne();
  }
  expect(await Promise.all(all)).toHaveLength(6);
});

test('a read that fails gives its turn to the next', async () => {
  let calls = 0;
  const reads = createReads({
    async rows() {
      calls += 1;
      throw new Error('Down.');
    },
  });
  const all = [1, 2, 3, 4, 5].map(() => reads.of(['one']).rows(schema, ''));
  const results = await Promise.allSettled(all);
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(calls).toBe(5);
});

test('one client has so many reads waiting, and another is not shut out', async () => {
  const { reader, endOne } = heldDatabase();
  const reads = createReads(reader);
  const all = Array.from({ length: 22 }, () => reads.of(['one']).rows(schema, ''));
  await expect(reads.of(['one']).rows(schema, '')).rejects.toMatchObject({
    status: 429,
    code: 'too_many_reads',
  });
  all.push(reads.of(['other']).rows(schema, ''));
  for (let left = 0; left < 23; left += 1) {
    await endOne();
  }
  expect(await Promise.all(all)).toHaveLength(23);
});
