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

describe('A relay that is told to stop under load', () => {
  describe('on PGlite', () => suite(PGLITE_FOLDER));
  onPostgres(suite);
});
