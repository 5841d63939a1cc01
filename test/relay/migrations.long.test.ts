import * as zod from 'zod';
import { openDatabase } from '../../relay/database.ts';
import { migrate } from '../../relay/migrations.ts';
import { startRelay } from '../../relay/relay.ts';
import { readSettings } from '../../relay/settings.ts';
import { onEachEngine, onPostgres } from '../support/engines.ts';
import { query } from '../support/postgres.ts';
import { anAccount } from '../support/relay.ts';

/** The connections of relays to this database. */
const CONNECTED = `select 1 from pg_stat_activity
  where datname = current_database() and application_name = 'midjourney-relay'`;

const numberRow = zod.object({ number: zod.number() });

onEachEngine((engine) => {
  it('running the migrations again changes nothing', async () => {
    const opened = await engine.openEmpty();
    const database = await openDatabase(readSettings(opened.variables));
    try {
      const steps = () => database.rows(numberRow, 'select number from relay.migration order by 1');
      const before = await steps();
      await Promise.all([migrate(database), migrate(database)]);
      expect(await steps()).toEqual(before);
      expect(before.length).toBeGreaterThan(0);
    } finally {
      await database.close();
      await opened.drop();
    }
  });

  it('a transaction that fails leaves nothing behind', async () => {
    const opened = await engine.openEmpty();
    const database = await openDatabase(readSettings(opened.variables));
    try {
      await expect(
        database.transaction(async (sql) => {
          await sql.run('create table relay.half (n integer)');
          throw new Error('No.');
        }),
      ).rejects.toThrow('No.');
      await expect(database.run('select * from relay.half')).rejects.toThrow();
      await expect(database.run('select 1')).resolves.toBeUndefined();
    } finally {
      await database.close();
      await opened.drop();
    }
  });
});

onEachEngine((engine) => {
  it.each([
    [
      'a table was renamed in',
      'alter table relay.delivery rename to delivery_of_somebody',
      /^The schema relay of this database is not as .*delivery\.id.* and \d+ more are missing\./,
    ],
    [
      'a column was removed from',
      'alter table relay.event drop column signature',
      /event\.signature is missing\. Bring back what was renamed/,
    ],
    [
      'a newer relay has migrated',
      'insert into relay.migration (number) values (90)',
      /^A newer relay has used this database: it has migration 91/,
    ],
  ])('a database that %s is refused with what to do', async (_how, change, words) => {
    const opened = await engine.openEmpty();
    const database = await openDatabase(readSettings(opened.variables));
    try {
      await database.run(change);
      await expect(migrate(database)).rejects.toThrow(words);
    } finally {
      await database.close();
      await opened.drop();
    }
  });
});

onPostgres((engine) => {
  it('relays that start at the same time on an empty database all serve requests', async () => {
    const { variables, drop } = await engine.openEmpty();
    const settings = readSettings({
      ...variables,
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_POOL: '4',
    });
    const started = await Promise.allSettled([1, 2, 3].map(() => startRelay(settings)));
    try {
      expect(started.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
      for (const one of started) {
        if (one.status === 'fulfilled') {
          const headers = { authorization: `Bearer ${anAccount().token}` };
          const answer = await fetch(`${one.value.url}/v1/hooks`, { headers });
          expect(await answer.json()).toEqual({ data: [] });
        }
      }
      const steps = await query(variables.DATABASE_URL ?? '', 'select number from relay.migration');
      expect(new Set(steps.map((row) => JSON.stringify(row))).size).toBe(steps.length);
    } finally {
      for (const one of started) {
        if (one.status === 'fulfilled') {
          await one.value.stop();
        }
      }
      await drop();
    }
  });

  it('a relay that cannot listen closes its database connections', async () => {
    const { variables, drop } = await engine.openEmpty();
    const settings = readSettings({ ...variables, PORT: '0', LOG_LEVEL: 'silent' });
    const first = await startRelay(settings);
    try {
      const port = Number(new URL(first.url).port);
      await expect(startRelay({ ...settings, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    } finally {
      await first.stop();
    }
    expect(await query(variables.DATABASE_URL ?? '', CONNECTED)).toEqual([]);
    await drop();
  });

  it('a relay whose migration fails does not start and closes its database connections', async () => {
    const { variables, drop } = await engine.openEmpty();
    const url = variables.DATABASE_URL ?? '';
    await query(url, 'create schema relay');
    await query(url, 'create table relay.migration (somebody_elses text)');
    await expect(startRelay(readSettings({ ...variables, PORT: '0' }))).rejects.toThrow();
    expect(await query(url, CONNECTED)).toEqual([]);
    await drop();
  });

  it('a relay does not start when its database does not exist', async () => {
    const { variables, drop } = await engine.openEmpty();
    await drop();
    await expect(startRelay(readSettings({ ...variables, PORT: '0' }))).rejects.toThrow();
  });
});
