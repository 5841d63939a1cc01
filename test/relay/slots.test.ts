import * as zod from 'zod';
import { pauseHook, reserveSlots } from '../../relay/delivery/slots.ts';
import { onEachEngine } from '../support/engines.ts';
import { aParty, startTestRelay, type TestRelay } from '../support/relay.ts';

const SPACING = 40;
const clock = zod.object({ now: zod.number() });

onEachEngine((engine) => {
  let relay: TestRelay;

  beforeAll(async () => {
    relay = await startTestRelay(engine);
  });

  afterAll(async () => {
    await relay.stop();
  });

  const aHook = () => relay.subscribe(aParty(), 'http://127.0.0.1:9/');

  const databaseNow = async () => {
    const [row] = await relay.database.rows(
      clock,
      'select (extract(epoch from now()) * 1000)::float8 as now',
    );
    return row?.now ?? Number.NaN;
  };

  const gaps = (slots: readonly number[]) =>
    slots.slice(1).map((slot, index) => Math.round(slot - (slots[index] ?? 0)));

  it('deliveries to one hook are 25 a second, whoever makes them', async () => {
    const hook = await aHook();
    const before = await databaseNow();
    const reserved = await Promise.all(
      [10, 1, 25, 14].map((count) => reserveSlots(relay.database, Array(count).fill(hook))),
    );
    const slots = reserved.flatMap((one) => one.get(hook) ?? []).sort((a, b) => a - b);
    expect(slots).toHaveLength(50);
    expect(Math.min(...gaps(slots))).toBeGreaterThanOrEqual(SPACING);
    expect((slots.at(-1) ?? 0) - before).toBeGreaterThanOrEqual(49 * SPACING);
  });

  it('the first of a hook that was idle is now, and those of a batch follow each other', async () => {
    const hook = await aHook();
    const before = await databaseNow();
    const slots = (await reserveSlots(relay.database, [hook, hook, hook])).get(hook) ?? [];
    const after = await databaseNow();
    expect(slots[0]).toBeGreaterThanOrEqual(before - 1);
    expect(slots[0]).toBeLessThanOrEqual(after + 1);
    expect(gaps(slots)).toEqual([SPACING, SPACING]);
  });

  it('hooks do not wait for each other', async () => {
    const [busy, idle] = [await aHook(), await aHook()];
    await reserveSlots(relay.database, Array(100).fill(busy));
    const now = await databaseNow();
    const slots = await reserveSlots(relay.database, [busy, idle, busy]);
    expect(slots.get(busy)?.[0]).toBeGreaterThan(now + 50 * SPACING);
    expect(slots.get(idle)?.[0]).toBeLessThan((slots.get(busy)?.[0] ?? 0) - 10 * SPACING);
  });

  it('a hook that asked for a pause has no slot before it is over', async () => {
    const hook = await aHook();
    await pauseHook(relay.database, hook, 600);
    await pauseHook(relay.database, hook, 5);
    const now = await databaseNow();
    const slots = (await reserveSlots(relay.database, [hook])).get(hook) ?? [];
    expect(slots[0]).toBeGreaterThan(now + 500_000);
  });

  it('a hook that is gone has none', async () => {
    expect(await reserveSlots(relay.database, ['00000000-0000-4000-8000-000000000000'])).toEqual(
      new Map(),
    );
    expect(await reserveSlots(relay.database, [])).toEqual(new Map());
  });
});
