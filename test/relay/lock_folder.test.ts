import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FolderInUse, lockFolder } from '../../relay/lock_folder.ts';

let parent: string;
let folder: string;
let mark: string;

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'relay-'));
  folder = path.join(parent, 'data');
  mark = path.join(parent, 'data.pid');
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

describe('The folder of a relay', () => {
  it('is made, is marked as taken, and is given back', () => {
    const release = lockFolder(folder);
    expect(existsSync(folder)).toBe(true);
    expect(readFileSync(mark, 'utf8')).toBe(String(process.pid));
    release();
    expect(existsSync(mark)).toBe(false);
    release();
    lockFolder(folder)();
  });

  it.each([
    ['of this user', process.ppid],
    ['of another user', 1],
  ])('is left to a process %s that runs', (_whose, pid) => {
    writeFileSync(mark, String(pid));
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    expect(() => lockFolder(folder)).toThrow(
      new RegExp(
        `^RELAY_DATA: another relay \\(process ${pid}\\) already uses the folder .*DATABASE_URL`,
      ),
    );
    expect(readFileSync(mark, 'utf8')).toBe(String(pid));
  });

  it.each([
    ['a process that died', String(spawnSync(process.execPath, ['--version']).pid)],
    ['an earlier process with the same number', String(process.pid)],
    ['nobody', ''],
    ['who knows whom', 'nonsense'],
  ])('is taken over from %s', (_whom, left) => {
    writeFileSync(mark, left);
    const release = lockFolder(folder);
    expect(readFileSync(mark, 'utf8')).toBe(String(process.pid));
    release();
  });
});
