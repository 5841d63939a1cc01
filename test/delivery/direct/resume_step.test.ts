import type { ZObject } from 'zapier-platform-core';
import { tellOthers } from '../../../delivery/direct/pass_on.ts';
import { resumeStep } from '../../../delivery/direct/resume_step.ts';
import { aCallback } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';
import { aTask } from '../../support/tasks.ts';
import { answering, logOf, zOf } from '../../support/z.ts';

const RESUME = 'https://hooks.zapier.example/callback/1?step=2';
const CALLBACK = aCallback({ resume: RESUME });
const GONE_BY = 0;

let z: ZObject;
let cache: MemoryCache;
let log: string[];
beforeEach(async () => {
  z = await zOf();
  log = logOf(z);
  cache = new MemoryCache();
});

const later = () => Date.now() + 10_000;

test('a step is told with the body, the secret and the mark of what is passed on', async () => {
  const sent = answering(z, () => 200);
  await resumeStep(z, cache, CALLBACK, later());

  expect(sent).toMatchObject([
    {
      url: `${RESUME}&forwarded=1`,
      method: 'POST',
      body: CALLBACK.content,
      headers: { 'x-webhook-secret': CALLBACK.secret },
    },
  ]);
});

test('the same end does not call it again, the end of another task does', async () => {
  const sent = answering(z, () => 200);
  await resumeStep(z, cache, CALLBACK, later());
  await resumeStep(z, cache, CALLBACK, later());
  const other = aTask({ id: 'task-2', status: 'finished' });
  await resumeStep(z, cache, { ...CALLBACK, task: other }, later());

  expect(sent).toHaveLength(2);
});

test('a step that could not be told is logged, and told by the next copy of the end', async () => {
  const sent = answering(z, (_request, earlier) => (earlier === 0 ? 503 : 200));
  await resumeStep(z, cache, CALLBACK, GONE_BY);
  await resumeStep(z, cache, CALLBACK, GONE_BY);

  expect(sent).toHaveLength(2);
  expect(log).toEqual(['A step that waits for a task could not be told of its end.']);
});

test('a cache that cannot be read lets the step go on', async () => {
  cache.fails = () => true;
  const sent = answering(z, () => 410);
  await resumeStep(z, cache, CALLBACK, GONE_BY);

  expect(sent).toHaveLength(1);
});

describe('of what is told to the others', () => {
  test('only an end calls the step', async () => {
    const sent = answering(z, () => 200);
    const running = aTask({ status: 'processing', progress: 46 });
    await tellOthers(z, cache, { ...CALLBACK, task: running }, undefined);
    expect(sent).toEqual([]);

    await tellOthers(z, cache, CALLBACK, undefined);
    expect(sent.map(({ url }) => url)).toEqual([`${RESUME}&forwarded=1`]);
  });

  test.each([
    ['http://hooks.zapier.example/callback/1'],
    ['https://user:word@hooks.zapier.example/'],
    ['ftp://hooks.zapier.example/'],
    ['not an address'],
    [''],
  ])('the secret is not sent to %j', async (resume) => {
    const sent = answering(z, () => 200);
    await tellOthers(z, cache, { ...CALLBACK, resume }, undefined);

    expect(sent).toEqual([]);
  });
});
