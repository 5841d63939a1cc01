import { OtherSchema } from '../../relay/check_schema.ts';
import { FolderInUse } from '../../relay/lock_folder.ts';
import { readSettings } from '../../relay/settings.ts';
import { startProblem } from '../../relay/start_problem.ts';

const EMBEDDED = readSettings({ HOST: '192.0.2.1', PORT: '80' });
const SERVER = readSettings({ DATABASE_URL: 'postgres://relay:hunter2@db.example/relay' });

const systemError = (known: Record<string, string>) =>
  Object.assign(new Error('relay:hunter2@db.example'), known);

describe('Why a relay did not start', () => {
  it.each([
    [
      { syscall: 'listen', code: 'EADDRINUSE' },
      'PORT: another program already listens on port 80.',
    ],
    [{ syscall: 'listen', code: 'EACCES' }, 'PORT: this user may not listen on port 80.'],
    [{ syscall: 'listen', code: 'EADDRNOTAVAIL' }, 'HOST: this machine has no address 192.0.2.1.'],
    [
      { syscall: 'listen', code: 'EAFNOSUPPORT' },
      'HOST, PORT: the relay cannot listen on 192.0.2.1',
    ],
    [
      { syscall: 'getaddrinfo', hostname: '192.0.2.1', code: 'ENOTFOUND' },
      'HOST: 192.0.2.1 is no address of this machine (ENOTFOUND).',
    ],
    [
      { code: 'EROFS' },
      'RELAY_DATA: the relay cannot keep its data in the folder relay-data (EROFS).',
    ],
    [{}, 'RELAY_DATA: the relay cannot keep its data in the folder relay-data.'],
  ])('is explained with the setting that caused %j', (known, words) => {
    expect(startProblem(systemError(known), EMBEDDED)).toContain(words);
  });

  it.each([
    ['an error with a code', systemError({ code: '28P01' }), ' (28P01).'],
    [
      'a name that is not found',
      systemError({ syscall: 'getaddrinfo', hostname: 'db.example', code: 'ENOTFOUND' }),
      ' (ENOTFOUND).',
    ],
    ['no error at all', 'relay:hunter2@db.example', 'this database. '],
  ])(
    'is explained for %s of a database, without its address and password',
    (_what, error, words) => {
      const problem = startProblem(error, SERVER);
      expect(problem).toMatch(/^DATABASE_URL: the relay cannot use this database/);
      expect(problem).toContain(words);
      expect(problem).not.toMatch(/hunter2|db\.example/);
    },
  );

  it('is the message of the error itself when the folder is in use', () => {
    expect(startProblem(new FolderInUse('RELAY_DATA: in use.'), EMBEDDED)).toBe(
      'RELAY_DATA: in use.',
    );
  });

  it.each([
    ['RELAY_DATA', EMBEDDED],
    ['DATABASE_URL', SERVER],
  ])('begins with %s when the tables are not those of this version', (setting, settings) => {
    expect(startProblem(new OtherSchema('Written by a newer version.'), settings)).toBe(
      `${setting}: Written by a newer version.`,
    );
  });
});
