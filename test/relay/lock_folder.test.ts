import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FolderInUse, lockFolder } from '../../relay/lock_folder.ts';

let parent: string;
let folder: string;
let pidFile: string;

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'relay-'));
  folder = path.join(parent, 'data');
  pidFile = path.join(parent, 'data.pid');
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

describe('The folder of a relay', () => {
  it('is created, locked and released', () => {
    const release = lockFolder(folder);
    expect(existsSync(folder)).toBe(true);
    expect(readFileSync(pidFile, 'utf8')).toBe(String(process.pid));
    release();
    expect(existsSync(pidFile)).toBe(false);
    release();
    lockFolder(folder)();
  });

  it.each([
    ['of this user', process.ppid],
    ['of another user', 1],
  ])('is refused while a running process %s holds it', (_whose, pid) => {
    writeFileSync(pidFile, String(pid));
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    expect(() => lockFolder(folder)).toThrow(
      new RegExp(
        `^RELAY_DATA: another relay \\(process ${pid}\\) already uses the folder .*DATABASE_URL`,
      ),
    );
    expect(readFileSync(pidFile, 'utf8')).toBe(String(pid));
  });

  it.each([
    ['a process that died', String(spawnSync(process.execPath, ['--version']).pid)],
    ['an earlier process with the same number', String(process.pid)],
    ['an empty file', ''],
    ['an unreadable file', 'nonsense'],
  ])('is locked although its lock is left from %s', (_whom, left) => {
    writeFileSync(pidFile, left);
    const release = lockFolder(folder);
    expect(readFileSync(pidFile, 'utf8')).toBe(String(process.pid));
    release();
  });
});
