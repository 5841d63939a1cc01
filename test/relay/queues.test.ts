import * as zod from 'zod';
import type { Database } from '../../relay/database.ts';
import { createQueues, DEAD_LETTER, DELIVER } from '../../relay/queues.ts';
import { onEachEngine } from '../support/engines.ts';
import { openTestDatabase } from '../support/test_database.ts';

const HOUR = 3600;

const jobRow = zod.object({ state: zod.string(), seconds: zod.number() });

onEachEngine((engine) => {
  let database: Database;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    ({ database, drop } = await openTestDatabase(engine));
  });

  afterAll(() => drop());

  /** Lets a job fail until no retries are left. @returns the seconds before each retry */
  async function waitsOfAFailure(): Promise<number[]> {
    const { boss } = database;
    const waits: number[] = [];
    const id = await boss.send(DELIVER, { delivery: '1' });
    for (;;) {
      const [job] = await boss.fetch(DELIVER);
      await boss.fail(DELIVER, job?.id ?? '');
      const [row] = await database.rows(
        jobRow,
        `select state::text, extract(epoch from start_after - now())::float8 as seconds
         from pgboss.job where id = $1`,
        [id],
      );
      if (row?.state !== 'retry') {
        return waits;
      }
      waits.push(row.seconds);
      await database.run('update pgboss.job set start_after = now() where id = $1', [id]);
    }
  }

  it('a delivery that fails is retried for more than a day, and then becomes a dead letter', async () => {
    const waits = await waitsOfAFailure();
    expect(waits.length).toBeGreaterThan(10);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(24 * HOUR);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2 * HOUR);
    const dead = await database.boss.fetch(DEAD_LETTER);
    expect(dead.map(({ data }) => data)).toEqual([{ delivery: '1' }]);
  });

  it('the pauses between retries grow, and differ from those of other deliveries', async () => {
    const failures = [await waitsOfAFailure(), await waitsOfAFailure()];
    for (const waits of failures) {
      const growing = waits.slice(0, 8);
      for (const [index, wait] of growing.slice(1).entries()) {
        // The longest pause before one retry is the shortest before the next.
        expect(wait).toBeGreaterThan((growing[index] ?? 0) * 0.999);
      }
    }
    expect(failures[0]?.slice(0, 4)).not.toEqual(failures[1]?.slice(0, 4));
  });

  it('a new delivery notifies the relays instead of waiting for the next poll', async () => {
    expect(await database.boss.getQueue(DELIVER)).toMatchObject({ notify: true });
  });

  it('creating the queues again succeeds', async () => {
    await expect(createQueues(database.boss)).resolves.toBeUndefined();
  });
});
