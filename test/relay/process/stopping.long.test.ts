import { connect } from 'node:net';
import { type Engine, onPostgres } from '../../support/engines.ts';
import { countTasks, startLoad } from '../../support/load.ts';
import { aParty } from '../../support/relay.ts';
import { onStage, PGLITE_FOLDER } from '../../support/relay_process.ts';
import { until } from '../../support/until.ts';

/** So many that the rate of each hook holds up nothing. */
const PARTIES = 20;

function suite(engine: Engine): void {
  it('loses nothing, and every event arrives exactly once', () =>
    onStage(engine, async ({ target, start }) => {
      const parties = Array.from({ length: PARTIES }, aParty);
      const first = await start();
      for (const [number, party] of parties.entries()) {
        await first.subscribe(party, `${target.url}/hook-${number}`);
      }
      const load = startLoad([first], parties);
      await until('the load', () => load.acknowledged.length >= 300);
      const { code, said } = await first.stop();
      await load.end();
      expect({ code, lines: said.trimEnd().split('\n') }).toEqual({
        code: 0,
        lines: [expect.stringContaining('The relay listens on ')],
      });

      const second = await start();
      await second.settled(parties);
      expect((await second.stop()).code).toBe(0);
      const arrived = countTasks(target.received);
      expect(load.acknowledged.filter((taskId) => arrived.get(taskId) !== 1)).toEqual([]);
      expect([...arrived].filter(([, times]) => times > 1)).toEqual([]);
    }));
}

it('A relay that is told to stop does not wait for who never ends what he says', () =>
  onStage(PGLITE_FOLDER, async ({ start }) => {
    const relay = await start();
    const { hostname, port } = new URL(relay.url);
    const { id, secret } = aParty();
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    const cutOff = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `POST /v1/callbacks/${id} HTTP/1.1\r\nhost: relay\r\nx-webhook-secret: ${secret}\r\ncontent-length: 100\r\n\r\n{"task_id":`,
    );
    // It has seen the request when it answers a later one.
    expect((await fetch(`${relay.url}/livez`)).status).toBe(200);
    expect((await relay.stop()).code).toBe(0);
    await cutOff;
  }));

describe('A relay that is told to stop under load', () => {
  describe('on PGlite', () => suite(PGLITE_FOLDER));
  onPostgres(suite);
});
