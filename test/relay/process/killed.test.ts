import { bodyOf } from '../../support/bodies.ts';
import { type Engine, onPostgres } from '../../support/engines.ts';
import { aParty, type Party } from '../../support/relay.ts';
import { onStage, PGLITE_FOLDER, type Stage } from '../../support/relay_process.ts';
import { until } from '../../support/until.ts';

const TIMES = 20;

/** Until the heartbeat of a relay that died is missed, and its deliveries were tried again. */
const RECOVERY_SECONDS = 60;

const HELD = { status: 200, held: new Promise(() => undefined) };

interface Killed {
  readonly party: Party;
  readonly path: string;
  /** How many arrivals were cut off by the kill. */
  readonly unanswered: number;
}

/**
 * Kills a relay between the acknowledgement of an event and its delivery: the target takes it and
 * does not answer. Every other time the kill comes right after the acknowledgement.
 */
async function kill({ target, start }: Stage, round: number): Promise<Killed> {
  const party = aParty();
  const path = `/hook-${round}`;
  target.answer(HELD, path);
  const relay = await start();
  await relay.subscribe(party, target.url + path);
  expect(await relay.callback(party, bodyOf(`task-${round}`))).toBe(true);
  if (round % 2 === 0) {
    await until('the delivery', () => target.bodiesAt(path).length > 0);
  }
  expect((await relay.kill()).code).toBeNull();
  const unanswered = target.bodiesAt(path).length;
  target.answer({ status: 200 }, path);
  return { party, path, unanswered };
}

function suite(engine: Engine): void {
  it.concurrent(
    'delivers every acknowledged event after a restart',
    () =>
      onStage(engine, async (stage) => {
        const killed: Killed[] = [];
        for (let round = 1; round <= TIMES; round += 1) {
          killed.push(await kill(stage, round));
        }
        process.stderr.write(`${engine.name} killed ${performance.now()}\n`);
        const relay = await stage.start();
        await relay.settled(
          killed.map(({ party }) => party),
          RECOVERY_SECONDS,
        );
        for (const [index, { path, unanswered }] of killed.entries()) {
          const bodies = stage.target.bodiesAt(path);
          expect(bodies.length).toBeGreaterThan(unanswered);
          expect(new Set(bodies)).toEqual(new Set([bodyOf(`task-${index + 1}`)]));
        }
        process.stderr.write(`${engine.name} settled ${performance.now()}\n`);
        expect((await relay.stop()).code).toBe(0);
      }),
    150_000,
  );
}

describe(`A relay that is killed ${TIMES} times between acknowledgement and delivery`, () => {
  describe('on PGlite', () => suite(PGLITE_FOLDER));
  onPostgres(suite);
});
