import type { Connection, Zapier } from '../../../sandbox/zapier/zapier.ts';
import { inWorld } from './world.ts';

const thing = (id: number) => ({ id, title: `Thing ${id}` });

/** Puts items into the cache, from which the example's trigger lists them. */
const put = (connection: Connection, ids: readonly number[] | 'nothing') =>
  connection.create('cache', {
    call: 'set',
    args: ['things', ids === 'nothing' ? null : ids.map(thing)],
  });

const lastMeta = (zapier: Zapier) =>
  zapier.cache.entries().find(({ key }) => key === 'last meta')?.value;

test('items that exist when the Zap is switched on do not run it, later ones run it once', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    const zap = connection.pollingZap('thing');
    await put(connection, [2, 1]);
    await zap.switchOn();
    expect(lastMeta(zapier)).toMatchObject({ isPopulatingDedupe: true, isLoadingSample: false });

    await put(connection, [4, 3, 2, 1]);
    await zap.poll();
    expect(lastMeta(zapier)).toMatchObject({ isPopulatingDedupe: false, page: 0 });
    await zap.poll();
    await put(connection, [5, 4]);
    await zap.poll();

    expect(zap.runs).toEqual([thing(3), thing(4), thing(5)]);
    expect(zap.failures).toEqual([]);
  }));

test('a Zap that is switched off and on again skips the items that came in between', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    const zap = connection.pollingZap('unpaged');
    const ids: unknown[] = [];
    zap.onRun(({ id }) => ids.push(id));
    await put(connection, []);
    await zap.switchOn();
    await put(connection, [1]);
    zap.switchOff();
    await expect(zap.poll()).rejects.toThrow('off');
    await zap.switchOn();
    await zap.poll();
    await put(connection, [2, 1]);
    await zap.switchOn();
    await zap.poll();

    expect(ids).toEqual([2]);
  }));

test('a first poll that fails leaves the Zap off, a later failure is recorded and polling continues', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    const zap = connection.pollingZap('thing');
    await expect(zap.switchOn()).rejects.toMatchObject({ shown: 'The things are gone' });
    await expect(zap.poll()).rejects.toThrow('off');
    await put(connection, []);
    await zap.switchOn();
    await put(connection, 'nothing');
    await zap.poll();
    await put(connection, [1]);
    await zap.poll();

    expect(zap.failures).toMatchObject([{ kind: 'AppError', shown: 'The things are gone' }]);
    expect(zapier.failures).toEqual(zap.failures);
    expect(zap.runs).toEqual([thing(1)]);
  }));

test('each Zap remembers its own items', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    const [one, other] = [connection.pollingZap('thing'), connection.pollingZap('thing')];
    await put(connection, []);
    await one.switchOn();
    await put(connection, [1]);
    await other.switchOn();
    await Promise.all([one.poll(), other.poll()]);

    expect([one.runs, other.runs]).toEqual([[thing(1)], []]);
  }));

test('the editor tests a polling trigger with its perform', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    await put(connection, [2, 1]);

    expect(await connection.samples('thing')).toEqual([thing(2), thing(1)]);
    expect(lastMeta(zapier)).toMatchObject({ isLoadingSample: true, isPopulatingDedupe: false });
    await expect(connection.samples('nowhere')).rejects.toThrow('no trigger nowhere');
  }));
