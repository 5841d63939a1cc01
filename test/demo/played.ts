import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DemoEvent } from '../../demo/events.ts';
import { play } from '../../demo/story.ts';
import type { ServiceUnderTest } from '../support/each_service.ts';
import { slowDownDeadlines } from '../support/slow_deadlines.ts';

const of = <Name extends DemoEvent['event']>(events: readonly DemoEvent[], name: Name) =>
  events.filter((item): item is Extract<DemoEvent, { event: Name }> => item.event === name);

/** Plays the demo quickly on a service, and checks that it keeps its promises there. */
export async function expectPromisesKept(
  { key: service, reportsProgress }: ServiceUnderTest,
  relay: boolean,
): Promise<void> {
  // A relay goes by the clock of its database, and tries for hours.
  const endSlowness = relay ? () => undefined : slowDownDeadlines();
  const pictures = await mkdtemp(path.join(tmpdir(), 'demo-'));
  const events: DemoEvent[] = [];
  // Few progress states, far enough apart that a slow machine does not mix them up.
  const settings = { taskMilliseconds: 9_000, progressSteps: [0, 50] };
  const prompts = ['red fox in fresh snow', 'knight covered in blood'];
  const story = { service, relay, pictures, settings, speed: 'fast', prompts };
  try {
    const kept = await play(story, { report: (event) => events.push(event) });
    const [summary] = of(events, 'summary');
    expect(summary?.promises.filter((promise) => !promise.kept)).toEqual([]);
    expect(kept).toBe(true);
    // A grid and its four quarters for one prompt, and the same five from the Zap that waits.
    expect(await readdir(pictures)).toHaveLength(10);
    const failed = of(events, 'finished').filter(({ succeeded }) => !succeeded);
    expect(failed.map(({ error_message }) => error_message)).toEqual(
      Array(2).fill(expect.stringMatching(/blood|Image denied/)),
    );

    // Where there is no progress, a note says so instead of a promise.
    expect(of(events, 'progress').length > 1).toBe(reportsProgress);
    expect(of(events, 'note')).toHaveLength(reportsProgress ? 0 : 1);
    expect(JSON.stringify(summary?.promises).includes('Progress')).toBe(reportsProgress);
  } finally {
    endSlowness();
    await rm(pictures, { recursive: true });
  }
}
