import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onPostgres } from '../../support/engines.ts';
import { startHttpServer } from '../../support/http_server.ts';
import { query } from '../../support/postgres.ts';
import { aParty } from '../../support/relay.ts';
import { endOfRelay, startRelayProcess } from '../../support/relay_process.ts';
import { startTarget } from '../../support/target_server.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'relay-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A port that somebody else listens on. */
async function takenPort(): Promise<{ port: string; free(): Promise<void> }> {
  const { url, stop } = await startHttpServer();
  return { port: new URL(url).port, free: stop };
}

describe('A relay', () => {
  it('serves with nothing set but a free port, and keeps its data where it was started', async () => {
    const relay = await startRelayProcess({}, folder);
    try {
      expect((await fetch(`${relay.url}/readyz`)).status).toBe(200);
      expect(await readdir(folder)).toEqual(['relay-data', 'relay-data.pid']);
    } finally {
      const { code, said } = await relay.stop();
      expect({ code, said }).toEqual({
        code: 0,
        said: `The relay listens on ${relay.url}; its API is described at ${relay.url}/docs\n`,
      });
    }
    expect(await readdir(folder)).toEqual(['relay-data']);
  });

  it('keeps its folder from a second relay', async () => {
    const relay = await startRelayProcess({}, folder);
    try {
      const { code, said } = await endOfRelay({ PORT: '0' }, folder);
      expect(code).toBe(1);
      expect(said).toMatch(
        /^RELAY_DATA: another relay \(process \d+\) already uses the folder relay-data\. .*DATABASE_URL.*\n$/,
      );
      expect((await fetch(`${relay.url}/readyz`)).status).toBe(200);
    } finally {
      await relay.stop();
    }
  });
});

describe('A relay that cannot start ends with a sentence that names', () => {
  it('each setting that is wrong', async () => {
    const { code, said } = await endOfRelay(
      { PORT: 'eighty', RELAY_TARGETS: 'https://hooks.zapier.com', DATABASE_URL: 'mysql://a/b' },
      folder,
    );
    expect(code).toBe(1);
    expect(said.trimEnd().split('\n')).toEqual([
      'PORT must be a whole number from 0 to 65535',
      expect.stringMatching(/^DATABASE_URL must be an address such as postgres:/),
      expect.stringMatching(/^RELAY_TARGETS has "https:\/\/hooks\.zapier\.com", which is not a/),
    ]);
  });

  it('the port that is taken', async () => {
    const { port, free } = await takenPort();
    try {
      expect(await endOfRelay({ PORT: port, RELAY_DATA: 'memory' }, folder)).toEqual({
        code: 1,
        said: `PORT: another program already listens on port ${port}. Stop it or set PORT to another number.\n`,
      });
    } finally {
      await free();
    }
  });

  it('the database that does not answer, and not its password', async () => {
    const { port, free } = await takenPort();
    await free();
    const { code, said } = await endOfRelay(
      { PORT: '0', DATABASE_URL: `postgres://relay:hush-hush@127.0.0.1:${port}/relay` },
      folder,
    );
    expect(code).toBe(1);
    expect(said).toMatch(/^DATABASE_URL: .*\(ECONNREFUSED\)\. .*\n$/);
    expect(said).not.toContain('hush');
  });

  it('the folder that cannot be written', async () => {
    const { code, said } = await endOfRelay({ PORT: '0', RELAY_DATA: '/dev/null/data' }, folder);
    expect(code).toBe(1);
    expect(said).toMatch(/^RELAY_DATA: .*\/dev\/null\/data.*\(ENOTDIR\)\. .*\n$/);
  });
});

onPostgres((engine) => {
  it('a port or an address that cannot be had is not blamed on the database', async () => {
    const [{ variables, drop }, { port, free }] = [await engine.openEmpty(), await takenPort()];
    try {
      expect((await endOfRelay({ PORT: port, ...variables }, folder)).said).toMatch(
        /^PORT: another program already listens/,
      );
      expect((await endOfRelay({ HOST: '192.0.2.1', ...variables }, folder)).said).toMatch(
        /^HOST: this machine has no address 192\.0\.2\.1\. .*\n$/,
      );
    } finally {
      await free();
      await drop();
    }
  });

  it('a database that is not there is named by what the server said of it', async () => {
    const { variables, drop } = await engine.openEmpty();
    await drop();
    const { code, said } = await endOfRelay({ PORT: '0', ...variables }, folder);
    expect(code).toBe(1);
    expect(said).toMatch(/^DATABASE_URL: .*\(3D000\)\. .*\n$/);
  });

  it('two relays that start together on an empty database both serve', async () => {
    for (const round of [1, 2]) {
      const { variables, drop } = await engine.openEmpty();
      const target = await startTarget();
      const party = aParty();
      try {
        const relays = await Promise.all([
          startRelayProcess(variables, folder),
          startRelayProcess(variables, folder),
        ]);
        const ready = await Promise.all(relays.map(({ url }) => fetch(`${url}/readyz`)));
        expect({ round, ready: ready.map(({ status }) => status) }).toEqual({
          round,
          ready: [200, 200],
        });
        const ids = await Promise.all(
          relays.map((relay) => relay.subscribe(party, `${target.url}/hook`)),
        );
        expect(ids[0]).toBe(ids[1]);
        await Promise.all(relays.map((relay) => relay.stop()));
        expect(
          await query(variables.DATABASE_URL ?? '', 'select number from relay.migration'),
        ).toEqual([{ number: 0 }]);
      } finally {
        await target.stop();
        await drop();
      }
    }
  });
});
