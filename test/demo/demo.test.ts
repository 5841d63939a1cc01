import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DemoEvent } from '../../demo/events.ts';
import { play } from '../../demo/story.ts';
import type { ServiceKey } from '../../sandbox/start_service.ts';
import { EACH_SERVICE } from '../support/each_service.ts';
import { quietConsole } from '../support/quiet.ts';

quietConsole();

const stories = EACH_SERVICE.flatMap(({ key, reportsProgress }) => [
  { service: key, progress: reportsProgress, relay: false, how: 'from Zap to Zap' },
  { service: key, progress: reportsProgress, relay: true, how: 'through the relay' },
]);

/** Plays the story quickly; gives its events and the files it saved. */
async function played(service: ServiceKey, relay: boolean) {
  const pictures = await mkdtemp(path.join(tmpdir(), 'demo-'));
  const events: DemoEvent[] = [];
  // States a second apart, so that a busy machine does not mix them up, but few of them.
  const settings = { taskMilliseconds: 3_000, progressSteps: [0, 50] };
  const story = { service, relay, pictures, settings, speed: 'fast' };
  const prompts = ['red fox in fresh snow', 'knight covered in blood'];
  try {
    const kept = await play({ ...story, prompts }, { report: (event) => events.push(event) });
    return { kept, events, files: await readdir(pictures) };
  } finally {
    await rm(pictures, { recursive: true });
  }
}

const of = <Name extends DemoEvent['event']>(events: readonly DemoEvent[], name: Name) =>
  events.filter((item): item is Extract<DemoEvent, { event: Name }> => item.event === name);

test.each(stories)(
  'the demo keeps its promises on $service, $how',
  async ({ service, progress, relay }) => {
    const { kept, events, files } = await played(service, relay);

    const [summary] = of(events, 'summary');
    expect(summary?.promises.filter((promise) => !promise.kept)).toEqual([]);
    expect(kept).toBe(true);
    // The grid and four quarters of one prompt, and the five of the Zap that waits.
    expect(files).toHaveLength(10);
    const failed = of(events, 'finished').filter(({ succeeded }) => !succeeded);
    expect(failed.map(({ error_message }) => error_message)).toEqual(
      Array(2).fill(expect.stringContaining('blood')),
    );

    // Where there is no progress, that is said instead of promised.
    expect(of(events, 'progress').length > 1).toBe(progress);
    expect(of(events, 'note')).toHaveLength(progress ? 0 : 1);
    expect(JSON.stringify(summary?.promises).includes('Progress')).toBe(progress);
  },
);
