import fc from 'fast-check';
import { taskIn } from '../../delivery/read_webhook.ts';
import { smallBody } from '../../delivery/small_body.ts';
import { lacksResult } from '../../midjourney/task.ts';
import { FIRST_SERVICE, serviceOf } from '../../services/services.ts';
import { bodyOf } from '../support/bodies.ts';
import { holds } from '../support/holds.ts';

const FILE = 'iVBORw0KGgo'.repeat(500_000);

const MOST_BYTES = 256_000;

const IMAGE = 'https://pictures.example/1.png';

test('a body of the usual size stays as it is, to the byte', () => {
  const body = ` ${bodyOf('task-1')}\n`;
  expect(smallBody(body)).toBe(body);
  expect(smallBody('not JSON')).toBe('not JSON');
});

const v2 = (mask: string) => ({
  task_id: 'task-1',
  status: 'finished',
  meta: { task_type: 'inpaint', task_request: { mask, prompt: 'red fox' } },
  task_result: { image_url: IMAGE },
});

const unified = (id: string) => (image: string) => ({
  timestamp: 1_723_018_391,
  data: {
    [id]: 'task-1',
    model: 'midjourney',
    task_type: 'imagine',
    status: 'completed',
    input: { prompt: 'red fox', image },
    output: { image_url: IMAGE },
  },
});

test.each([
  ['piapi_v2', v2],
  ['piapi_unified', unified('task_id')],
  ['legnext', unified('job_id')],
] as const)('of a body of %s with a file in it, all but the file stays', (key, bodyWith) => {
  const service = serviceOf(key) ?? FIRST_SERVICE;
  const small = smallBody(JSON.stringify(bodyWith(FILE)));

  expect(JSON.parse(small)).toEqual(bodyWith(''));
  expect(taskIn(service, small)).toMatchObject({ id: 'task-1', imageUrl: IMAGE });
});

test('of one that is large all through the task is left, to be read anew', () => {
  const task = { task_id: 'task-1', status: 'finished', meta: { task_type: 'imagine' } };
  const links = Array(50_000).fill(IMAGE);
  const small = smallBody(JSON.stringify({ ...task, links, task_result: { links } }));

  expect(JSON.parse(small)).toEqual(task);
  expect(lacksResult(taskIn(FIRST_SERVICE, small))).toBe(true);
});

test('what is passed on is never large', () => {
  holds(
    fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 60 }), (value, times) => {
      const body = JSON.stringify({
        task_id: 'x',
        status: 'failed',
        error: { message: 'no' },
        more: Array(times * 300).fill(value),
        file: 'x'.repeat(times * 10_000),
      });
      expect(Buffer.byteLength(smallBody(body))).toBeLessThanOrEqual(MOST_BYTES);
    }),
    50,
  );
});
