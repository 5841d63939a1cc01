import { measureOnPostgres } from './on_postgres.ts';
import { measurePgBoss } from './pg_boss_alone.ts';
import { judged, out, whole } from './print.ts';
import { CONCURRENCY, EVENTS, measureBareRoute, measureThroughput } from './throughput.ts';

/**
 * `npm run bench:relay`: how fast the relay acknowledges and delivers callbacks, compared with a bare
 * route and with pg-boss alone in the same run; and on PostgreSQL what it takes, what it does when
 * something fails, and what others get while one attacks. Figures depend on the machine; ratios
 * hardly do.
 */

const postgres = process.env.RELAY_TEST_DATABASE_URL;
const databases = [
  { name: 'PGlite, in memory', url: undefined },
  ...(postgres ? [{ name: 'PostgreSQL', url: postgres }] : []),
];

let isWell = true;

out('A bare route that parses and answers');
const bare = await measureBareRoute();
for (const { name, url } of databases) {
  out(`\n${name}`);
  out('  pg-boss alone');
  const pgBoss = await measurePgBoss(url, EVENTS, CONCURRENCY);
  out(
    `    sent ${whole(pgBoss.sentPerSecond)}/s, processed ${whole(pgBoss.processedPerSecond)}/s, one job at a time each`,
  );
  out('  the relay');
  const relay = await measureThroughput(url ? { DATABASE_URL: url } : { RELAY_DATA: 'memory' });
  isWell &&= relay.isExactlyOnce;
  out(
    `    ratios: acknowledged ${(relay.acknowledged / bare).toFixed(2)} × the bare route, ${(relay.acknowledged / pgBoss.sentPerSecond).toFixed(2)} × pg-boss alone; delivered ${(relay.delivered / pgBoss.processedPerSecond).toFixed(2)} × pg-boss alone`,
  );
  out(
    `    bars: p50 ${judged(relay.p50, 50)} 50 ms, p99 ${judged(relay.p99, 500)} 500 ms${url ? `, acknowledged ${relay.acknowledged >= 1000 ? 'above' : 'BELOW'} 1,000/s` : ''}`,
  );
}
if (postgres) {
  isWell = (await measureOnPostgres(postgres)) && isWell;
} else {
  out('\nPostgreSQL: skipped, because RELAY_TEST_DATABASE_URL is not set');
}
out(
  `\nNo acknowledged event was lost, and none arrived twice where nothing failed: ${isWell ? 'yes' : 'NO'}`,
);
process.exitCode = isWell ? 0 : 1;
