import type { Connection } from '../../../sandbox/zapier/zapier.ts';
import { inWorld } from './world.ts';

const cached = async (connection: Connection, call: 'get' | 'set', ...args: unknown[]) =>
  (await connection.create('cache', { call, args })).output.answer;

test('a value comes back as it was set, and is null before', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    expect(await cached(connection, 'get', 'key')).toBeNull();
    expect(await cached(connection, 'set', 'key', { list: [1] })).toBe(true);
    expect(await cached(connection, 'get', 'key')).toEqual({ list: [1] });
    expect(zapier.cache.entries()).toEqual([
      { key: 'key', scope: null, value: { list: [1] }, expiresAt: null },
    ]);
    expect(zapier.cache.calls).toEqual([
      { method: 'get', key: 'key' },
      { method: 'set', key: 'key' },
      { method: 'get', key: 'key' },
    ]);
    zapier.cache.clear();
    expect(await cached(connection, 'get', 'key')).toBeNull();
  }));

test('a value is gone when its time to live is over', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    let now = 1000;
    zapier.cache.now = () => now;
    await cached(connection, 'set', 'key', 'value', 60);
    now = 60_999;
    expect(zapier.cache.entries()).toMatchObject([{ expiresAt: 61_000 }]);
    expect(await cached(connection, 'get', 'key')).toBe('value');
    now = 61_000;
    expect(await cached(connection, 'get', 'key')).toBeNull();
    expect(zapier.cache.entries()).toEqual([]);
  }));

test("scope 'auth' is one connection's, 'user' one user's, none is everybody's", () =>
  inWorld(async (zapier) => {
    const mine = zapier.connect({});
    const myOther = zapier.connect({});
    const foreign = zapier.connect({}, 'another user');
    const scopes = [['auth'], ['user'], ['auth', 'user'], null];
    for (const scope of scopes) {
      await cached(mine, 'set', 'key', String(scope), null, scope);
    }
    const seenBy = async (connection: Connection) =>
      Promise.all(scopes.map((scope) => cached(connection, 'get', 'key', scope)));
    expect(await seenBy(mine)).toEqual(['auth', 'user', 'auth,user', 'null']);
    expect(await seenBy(myOther)).toEqual([null, 'user', null, 'null']);
    expect(await seenBy(foreign)).toEqual([null, null, null, 'null']);
  }));

test('of several calls that set with nx at the same time, one succeeds', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    zapier.cache.delayMilliseconds = 5;
    const answers = await Promise.all(
      [1, 2, 3, 4].map((value) => cached(connection, 'set', 'key', value, 60, ['auth'], true)),
    );
    expect(answers.filter((answer) => answer === true)).toHaveLength(1);
    expect(zapier.cache.entries()).toMatchObject([{ value: answers.indexOf(true) + 1 }]);
  }));

test('nx ignores an expired entry', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    let now = 0;
    zapier.cache.now = () => now;
    await cached(connection, 'set', 'key', 'old', 1, null, true);
    now = 1000;
    expect(await cached(connection, 'set', 'key', 'new', 1, null, true)).toBe(true);
  }));

test('a cache that fails makes core try three times and throw', () =>
  inWorld(async (zapier) => {
    zapier.cache.behaviour = 'fails';
    await expect(cached(zapier.connect({}), 'get', 'key')).rejects.toThrow(
      'RPC request failed after 3 attempts: Unable to reach the RPC server',
    );
    expect(zapier.cache.calls).toHaveLength(3);
  }));

test('single keys can fail', () =>
  inWorld(async (zapier) => {
    const connection = zapier.connect({});
    zapier.cache.failKey = (key) => key === 'broken';
    await expect(cached(connection, 'get', 'broken')).rejects.toThrow('RPC request failed');
    expect(await cached(connection, 'get', 'sound')).toBeNull();
  }));

test('a cache that forgets answers true and stores nothing', () =>
  inWorld(async (zapier) => {
    zapier.cache.behaviour = 'forgets';
    expect(await cached(zapier.connect({}), 'set', 'key', 1)).toBe(true);
    expect(zapier.cache.entries()).toEqual([]);
  }));

test('a cache that refuses answers false', () =>
  inWorld(async (zapier) => {
    zapier.cache.behaviour = 'refuses';
    expect(await cached(zapier.connect({}), 'set', 'key', 1)).toBe(false);
    expect(zapier.cache.entries()).toEqual([]);
  }));
