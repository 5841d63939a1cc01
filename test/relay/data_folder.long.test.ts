import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bodyOf } from '../support/bodies.ts';
import type { Engine } from '../support/engines.ts';
import { anAccount, startTestRelay } from '../support/relay.ts';
import { startTarget } from '../support/target_server.ts';

it('a relay that stores its data in a folder still has it after a restart', async () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'relay-'));
  const folder = path.join(parent, 'data');
  const open = async () => ({ variables: { RELAY_DATA: folder }, drop: async () => undefined });
  const engine: Engine = { name: 'PGlite', open, openEmpty: open };
  const target = await startTarget();
  const account = anAccount();
  try {
    const first = await startTestRelay(engine);
    const id = await first.subscribe(account, target.url);
    await first.callback(account, bodyOf('task-1'));
    await first.settled(account);
    await first.stop();
    expect(existsSync(`${folder}.lock`)).toBe(false);

    const second = await startTestRelay(engine);
    expect(await second.subscribe(account, target.url)).toBe(id);
    await second.callback(account, bodyOf('task-1'));
    await second.callback(account, bodyOf('task-2'));
    await second.settled(account);
    await second.stop();
    expect(target.bodiesAt('/')).toEqual([bodyOf('task-1'), bodyOf('task-2')]);
  } finally {
    await target.stop();
    rmSync(parent, { recursive: true });
  }
});
