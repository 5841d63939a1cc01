import type { ZObject } from 'zapier-platform-core';
import { outcomeUnknown } from '../../services/call.ts';
import { readConnection } from '../../services/connection.ts';
import { startTasks } from '../../tasks/start_tasks.ts';
import { answeringWith, thrownBy, zOf } from '../support/z.ts';

const CALLBACK = {
  webhook_endpoint: 'https://hooks.example/c',
  webhook_secret: 'S',
  notify_progress: false,
};

let z: ZObject;
beforeEach(async () => {
  z = await zOf();
});

const startingWith = async (answers: Record<string, (z: ZObject) => unknown>) => {
  const connection = readConnection(z, { api_key: 'key-0123456789' });
  const sent: string[] = [];
  answeringWith(z, ({ body }) => {
    const { index, webhook_endpoint = '' } = JSON.parse(String(body));
    sent.push(`${index} ${webhook_endpoint}`.trim());
    return answers[index]?.(z);
  });
  const starting = {
    connection,
    operation: 'upscale',
    end: Date.now() + 20_000,
    inGroup: true,
  } as const;
  const orders = Object.keys(answers).map((index) => ({ input: { index }, webhook: undefined }));
  return {
    sent,
    connection,
    start: (callback = false) => startTasks(z, starting, orders, callback ? CALLBACK : undefined),
  };
};

const accepted = (id: string) => () => ({ task_id: id, message: '' });
const refused = () => ({ task_id: '', message: 'insufficient credits' });
const unknown = (zObject: ZObject) => {
  throw outcomeUnknown(zObject, readConnection(zObject, { api_key: 'key-0123456789' }));
};

test('the last task carries the callback, and is started before the others', async () => {
  const { sent, start } = await startingWith({ 1: accepted('a'), 2: accepted('b') });

  expect((await start(true)).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(sent).toEqual(['2 https://hooks.example/c', '1']);
});

test('when the task with the callback is refused, the next one carries it', async () => {
  const { sent, start } = await startingWith({ 1: accepted('a'), 2: refused, 3: refused });

  expect((await start(true)).map(({ id }) => id)).toEqual(['a', '', '']);
  expect(sent.map((one) => one.split(' ')[1])).toEqual(Array(3).fill('https://hooks.example/c'));
});

test('when it is not known whether the task with the callback was started, no other is', async () => {
  const { sent, start } = await startingWith({ 1: accepted('a'), 2: accepted('b'), 3: unknown });

  expect((await thrownBy(() => start(true))).message).toContain('or you may pay twice');
  expect(sent).toEqual(['3 https://hooks.example/c']);
});

test('the error of a single task states that nothing was started, that of one among others does not', async () => {
  const alone = await startingWith({ 1: refused });
  const beside = await startingWith({ 1: refused, 2: accepted('b') });

  expect((await thrownBy(() => alone.start())).message).toContain('Nothing was started');
  const [first] = await beside.start();
  expect(first?.errorMessage).toMatch(
    /^PiAPI refused this step\. PiAPI says: insufficient credits/,
  );
});

test('an error that a task may be running takes precedence, so that nobody pays twice', async () => {
  const { start } = await startingWith({ 1: refused, 2: unknown, 3: refused });

  expect((await thrownBy(() => start())).message).toContain('or you may pay twice');
});

test('tasks that were started are kept when others were refused', async () => {
  const { start } = await startingWith({ 1: refused, 2: accepted('b'), 3: unknown });

  expect(await start()).toMatchObject([
    { id: '', status: 'failed', errorMessage: expect.stringContaining('insufficient credits') },
    { id: 'b', status: 'pending' },
    { id: '', status: 'failed', errorMessage: expect.stringContaining('may pay twice') },
  ]);
});
