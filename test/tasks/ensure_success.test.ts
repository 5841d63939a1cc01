import { readConnection } from '../../services/connection.ts';
import { ensureSuccess } from '../../tasks/ensure_success.ts';
import { aTask } from '../support/tasks.ts';
import { thrownBy, zOf } from '../support/z.ts';

const failed = (id: string, errorMessage: string) => aTask({ id, status: 'failed', errorMessage });

const outcome = async (...tasks: Parameters<typeof ensureSuccess>[3]) => {
  const z = await zOf();
  const connection = readConnection(z, { api_key: 'key-1' });
  return { z, error: await thrownBy(() => ensureSuccess(z, connection, 'upscale', tasks)) };
};

test('a failure that only the user can fix stops the run but leaves the Zap on, with what to do', async () => {
  const { z, error } = await outcome(failed('task-1', 'parent task is outdated'));
  expect(error).toBeInstanceOf(z.errors.HaltedError);
  expect(error.message).toMatch(
    /^Upscale Image failed: parent task is outdated\. .+ about 3 hours/,
  );
});

test('a failure without a reason is reported as an error of the service', async () => {
  const { z, error } = await outcome(failed('task-1', ''));
  expect(error).not.toBeInstanceOf(z.errors.HaltedError);
  expect(error.message).toContain(
    'Upscale Image failed: The service gave no reason. Look at the task in your workspace',
  );
});

test('a time-out is reported as an error of the service', async () => {
  const { z, error } = await outcome(failed('task-1', 'timed out'));
  expect(error).not.toBeInstanceOf(z.errors.HaltedError);
});

test('when several tasks fail, the reason is that of a task that was started', async () => {
  const { error } = await outcome(failed('', 'not started'), failed('task-2', 'no credits'));
  expect(error.message).toContain('no credits');
});

test('when no task was started, the reason is that of the first', async () => {
  const { error } = await outcome(failed('', 'no credits'), failed('', 'not started'));
  expect(error.message).toContain('no credits');
});

test.each([[[]], [[aTask()]], [[failed('task-1', 'no'), aTask({ status: 'finished' })]]])(
  'nothing is thrown as long as a task may still give a result: %#',
  async (tasks) => {
    const z = await zOf();
    const connection = readConnection(z, { api_key: 'key-1' });
    expect(() => ensureSuccess(z, connection, 'upscale', tasks)).not.toThrow();
  },
);
