import type { ZObject } from 'zapier-platform-core';
import { passOn } from '../../../delivery/direct/pass_on.ts';
import { resumeStep } from '../../../delivery/direct/resume_step.ts';
import { stepSecret } from '../../../delivery/secret.ts';
import { aWebhook, connectionOf } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';
import { aTask } from '../../support/tasks.ts';
import { answering, logOf, zOf } from '../../support/z.ts';

const RESUME = 'https://hooks.zapier.com/callback/1?step=2';
const WEBHOOK = aWebhook({ resume: RESUME });
const DEADLINE_PASSED = 0;

let z: ZObject;
let cache: MemoryCache;
let log: string[];
beforeEach(async () => {
  z = await zOf();
  log = logOf(z);
  cache = new MemoryCache();
});

const later = () => Date.now() + 10_000;

test('a step is resumed with the body and the secret, and forwarded=1 in the URL', async () => {
  const sent = answering(z, () => 200);
  await resumeStep(z, cache, connectionOf(z), WEBHOOK, later());

  expect(sent).toMatchObject([
    {
      url: `${RESUME}&forwarded=1`,
      method: 'POST',
      body: WEBHOOK.content,
      headers: { 'x-webhook-secret': stepSecret(connectionOf(z).apiKey) },
    },
  ]);
});

test('a repeated end does not resume it again, the end of another task does', async () => {
  const sent = answering(z, () => 200);
  await resumeStep(z, cache, connectionOf(z), WEBHOOK, later());
  await resumeStep(z, cache, connectionOf(z), WEBHOOK, later());
  const other = aTask({ id: 'task-2', status: 'finished' });
  await resumeStep(z, cache, connectionOf(z), { ...WEBHOOK, task: other }, later());

  expect(sent).toHaveLength(2);
});

test('a failed resume is logged, and the next copy of the end tries again', async () => {
  const sent = answering(z, (_request, earlier) => (earlier === 0 ? 503 : 200));
  await resumeStep(z, cache, connectionOf(z), WEBHOOK, DEADLINE_PASSED);
  await resumeStep(z, cache, connectionOf(z), WEBHOOK, DEADLINE_PASSED);

  expect(sent).toHaveLength(2);
  expect(log).toEqual(['A step that waits for a task could not be resumed at its end.']);
});

test('a step is resumed even when the cache cannot be read', async () => {
  cache.fails = () => true;
  const sent = answering(z, () => 410);
  await resumeStep(z, cache, connectionOf(z), WEBHOOK, DEADLINE_PASSED);

  expect(sent).toHaveLength(1);
});

describe('passing on an event with a callback URL', () => {
  test('resumes the step only at the end', async () => {
    const sent = answering(z, () => 200);
    const running = aTask({ status: 'processing', progress: 46 });
    await passOn(z, cache, connectionOf(z), { ...WEBHOOK, task: running }, undefined);
    expect(sent).toEqual([]);

    await passOn(z, cache, connectionOf(z), WEBHOOK, undefined);
    expect(sent.map(({ url }) => url)).toEqual([`${RESUME}&forwarded=1`]);
  });

  test.each([
    ['http://hooks.zapier.com/callback/1'],
    ['https://user:word@hooks.zapier.com/'],
    ['ftp://hooks.zapier.com/'],
    ['https://hooks.zapier.com:8443/'],
    ['https://elsewhere.example/hooks.zapier.com'],
    ['https://evil-zapier.com/'],
    ['https://zapier.com.elsewhere.example/'],
    ['http://127.0.0.1:9001/'],
    ['http://localhost/'],
    ['http://[::1]/'],
    ['not an address'],
    [''],
  ])('does not call %j, though its secret is genuine', async (resume) => {
    const sent = answering(z, () => 200);
    await passOn(z, cache, connectionOf(z), { ...WEBHOOK, resume }, undefined);

    expect(sent).toEqual([]);
  });
});
