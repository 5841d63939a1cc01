import fc from 'fast-check';
import { STATUSES, taskOf } from '../../midjourney/task.ts';
import { NotATask } from '../../services/service.ts';
import { SERVICES } from '../../services/services.ts';
import { holds } from '../support/holds.ts';

const KEYS = Object.keys(taskOf({ id: '', service: '', operation: '' })).sort();

const odd = fc.oneof(fc.constant(null), fc.jsonValue({ maxDepth: 2 }));

const partOf = (...keys: string[]) =>
  fc.oneof(odd, fc.dictionary(fc.constantFrom(...keys, '__proto__', 'constructor'), odd));

const id = fc.oneof(fc.string(), fc.constant('task-1'), odd);

/** Something like a task, in the formats of all services. */
const taskLike = fc.record(
  {
    task_id: id,
    job_id: id,
    jobId: id,
    result: fc.oneof(odd, partOf('images', 'gridUrl', 'videos', 'tracks')),
    model: fc.oneof(fc.constantFrom('midjourney', 'kling'), odd),
    task_type: odd,
    status: fc.oneof(fc.constantFrom('finished', 'Completed', 'failed'), odd),
    process_time: odd,
    input: partOf('prompt'),
    output: partOf('image_url', 'image_urls', 'progress', 'prompts', 'seed', 'available_actions'),
    meta: partOf('task_type', 'created_at', 'started_at', 'ended_at', 'task_request', 'task_param'),
    error: partOf('raw_message', 'message'),
    task_result: partOf('image_url', 'image_urls', 'task_progress', 'error_messages', 'seed'),
    __proto__: odd,
  },
  { requiredKeys: [] },
);

const body = fc.oneof(fc.jsonValue(), taskLike, fc.record({ code: odd, data: taskLike }));

const received = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each(SERVICES)('$key: any JSON', (service) => {
  test.each([['readTask'], ['readCallback']] as const)(
    '%s gives a task with known keys and types, or throws NotATask',
    (reader) => {
      let tasks = 0;
      holds(
        fc.property(body, (value) => {
          try {
            const task = service[reader](received(value));
            tasks += 1;
            expect(Object.keys(task).sort()).toEqual(KEYS);
            expect(STATUSES).toContain(task.status);
            expect(task.id).toMatch(/\S/);
            expect(task.service).toBe(service.key);
            for (const text of [task.prompt, task.operation, task.seed, task.errorMessage]) {
              expect(typeof text).toBe('string');
            }
          } catch (error) {
            expect(error).toBeInstanceOf(NotATask);
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        }),
        1000,
      );
      expect(tasks).toBeGreaterThan(100);
    },
  );

  test('no other reader throws an error', () => {
    const answer = fc.oneof(body, fc.record({ data: odd, error: odd, message: odd, code: odd }));
    holds(
      fc.property(answer, (value) => {
        const answered = received(value);
        expect(() => service.readStarted(answered)).not.toThrow();
        expect(typeof service.readAccount(answered).name).toBe('string');
        expect(typeof service.readRefusal(answered)).toBe('string');
        expect(typeof (service.statusOf?.(200, answered) ?? 200)).toBe('number');
        const many = service.many?.read(answered).values() ?? [];
        for (const task of [...many, ...(service.history?.read(answered, '').tasks ?? [])]) {
          expect(Object.keys(task).sort()).toEqual(KEYS);
        }
      }),
      500,
    );
  });
});
