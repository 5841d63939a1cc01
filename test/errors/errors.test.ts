import type { ZObject } from 'zapier-platform-core';
import { expired, failed, guarded, halted, tryAgainIn } from '../../errors/errors.ts';
import { logOf, thrownBy, zOf } from '../support/z.ts';

let z: ZObject;
let log: string[];
beforeEach(async () => {
  z = await zOf();
  log = logOf(z);
});

const guard = (run: () => unknown) => guarded<object, unknown>(run)(z, {});

describe('every error that we throw reaches the user without the bundle', () => {
  test.each([
    ['halted', () => halted(z, 'Stop.'), () => z.errors.HaltedError],
    ['failed', () => failed(z, 'Stop.', 'code', 500), () => z.errors.Error],
    ['expired', () => expired(z, 'Stop.'), () => z.errors.ExpiredAuthError],
    ['tryAgainIn', () => tryAgainIn(z, 'Stop.', 60), () => z.errors.ThrottledError],
  ])('%s', async (_name, make, kind) => {
    const error = make();
    expect(error).toBeInstanceOf(kind());
    expect(error).toHaveProperty('doNotContextify', true);
    expect(error.message).toContain('Stop.');
    expect(await thrownBy(() => guard(() => Promise.reject(error)))).toBe(error);
    expect(log).toEqual([]);
  });

  test('code, status and delay are handed to the platform', () => {
    expect(JSON.parse(failed(z, 'Stop.', 'code', 500).message)).toEqual({
      message: 'Stop.',
      code: 'code',
      status: 500,
    });
    expect(JSON.parse(tryAgainIn(z, 'Stop.', 60).message)).toEqual({ message: 'Stop.', delay: 60 });
  });
});

describe('guarded', () => {
  test('a result is returned unchanged, also one that is not a promise', async () => {
    expect(await guard(() => 7)).toBe(7);
    expect(await guard(async () => [])).toEqual([]);
  });

  test('passes z and the bundle to the function', async () => {
    const perform = guarded(async (given: ZObject, bundle: { a: number }) => [given === z, bundle]);
    expect(await perform(z, { a: 1 })).toEqual([true, { a: 1 }]);
  });

  test.each([
    ['an error', () => new TypeError('cannot read S-0123456789')],
    [
      'a platform error without doNotContextify',
      () => new z.errors.HaltedError('body: S-0123456789'),
    ],
    ['something that is no error', () => 'S-0123456789'],
    ['nothing', () => undefined],
  ])('%s that was not expected reaches the user as one sentence', async (_name, make) => {
    const error = await thrownBy(() => guard(() => Promise.reject(make())));
    expect(error).toBeInstanceOf(z.errors.Error);
    expect(error.message).toContain('Something went wrong inside this integration.');
    expect(error.message).not.toContain('S-0123456789');
    expect(error).toHaveProperty('doNotContextify', true);
    expect(log).toHaveLength(1);
  });

  test('an unexpected error is named in the log', async () => {
    await thrownBy(() =>
      guard(() => {
        throw new RangeError('too far');
      }),
    );
    expect(log.join()).toContain('RangeError');
  });
});
