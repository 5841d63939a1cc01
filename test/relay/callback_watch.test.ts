import { createCallbackWatch } from '../../relay/api/callback_watch.ts';
import { Refusal } from '../../relay/api/errors.ts';

/** An error with a code, as PostgreSQL's client throws it. */
const withCode = (code: string): Error =>
  Object.assign(new Error('words with data of a caller'), { code });

function watching() {
  const heard: string[] = [];
  const lines: string[] = [];
  const watch = createCallbackWatch(
    {
      callbacksFailed: () => void heard.push('failed'),
      callbacksWork: () => void heard.push('work'),
    },
    { error: (values, message) => void lines.push(JSON.stringify(values) + message) },
  );
  return { watch, heard, lines };
}

describe('The watch over callbacks', () => {
  it.each(['53100', '57P01', '25006', '42P01', 'ECONNREFUSED'])(
    'hears of a callback that could not be written for %s, and says so without its words',
    async (code) => {
      const { watch, heard, lines } = watching();
      const write = watch.watched(() => Promise.reject(withCode(code)));
      await expect(write([1])).rejects.toMatchObject({ code });
      expect(heard).toEqual(['failed']);
      expect(lines).toEqual([expect.stringContaining(code)]);
      expect(lines).toEqual([expect.stringContaining('Look at the database')]);
      expect(lines.join()).not.toContain('data of a caller');
    },
  );

  it('hears of one that got no answer, which has no code', async () => {
    const { watch, heard } = watching();
    const write = watch.watched(() => Promise.reject(new Error('Query read timeout')));
    await expect(write([1])).rejects.toThrow();
    expect(heard).toEqual(['failed']);
  });

  it.each(['21000', '22021', '23505', '54000'])(
    'hears nothing of a callback that is refused for what is in it, with %s',
    async (code) => {
      const { watch, heard, lines } = watching();
      const write = watch.watched(() => Promise.reject(withCode(code)));
      await expect(write([1])).rejects.toMatchObject({ code });
      expect([...heard, ...lines]).toEqual([]);
    },
  );

  it.each([401, 422, 429])('hears nothing of one that is refused with %i', (status) => {
    const { watch, heard, lines } = watching();
    watch.failed(new Refusal(status, 'refused', 'Not now.'), 0);
    expect([...heard, ...lines]).toEqual([]);
  });

  it('takes a new event for a sign that callbacks can be written, a repeated one for none', async () => {
    const { watch, heard } = watching();
    const write = watch.watched(async (items: readonly boolean[]) =>
      items.map((isNew) => ({ isNew })),
    );
    await write([false, false]);
    expect(heard).toEqual([]);
    await write([false, true]);
    expect(heard).toEqual(['work']);
  });
});
