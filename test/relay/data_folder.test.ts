import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bodyOf } from '../support/bodies.ts';
import type { Engine } from '../support/engines.ts';
import { aParty, startTestRelay } from '../support/relay.ts';
import { startTarget } from '../support/target_server.ts';

it('a relay that keeps its data in a folder knows after a stop what it knew before', async () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'relay-'));
  const folder = path.join(parent, 'data');
  const open = async () => ({ variables: { RELAY_DATA: folder }, drop: async () => undefined });
  const engine: Engine = { name: 'PGlite', open, openEmpty: open };
  const target = await startTarget();
  const party = aParty();
  try {
    const first = await startTestRelay(engine);
    const id = await first.subscribe(party, target.url);
    await first.callback(party, bodyOf('task-1'));
    await first.settled(party);
    await first.stop();
    expect(existsSync(`${folder}.pid`)).toBe(false);

    const second = await startTestRelay(engine);
    expect(await second.subscribe(party, target.url)).toBe(id);
    await second.callback(party, bodyOf('task-1'));
    await second.callback(party, bodyOf('task-2'));
    await second.settled(party);
    await second.stop();
    expect(target.bodiesAt('/')).toEqual([bodyOf('task-1'), bodyOf('task-2')]);
  } finally {
    await target.stop();
    rmSync(parent, { recursive: true });
  }
});
