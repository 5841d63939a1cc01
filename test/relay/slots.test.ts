import * as zod from 'zod';
import type { Database } from '../../relay/database.ts';
import { deleteIdleTargets, pauseTarget, reserveSlots } from '../../relay/delivery/slots.ts';
import { onEachEngine } from '../support/engines.ts';
import { openTestDatabase } from '../support/test_database.ts';

const SPACING = 40;
const clock = zod.object({ now: zod.number() });

onEachEngine((engine) => {
  let database: Database;
  let drop: () => Promise<void>;
  let targets = 0;

  beforeAll(async () => {
    ({ database, drop } = await openTestDatabase(engine));
  });

  afterAll(() => drop());

  const aTarget = () => {
    targets += 1;
    return `https://hooks.zapier.com/hooks/standard/${targets}/`;
  };

  const databaseNow = async () => {
    const [row] = await database.rows(
      clock,
      'select (extract(epoch from now()) * 1000)::float8 as now',
    );
    return row?.now ?? Number.NaN;
  };

  const gaps = (slots: readonly number[]) =>
    slots.slice(1).map((slot, index) => Math.round(slot - (slots[index] ?? 0)));

  it('one target gets at most 25 deliveries a second, whichever relay makes them', async () => {
    const target = aTarget();
    const before = await databaseNow();
    const reserved = await Promise.all(
      [10, 1, 25, 14].map((count) => reserveSlots(database, Array(count).fill(target))),
    );
    const slots = reserved.flatMap((one) => one.get(target) ?? []).sort((a, b) => a - b);
    expect(slots).toHaveLength(50);
    expect(Math.min(...gaps(slots))).toBeGreaterThanOrEqual(SPACING);
    expect((slots.at(-1) ?? 0) - before).toBeGreaterThanOrEqual(49 * SPACING);
  });

  it('an idle target gets its first slot now, and the others of a batch one after the other', async () => {
    const target = aTarget();
    const before = await databaseNow();
    const slots = (await reserveSlots(database, [target, target, target])).get(target) ?? [];
    const after = await databaseNow();
    expect(slots[0]).toBeGreaterThanOrEqual(before - 1);
    expect(slots[0]).toBeLessThanOrEqual(after + 1);
    expect(gaps(slots)).toEqual([SPACING, SPACING]);
  });

  it('a busy target does not delay another one', async () => {
    const [busy, idle] = [aTarget(), aTarget()];
    await reserveSlots(database, Array(100).fill(busy));
    const now = await databaseNow();
    const slots = await reserveSlots(database, [busy, idle, busy]);
    expect(slots.get(busy)?.[0]).toBeGreaterThan(now + 50 * SPACING);
    expect(slots.get(idle)?.[0]).toBeLessThan((slots.get(busy)?.[0] ?? 0) - 10 * SPACING);
  });

  it('relays that reserve slots of the same targets in different orders all get them', async () => {
    const all = Array.from({ length: 20 }, aTarget);
    const orders = [all, all.toReversed(), [...all.slice(7), ...all.slice(0, 7)]];
    const reserved = await Promise.all(
      Array.from({ length: 12 }, (_, n) => reserveSlots(database, orders[n % 3] ?? [])),
    );
    for (const target of all) {
      const slots = reserved.flatMap((one) => one.get(target) ?? []).sort((a, b) => a - b);
      expect(slots).toHaveLength(12);
      expect(Math.min(...gaps(slots))).toBeGreaterThanOrEqual(SPACING);
    }
  });

  it('a target that answered with Retry-After has no slot before it is over', async () => {
    const [known, unknown] = [aTarget(), aTarget()];
    await reserveSlots(database, [known]);
    for (const target of [known, unknown]) {
      await pauseTarget(database, target, 600);
      await pauseTarget(database, target, 5);
      const now = await databaseNow();
      const slots = (await reserveSlots(database, [target])).get(target) ?? [];
      expect(slots[0]).toBeGreaterThan(now + 500_000);
    }
  });

  it('a target that was idle for an hour is deleted, and no other', async () => {
    const [idle, used] = [aTarget(), aTarget()];
    await reserveSlots(database, [idle, used]);
    await database.run(
      `update relay.target set next_slot = now() - interval '61 minutes' where url = $1`,
      [idle],
    );
    await deleteIdleTargets(database);
    const known = await database.rows(
      zod.object({ url: zod.string() }),
      'select url from relay.target where url = any($1)',
      [[idle, used]],
    );
    expect(known).toEqual([{ url: used }]);
  });

  it('reserving no slots returns none', async () => {
    expect(await reserveSlots(database, [])).toEqual(new Map());
  });
});
