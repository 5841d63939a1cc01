import { bodyOf } from '../../support/bodies.ts';
import { onPostgres } from '../../support/engines.ts';
import { countTasks, startLoad } from '../../support/load.ts';
import { anAccount } from '../../support/relay.ts';
import { onStage } from '../../support/relay_process.ts';
import { until } from '../../support/until.ts';

onPostgres((engine) => {
  describe('Two relays on one database', () => {
    it('both accept callbacks, and every event arrives exactly once', () =>
      onStage(engine, async ({ target, start }) => {
        const [first, second] = [await start(), await start()];
        const accounts = Array.from({ length: 20 }, anAccount);
        for (const [number, account] of accounts.entries()) {
          await first.subscribe(account, `${target.url}/hook-${number}`);
        }
        const load = startLoad([first, second], accounts);
        await until('the load', () => load.acknowledged.length >= 400);
        await load.end();
        await first.settled(accounts);
        const arrived = countTasks(target.received);
        expect(new Set(arrived.keys())).toEqual(new Set(load.acknowledged));
        expect([...arrived].filter(([, times]) => times > 1)).toEqual([]);
      }));

    it('do not deliver an event again that the other one has accepted', () =>
      onStage(engine, async ({ target, start }) => {
        const [first, second] = [await start(), await start()];
        const account = anAccount();
        await first.subscribe(account, `${target.url}/hook`);
        const sent = [first, second, first, second].map((relay) =>
          relay.callback(account, bodyOf('task-1')),
        );
        expect(await Promise.all(sent)).toEqual([true, true, true, true]);
        await second.settled([account]);
        expect(target.received).toHaveLength(1);
      }));

    it('deliver what the other one accepted before it stopped', () =>
      onStage(engine, async ({ target, start }) => {
        const [first, second] = [await start(), await start()];
        const account = anAccount();
        target.answer({ status: 500 });
        await first.subscribe(account, `${target.url}/hook`);
        expect(await first.callback(account, bodyOf('task-1'))).toBe(true);
        await until('the first attempt', () => target.received.length > 0);
        expect((await first.stop()).code).toBe(0);
        target.answer({ status: 200 });
        await second.settled([account]);
        expect(new Set(target.bodiesAt('/hook'))).toEqual(new Set([bodyOf('task-1')]));
      }));
  });
});
