import { connect } from 'node:net';
import { type Engine, onPostgres } from '../../support/engines.ts';
import { countTasks, startLoad } from '../../support/load.ts';
import { anAccount } from '../../support/relay.ts';
import { onStage, PGLITE_FOLDER } from '../../support/relay_process.ts';
import { until } from '../../support/until.ts';

/** Enough that the rate limit of each hook delays nothing. */
const ACCOUNTS = 20;

function suite(engine: Engine): void {
  it('loses nothing, and every event arrives exactly once', () =>
    onStage(engine, async ({ target, start }) => {
      const accounts = Array.from({ length: ACCOUNTS }, anAccount);
      const first = await start();
      for (const [number, account] of accounts.entries()) {
        await first.subscribe(account, `${target.url}/hook-${number}`);
      }
      const load = startLoad([first], accounts);
      await until('the load', () => load.acknowledged.length >= 300);
      const { code, output } = await first.stop();
      await load.end();
      expect({ code, lines: output.trimEnd().split('\n') }).toEqual({
        code: 0,
        lines: [
          expect.stringContaining('The relay listens on '),
          expect.stringContaining('Set RELAY_ACCESS_TOKEN'),
        ],
      });

      const second = await start();
      await second.settled(accounts);
      expect((await second.stop()).code).toBe(0);
      const arrived = countTasks(target.received);
      expect(load.acknowledged.filter((taskId) => arrived.get(taskId) !== 1)).toEqual([]);
      expect([...arrived].filter(([, times]) => times > 1)).toEqual([]);
    }));
}

it('A relay that is stopped does not wait for a request that never ends', () =>
  onStage(PGLITE_FOLDER, async ({ start }) => {
    const relay = await start();
    const { hostname, port } = new URL(relay.url);
    const account = anAccount();
    const { id, secret } = account;
    await relay.subscribe(account, `${relay.url}/hook`);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.resume();
    const cutOff = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `POST /v1/callbacks/${id} HTTP/1.1\r\nhost: relay\r\nx-webhook-secret: ${secret}\r\ncontent-length: 100\r\n\r\n{"task_id":`,
    );
    // Once it answers a later request it has seen this one.
    expect((await fetch(`${relay.url}/livez`)).status).toBe(200);
    expect((await relay.stop()).code).toBe(0);
    await cutOff;
  }));

describe('A relay that is stopped under load', () => {
  describe('on PGlite', () => suite(PGLITE_FOLDER));
  onPostgres(suite);
});
