import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onPostgres } from '../../support/engines.ts';
import { startHttpServer } from '../../support/http_server.ts';
import { query } from '../../support/postgres.ts';
import { anAccount } from '../../support/relay.ts';
import { endOfRelay, startRelayProcess } from '../../support/relay_process.ts';
import { startTarget } from '../../support/target_server.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'relay-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What a relay without an access token says. */
const OPEN =
  'Anybody who reaches it can use it. Set RELAY_ACCESS_TOKEN, here and in the integration, unless that is only you.';

/** A port that another server listens on. */
async function takenPort(): Promise<{ port: string; free(): Promise<void> }> {
  const { url, stop } = await startHttpServer();
  return { port: new URL(url).port, free: stop };
}

describe('A relay', () => {
  it('starts with only a free port set, and keeps its data in the folder it was started in', async () => {
    const relay = await startRelayProcess({}, folder);
    try {
      expect((await fetch(`${relay.url}/readyz`)).status).toBe(200);
      expect(await readdir(folder)).toEqual(['relay-data', 'relay-data.lock', 'relay-data.owner']);
    } finally {
      const { code, output } = await relay.stop();
      expect({ code, output }).toEqual({
        code: 0,
        output: `The relay listens on ${relay.url}; its API is described at ${relay.url}/docs\n${OPEN}\n`,
      });
    }
    expect(await readdir(folder)).toEqual(['relay-data']);
  });

  it('does not let a second relay use its folder', async () => {
    const relay = await startRelayProcess({}, folder);
    try {
      const { code, output } = await endOfRelay({ PORT: '0' }, folder);
      expect(code).toBe(1);
      expect(output).toMatch(
        /^RELAY_DATA: another relay already uses the folder relay-data\. .*DATABASE_URL.*\n$/,
      );
      expect((await fetch(`${relay.url}/readyz`)).status).toBe(200);
    } finally {
      await relay.stop();
    }
  });
});

describe('A relay that cannot start exits with a sentence that names', () => {
  it('each setting that is wrong', async () => {
    const { code, output } = await endOfRelay(
      { PORT: 'eighty', RELAY_TARGETS: 'https://hooks.zapier.com', DATABASE_URL: 'mysql://a/b' },
      folder,
    );
    expect(code).toBe(1);
    expect(output.trimEnd().split('\n')).toEqual([
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
        output: `PORT: another program already listens on port ${port}. Stop it or set PORT to another number.\n`,
      });
    } finally {
      await free();
    }
  });

  it('the database that does not answer, without its password', async () => {
    const { port, free } = await takenPort();
    await free();
    const { code, output } = await endOfRelay(
      { PORT: '0', DATABASE_URL: `postgres://relay:hush-hush@127.0.0.1:${port}/relay` },
      folder,
    );
    expect(code).toBe(1);
    expect(output).toMatch(/^DATABASE_URL: .*\(ECONNREFUSED\)\. .*\n$/);
    expect(output).not.toContain('hush');
  });

  it('the folder that cannot be written', async () => {
    const { code, output } = await endOfRelay({ PORT: '0', RELAY_DATA: '/dev/null/data' }, folder);
    expect(code).toBe(1);
    expect(output).toMatch(/^RELAY_DATA: .*\/dev\/null\/data.*\(ENOTDIR\)\. .*\n$/);
  });
});

onPostgres((engine) => {
  it('a port or address that cannot be used is not reported as a problem of the database', async () => {
    const [{ variables, drop }, { port, free }] = [await engine.openEmpty(), await takenPort()];
    try {
      expect((await endOfRelay({ PORT: port, ...variables }, folder)).output).toMatch(
        /^PORT: another program already listens/,
      );
      expect((await endOfRelay({ HOST: '192.0.2.1', ...variables }, folder)).output).toMatch(
        /^HOST: this machine has no address 192\.0\.2\.1\. .*\n$/,
      );
    } finally {
      await free();
      await drop();
    }
  });

  it("a database that does not exist is reported with the server's error code", async () => {
    const { variables, drop } = await engine.openEmpty();
    await drop();
    const { code, output } = await endOfRelay({ PORT: '0', ...variables }, folder);
    expect(code).toBe(1);
    expect(output).toMatch(/^DATABASE_URL: .*\(3D000\)\. .*\n$/);
  });

  it('two relays that start at the same time on an empty database both serve requests', async () => {
    for (const round of [1, 2]) {
      const { variables, drop } = await engine.openEmpty();
      const target = await startTarget();
      const account = anAccount();
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
          relays.map((relay) => relay.subscribe(account, `${target.url}/hook`)),
        );
        expect(ids[0]).toBe(ids[1]);
        await Promise.all(relays.map((relay) => relay.stop()));
        expect(
          await query(variables.DATABASE_URL ?? '', 'select number from relay.migration'),
        ).toEqual([0, 1, 2, 3, 4, 5].map((number) => ({ number })));
      } finally {
        await target.stop();
        await drop();
      }
    }
  });
});
