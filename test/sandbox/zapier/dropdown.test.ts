import type { Connection } from '../../../sandbox/zapier/zapier.ts';
import { inWorld } from './world.ts';

const put = (connection: Connection, things: readonly object[]) =>
  connection.create('cache', { call: 'set', args: ['things', things] });

const page = async (connection: Connection, field: string, number?: number) =>
  (await connection.choices('searches', 'find', field, {}, number)).results;

const owned = [1, 2, 3].map((id) => ({ id, owner: { name: `Owner ${id}` }, title: `Title ${id}` }));

test('choices.perform fills a dropdown page by page, by its token', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    expect(await connection.choices('searches', 'find', 'color', {}, 'page 2')).toEqual({
      results: [{ id: 'red', label: 'Red page 2' }],
      paging_token: 'next',
    });
  }));

test('a trigger fills a dropdown page by page, by number and with its own z.cursor', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    await put(connection, owned);

    expect(await page(connection, 'thing_id')).toEqual([
      { id: 1, label: 'Owner 1' },
      { id: 2, label: 'Owner 2' },
    ]);
    expect(zapier.cache.entries()).toContainEqual(
      expect.objectContaining({
        key: 'last meta',
        value: expect.objectContaining({ isFillingDynamicDropdown: true, page: 0 }),
      }),
    );
    expect(await page(connection, 'thing_id', 1)).toEqual([{ id: 3, label: 'Owner 3' }]);
    expect(await page(connection, 'thing_id', 2)).toEqual([]);
  }));

test('a dropdown field without a label key uses a likely key, or else the id', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    await put(connection, [{ id: 'a', title: 'A thing' }, { id: 'b' }]);

    expect(await page(connection, 'unlabelled_id')).toEqual([
      { id: 'a', label: 'A thing' },
      { id: 'b', label: 'b' },
    ]);
  }));

test('a cursor belongs to one dropdown of one connection, and is gone after an hour', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    let now = 0;
    zapier.cache.now = () => now;
    await put(connection, owned);
    await page(connection, 'thing_id');

    expect(await page(connection, 'unlabelled_id', 1)).toEqual([]);
    expect(await page(zapier.connect({}), 'thing_id', 1)).toEqual([]);
    now = 3_599_999;
    expect(await page(connection, 'thing_id', 1)).toHaveLength(1);
    now += 3_600_000;
    expect(await page(connection, 'thing_id', 1)).toEqual([]);
  }));

test('a trigger that does not paginate has one page and no z.cursor', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    await put(connection, owned);

    await expect(page(connection, 'unpaged_id', 1)).rejects.toThrow('one page only');
    await expect(page(connection, 'unpaged_id')).rejects.toThrow(
      "'z.cursor' can only be used in 'perform' methods of polling triggers",
    );
  }));

test('a field without a dropdown, and one that names no trigger, have no choices', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    await expect(page(connection, 'name')).rejects.toThrow('no field name');
    await expect(page(connection, 'lost_id')).rejects.toThrow('no trigger nowhere');
  }));
