import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DemoEvent } from '../../demo/events.ts';
import { playFilms } from '../../demo/film_story.ts';
import { quietConsole } from '../support/quiet.ts';

quietConsole();

test('the story of films keeps its promises on two services, and saves both films', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'films-'));
  const events: DemoEvent[] = [];
  try {
    await playFilms('red fox in fresh snow', folder, { report: (one) => events.push(one) });

    expect(events.at(-1)).toMatchObject({
      event: 'summary',
      promises: [{ kept: true }, { kept: true }],
    });
    expect((await readdir(folder)).filter((name) => name.endsWith('.mp4'))).toHaveLength(2);
  } finally {
    await rm(folder, { recursive: true });
  }
});
