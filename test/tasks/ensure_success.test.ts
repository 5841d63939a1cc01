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

test('what only the user can mend stops the run softly, with the reason and what to do', async () => {
  const { z, error } = await outcome(failed('task-1', 'parent task is outdated'));
  expect(error).toBeInstanceOf(z.errors.HaltedError);
  expect(error.message).toMatch(/^Upscale failed: parent task is outdated\. .+ about 3 hours/);
});

test('a failure without a reason is an error of the service', async () => {
  const { z, error } = await outcome(failed('task-1', ''));
  expect(error).not.toBeInstanceOf(z.errors.HaltedError);
  expect(error.message).toContain('Upscale failed: The service gave no reason. Run the step again');
});

test('a time-out is an error of the service too', async () => {
  const { z, error } = await outcome(failed('task-1', 'timed out'));
  expect(error).not.toBeInstanceOf(z.errors.HaltedError);
});

test('of several that failed, one that was started gives the reason', async () => {
  const { error } = await outcome(failed('', 'not started'), failed('task-2', 'no credits'));
  expect(error.message).toContain('no credits');
});

test('when none was started, the first gives it', async () => {
  const { error } = await outcome(failed('', 'no credits'), failed('', 'not started'));
  expect(error.message).toContain('no credits');
});

test.each([[[]], [[aTask()]], [[failed('task-1', 'no'), aTask({ status: 'finished' })]]])(
  'nothing is thrown as long as something may come of it: %#',
  async (tasks) => {
    const z = await zOf();
    const connection = readConnection(z, { api_key: 'key-1' });
    expect(() => ensureSuccess(z, connection, 'upscale', tasks)).not.toThrow();
  },
);
