import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FolderInUse, lockFolder } from '../../relay/lock_folder.ts';

const HOLDER = path.resolve('test', 'support', 'lock_holder.ts');

/** In a container of its own, processes have numbers of their own; not every machine allows that. */
const NAMESPACE = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
const hasNamespaces = spawnSync(NAMESPACE[0] ?? '', [...NAMESPACE.slice(1), 'true']).status === 0;

let parent: string;
let folder: string;
let holders: ChildProcess[];

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'relay-'));
  folder = path.join(parent, 'data');
  holders = [];
});

afterEach(async () => {
  for (const holder of holders) {
    holder.kill('SIGKILL');
  }
  rmSync(parent, { recursive: true });
});

/** A process that locks the folder and keeps it. @returns once it has, what it printed */
async function startHolder(inNamespace = false): Promise<{ holder: ChildProcess; said: string }> {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', HOLDER, folder];
  const [program = '', ...rest] = inNamespace ? [...NAMESPACE, ...command] : command;
  const holder = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  holders.push(holder);
  const [said] = await once(holder.stdout ?? holder, 'data');
  return { holder, said: String(said).trim() };
}

const noLoss = () => {
  throw new Error('The lock was lost.');
};

describe('The folder of a relay', () => {
  it('is created, locked and released', async () => {
    const release = await lockFolder(folder, noLoss);
    expect(existsSync(folder)).toBe(true);
    await release();
    expect(readdirSync(parent)).toEqual(['data']);
    await release();
    await (await lockFolder(folder, noLoss))();
  });

  it('is refused while another process holds it, however long that takes', async () => {
    expect(await startHolder()).toMatchObject({ said: 'locked' });
    await expect(lockFolder(folder, noLoss)).rejects.toThrow(FolderInUse);
    await expect(lockFolder(folder, noLoss)).rejects.toThrow(/^RELAY_DATA: .* set DATABASE_URL/);
  });

  it('is free at once when its holder on this machine was killed', async () => {
    const { holder } = await startHolder();
    holder.kill('SIGKILL');
    await once(holder, 'close');
    const start = performance.now();
    const release = await lockFolder(folder, noLoss);
    // Otherwise it would wait for as long as a lock lives.
    expect(performance.now() - start).toBeLessThan(9_000);
    await release();
  });

  (hasNamespaces ? it : it.skip)(
    'is refused to a second container on the same volume, where both are process 1, and goes to it once the first was killed',
    async () => {
      const first = await startHolder(true);
      expect(first.said).toBe('locked');
      expect(await startHolder(true)).toMatchObject({ said: 'in use' });
      first.holder.kill('SIGKILL');
      expect(await startHolder(true)).toMatchObject({ said: 'locked' });
    },
  );
});
