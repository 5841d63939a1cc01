import type { Task } from '../../midjourney/task.ts';
import { groupOutput } from '../../output/group_output.ts';
import { taskOutput } from '../../output/task_output.ts';
import { aTask } from '../support/tasks.ts';

const output = (known: Partial<Task>) =>
  taskOutput(aTask(known), 'row-7', (url) => `file of ${url}`);
const finished = (number: number) =>
  output({
    id: `task-${number}`,
    status: 'finished',
    imageUrl: `https://img.example/${number}.png`,
    finishedAt: `2026-03-12T09:0${number}:00+00:00`,
  });
const refused = output({ id: '', status: 'failed', errorMessage: 'no credits' });

test('a group of finished tasks has succeeded, with the picture of each', () => {
  expect(groupOutput([finished(1), finished(2)])).toMatchObject({
    id: 'task-1',
    status: 'finished',
    succeeded: true,
    image: 'file of https://img.example/1.png',
    images: [
      { number: 1, url: 'https://img.example/1.png' },
      { number: 2, url: 'https://img.example/2.png' },
    ],
    finished_at: '2026-03-12T09:02:00+00:00',
    error_message: '',
    tasks: [{ task_id: 'task-1' }, { task_id: 'task-2' }],
  });
});

test('a failed task is named by its number, and the id is that of a task that was started', () => {
  expect(groupOutput([refused, finished(2)])).toMatchObject({
    id: 'task-2',
    status: 'finished',
    succeeded: false,
    images: [{ number: 2 }],
    error_message: 'Image 1: no credits',
    error_kind: 'quota',
  });
});

test('a group is running while one task runs, and has failed when all have', () => {
  const running = output({ status: 'processing' });

  expect(groupOutput([finished(1), running])).toMatchObject({
    status: 'processing',
    succeeded: false,
    finished_at: null,
  });
  expect(groupOutput([refused, refused])).toMatchObject({
    status: 'failed',
    image: null,
    images: [],
  });
});

test('a group ends with its latest task, and has the least progress of those started', () => {
  const at = (id: string, progress: number | undefined) => output({ id, progress });

  expect(groupOutput([finished(2), finished(1)]).finished_at).toBe('2026-03-12T09:02:00+00:00');
  expect(groupOutput([at('a', 80), at('b', 20), refused]).progress).toBe(20);
  expect(groupOutput([at('a', 80), at('b', undefined)]).progress).toBeNull();
});

test('a group without tasks is an error', () => {
  expect(() => groupOutput([])).toThrow(RangeError);
});
