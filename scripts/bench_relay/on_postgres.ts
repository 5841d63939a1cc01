import { measureHang } from './after_hang.ts';
import { measureKill } from './after_kill.ts';
import { isExactlyOnce, said } from './arrivals.ts';
import { BOARD, NOTHING } from './attacks.ts';
import { measureFewConnections } from './few_connections.ts';
import { percentile } from './load.ts';
import { measureMemory } from './memory.ts';
import { ownDatabase } from './own_database.ts';
import { judged, out, seconds, tenth, times, whole } from './print.ts';
import { measureRandomKills } from './random_kills.ts';
import { measureAttacks } from './under_attack.ts';

/** How soon it is to be back after something has failed. */
const BACK_MILLISECONDS = 15_000;

/** What it may take, whatever comes. */
const MEGABYTES = 400;

const back = (milliseconds: number): string =>
  `${seconds(milliseconds)} (${judged(milliseconds, BACK_MILLISECONDS)} 15 s)`;

const one = (milliseconds: readonly number[], percent: number): string =>
  seconds(percentile(milliseconds, percent));

const allBack = (milliseconds: readonly number[]): string =>
  `${milliseconds.length}: the first after ${one(milliseconds, 0)}, half of them after ${one(milliseconds, 50)}, all after ${back(Math.max(...milliseconds))}`;

/**
 * What is measured on PostgreSQL only: it prints each, with what became of the events. Where
 * something fails an event may arrive twice, but none may be lost.
 * @returns whether that was so
 */
export async function measureOnPostgres(databaseUrl: string): Promise<boolean> {
  const own = (name: string) => ownDatabase(databaseUrl, name);
  let isWell = true;

  out('\nFew connections, one hook each');
  for (const figures of await measureFewConnections(await own('few'))) {
    const { connections, perSecond, milliseconds, counts } = figures;
    isWell &&= isExactlyOnce(counts);
    out(
      `    ${connections}: acknowledged ${whole(perSecond)}/s (${times(milliseconds)}), delivered later, at 25/s to each hook; ${said(counts)}`,
    );
  }

  out('\nMemory of one relay');
  const memory = await measureMemory(await own('memory'));
  isWell &&= isExactlyOnce(memory.counts);
  out(
    `    at rest ${whole(memory.atRest)} MB, at most ${whole(memory.atMost)} MB (${judged(memory.atMost, MEGABYTES)} ${MEGABYTES}), at rest again ${whole(memory.afterwards)} MB; ${said(memory.counts)}`,
  );

  out('\nBack after a kill, started again at once');
  const kill = await measureKill(await own('kill'));
  isWell &&= kill.counts.lost === 0;
  out(`    the next event is delivered after ${back(kill.firstEvent)}`);
  out(`    deliveries that waited for their turn: ${allBack(kill.waiting)}`);
  out(`    deliveries that their targets had not answered, again: ${allBack(kill.inFlight)}`);
  out(`    ${said(kill.counts)}`);

  out('\nA hundred kills at random, under load');
  const { counts, ...kills } = await measureRandomKills(await own('random_kills'));
  isWell &&= counts.lost === 0;
  out(
    `    ${kills.relay} of the relay, ${kills.postgres} of PostgreSQL, ${kills.both} of both: ${said(counts)}`,
  );

  out('\nBack after the open connections to the database hang');
  const hang = await measureHang((await own('hang')).DATABASE_URL);
  isWell &&= hang.counts.lost === 0;
  out(`    the next event is acknowledged and delivered after ${back(hang.firstEvent)}`);
  out(`    every event is, within a second, from ${back(hang.asUsual)} on`);
  out(`    ${said(hang.counts)}`);

  out('\nA quiet connection while one attacks');
  const attacks = await measureAttacks(own);
  for (const { attack, p50, p99, memory: most, taken, counts } of attacks) {
    isWell &&= counts.lost === 0 && counts.repeated === 0;
    out(
      `    ${attack.padEnd(28)} p50 ${tenth(p50)} ms, p99 ${tenth(p99)} ms (${judged(p99, 250)} 250), ${whole(most)} MB (${judged(most, MEGABYTES)} ${MEGABYTES}); ${said(counts)}; the other's: ${taken} taken`,
    );
  }
  const p99Of = (name: string) => attacks.find(({ attack }) => attack === name)?.p99 ?? Number.NaN;
  const cost = p99Of(BOARD) - p99Of(NOTHING);
  out(`    opening the board costs ${tenth(cost)} ms of p99 (${judged(cost, 50)} 50)`);
  return isWell;
}
