import { type Hook, startHook } from '../hook.ts';
import { type Client, startClient } from './client.ts';

const webhookRetry = { attempts: 4, milliseconds: 5 };
const faults = { duplicate: 0, delayMilliseconds: 0, reorder: false, lose: false };
const progressSteps = [0, 31, 62, 93];
const inOrder = [
  ...['processing 0', 'processing 31', 'processing 62', 'processing 93'],
  'finished 100',
];

let client: Client;
let hook: Hook | undefined;
beforeEach(async () => {
  client = await startClient({ webhookRetry, progressSteps });
});
afterEach(async () => {
  await client.piapi.stop();
  await hook?.stop();
  hook = undefined;
});

async function imagine(fields: object = {}, answer?: (nth: number) => number) {
  hook = await startHook(answer);
  const webhook = { webhook_endpoint: hook.url, ...fields };
  const id = await client.finish('imagine', { prompt: 'a dog', ...webhook });
  return { hook, id };
}

describe('without faults', () => {
  it('the end is sent, as the task object itself', async () => {
    const { hook, id } = await imagine({ webhook_secret: 'hush' });
    expect(hook.received).toHaveLength(1);
    expect(hook.received[0]?.body).toEqual(client.piapi.task(id));
    expect(hook.received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-webhook-secret': 'hush',
    });
    expect(client.piapi.webhooks).toEqual([
      {
        taskId: id,
        url: hook.url,
        status: 'finished',
        body: client.piapi.task(id),
        attempt: 1,
        duplicate: false,
        answer: 200,
      },
    ]);
  });

  it('progress is sent on request, in order', async () => {
    const { hook } = await imagine({ notify_progress: true });
    expect(hook.states()).toEqual(inOrder);
  });

  it('there is no secret header without a secret', async () => {
    const { hook } = await imagine();
    expect(hook.received[0]?.headers).not.toHaveProperty('x-webhook-secret');
  });

  it('a failure is sent too', async () => {
    const { hook } = await imagine({ prompt: 'blood', notify_progress: true });
    expect(hook.states()).toEqual(['processing 0', 'failed 0']);
  });

  it('inpaint sends nothing', async () => {
    const { hook, id } = await imagine();
    const single = await client.finish('upscale', { origin_task_id: id, index: '1' });
    const webhook = { webhook_endpoint: hook.url, notify_progress: true };
    await client.finish('inpaint', { origin_task_id: single, mask: 'aGk=', ...webhook });
    expect(hook.received).toHaveLength(1);
  });
});

describe('retries', () => {
  it('go on until the answer is 200 exactly', async () => {
    const { hook } = await imagine({}, (nth) => [500, 204, 302][nth - 1] ?? 200);
    expect(hook.states()).toEqual(Array(4).fill('finished 100'));
    expect(client.piapi.webhooks).toMatchObject([
      { attempt: 1, answer: 500 },
      { attempt: 2, answer: 204 },
      { attempt: 3, answer: 302 },
      { attempt: 4, answer: 200 },
    ]);
  });

  it('end after the last attempt', async () => {
    const { hook } = await imagine({}, () => 410);
    expect(hook.received).toHaveLength(webhookRetry.attempts);
  });

  it('are made when there is no answer', async () => {
    hook = await startHook();
    await hook.stop();
    await client.finish('imagine', { prompt: 'a dog', webhook_endpoint: hook.url });
    expect(client.piapi.webhooks.map(({ answer }) => answer)).toEqual(Array(4).fill('no answer'));
  });

  it('are given up when the stand-in stops', async () => {
    client.piapi.settings.webhookRetry = { attempts: 1000, milliseconds: 60_000 };
    const answered = new Promise<void>((resolve) => {
      void startHook(() => {
        resolve();
        return 500;
      }).then(async (started) => {
        hook = started;
        await client.post('imagine', { prompt: 'a dog', webhook_endpoint: started.url });
      });
    });
    await answered;
    await client.piapi.stop();
    await client.piapi.settled();
    expect(hook?.received).toHaveLength(1);
  });
});

describe('faults', () => {
  it('duplicate sends every POST again', async () => {
    client.piapi.settings.webhookFaults = { ...faults, duplicate: 2 };
    const { hook } = await imagine();
    expect(hook.states()).toEqual(Array(3).fill('finished 100'));
    expect(client.piapi.webhooks.map(({ duplicate }) => duplicate)).toEqual([false, true, true]);
  });

  it('reorder makes progress arrive after later progress and after the end', async () => {
    client.piapi.settings.webhookFaults = { ...faults, reorder: true };
    const { hook } = await imagine({ notify_progress: true });
    expect(hook.states()).toEqual([
      ...['processing 62', 'processing 31'],
      'finished 100',
      ...['processing 0', 'processing 93'],
    ]);
  });

  it('lose never sends the end', async () => {
    client.piapi.settings.webhookFaults = { ...faults, lose: true };
    const { hook, id } = await imagine({ notify_progress: true });
    expect(hook.states()).toEqual(inOrder.slice(0, -1));
    expect(client.piapi.task(id)?.status).toBe('finished');
  });

  it('a delay loses nothing and keeps the order', async () => {
    client.piapi.settings.webhookFaults = { ...faults, delayMilliseconds: 20 };
    const { hook } = await imagine({ notify_progress: true });
    expect(hook.states()).toEqual(inOrder);
  });
});
