import { bodyOf } from '../../support/bodies.ts';
import { onPostgres } from '../../support/engines.ts';
import { countTasks, startLoad } from '../../support/load.ts';
import { aParty } from '../../support/relay.ts';
import { onStage } from '../../support/relay_process.ts';
import { until } from '../../support/until.ts';

onPostgres((engine) => {
  describe('Two relays on one database', () => {
    it('both take callbacks, and every event arrives exactly once', () =>
      onStage(engine, async ({ target, start }) => {
        const [first, second] = [await start(), await start()];
        const parties = Array.from({ length: 20 }, aParty);
        for (const [number, party] of parties.entries()) {
          await first.subscribe(party, `${target.url}/hook-${number}`);
        }
        const load = startLoad([first, second], parties);
        await until('the load', () => load.acknowledged.length >= 400);
        await load.end();
        await first.settled(parties);
        const arrived = countTasks(target.received);
        expect(new Set(arrived.keys())).toEqual(new Set(load.acknowledged));
        expect([...arrived].filter(([, times]) => times > 1)).toEqual([]);
      }));

    it('know an event that the other one took in, and do not deliver it again', () =>
      onStage(engine, async ({ target, start }) => {
        const [first, second] = [await start(), await start()];
        const party = aParty();
        await first.subscribe(party, `${target.url}/hook`);
        const sent = [first, second, first, second].map((relay) =>
          relay.callback(party, bodyOf('task-1')),
        );
        expect(await Promise.all(sent)).toEqual([true, true, true, true]);
        await second.settled([party]);
        expect(target.received).toHaveLength(1);
      }));

    it('deliver what the other one took in before it stopped', () =>
      onStage(engine, async ({ target, start }) => {
        const [first, second] = [await start(), await start()];
        const party = aParty();
        target.answer({ status: 500 });
        await first.subscribe(party, `${target.url}/hook`);
        expect(await first.callback(party, bodyOf('task-1'))).toBe(true);
        await until('the first try', () => target.received.length > 0);
        expect((await first.stop()).code).toBe(0);
        target.answer({ status: 200 });
        await second.settled([party]);
        expect(new Set(target.bodiesAt('/hook'))).toEqual(new Set([bodyOf('task-1')]));
      }));
  });
});
