import { inWorld, post } from './world.ts';

const waiting = { wait: true };

test('a step that gets a callback URL waits, and its first callback resumes it once', () =>
  inWorld(async (zapier) => {
    const noted = { ...waiting, note: true };
    const run = await zapier.connect({ api_key: 'k' }).create('wait', noted);
    expect(run).toMatchObject({
      status: 'waiting',
      output: { id: 'later', callback: run.callbackUrl },
      callbackPosts: 0,
    });
    const answer = await post(`${run.callbackUrl}?try=1`, { n: 1 }, { 'x-webhook-secret': 's' });
    expect(answer.status).toBe(200);
    expect((await post(run.callbackUrl, { n: 2 })).status).toBe(200);
    expect(await run.resumed()).toMatchObject({
      bundle: {
        authData: { api_key: 'k' },
        inputData: noted,
        outputData: { id: 'later' },
        cleanedRequest: { n: 1, querystring: { try: '1' } },
        rawRequest: { content: '{"n":1}', headers: { 'Http-X-Webhook-Secret': 's' } },
      },
    });
    await zapier.settled();
    expect(run.callbackPosts).toBe(2);
    expect(zapier.cache.calls).toEqual([{ method: 'set', key: 'resumed' }]);
  }));

test('a callback that comes before perform has ended resumes the step too', () =>
  inWorld(async (zapier) => {
    const run = await zapier.connect({}).create('wait', { early: true });
    expect(run).toMatchObject({ status: 'waiting', callbackPosts: 1 });
    expect(await run.resumed()).toMatchObject({
      bundle: { outputData: { id: 'later' }, cleanedRequest: { n: 0 } },
    });
  }));

test('an error in performResume is the step’s error', () =>
  inWorld(async (zapier) => {
    const run = await zapier.connect({}).create('wait', waiting);
    await post(run.callbackUrl, { fail: true });
    await zapier.settled();
    await expect(run.resumed()).rejects.toMatchObject({ kind: 'HaltedError' });
  }));

test('a step without z.generateCallbackUrl has no callback URL', () =>
  inWorld(async (zapier) => {
    const run = await zapier.connect({}).create('wait', { wait: false });
    expect(run).toMatchObject({ status: 'success', output: { id: 'now' }, callbackUrl: '' });
    await expect(run.resumed()).rejects.toThrow('did not wait');
    expect((await post(`${zapier.url}/callback/unknown`, {})).status).toBe(404);
  }));

test('in the editor meta says that the step is being tested', () =>
  inWorld(async (zapier) => {
    const run = await zapier.connect({}).create('wait', waiting, { editor: true });
    expect(run.status).toBe('success');
  }));

test.each([
  ['app', { kind: 'AppError', shown: 'Mend the prompt', delay: undefined }],
  ['throttled', { kind: 'ThrottledError', shown: 'Too many tasks', delay: 42 }],
  ['plain', { kind: 'Error', shown: expect.stringContaining('What happened:') }],
])('the user reads the error of kind %s as the platform shows it', (kind, error) =>
  inWorld(async (zapier) => {
    await expect(zapier.connect({}).create('fail', { kind })).rejects.toMatchObject(error);
  }),
);
