import type { ZObject } from 'zapier-platform-core';
import type { WebhookRequest } from '../../../delivery/delivery.ts';
import { webhooksThroughZaps } from '../../../delivery/direct/webhooks.ts';
import { hookSecret, stepSecret } from '../../../delivery/secret.ts';
import { readConnection } from '../../../services/connection.ts';
import { listening, STEP, urlOf } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';
import { thrownBy, zOf } from '../../support/z.ts';

const CALLBACK_URL = 'https://hooks.zapier.example/callback/1/';
const SECRET = hookSecret('key-1', urlOf('a'));
const STEP_SECRET = stepSecret('key-1');

let z: ZObject;
let cache: MemoryCache;
beforeEach(async () => {
  z = await zOf();
  cache = new MemoryCache();
});

const webhooksFor = (step: Partial<WebhookRequest> = {}, service = 'piapi_v2') =>
  webhooksThroughZaps(z, cache, readConnection(z, { api_key: 'key-1', service }), {
    ...STEP,
    ...step,
  });

describe('a step that does not wait', () => {
  test('uses the hook of a Zap that listens, with the secret, and the reference in the URL', async () => {
    await listening(cache, 'task.finished', ['a']);
    expect(await webhooksFor()).toMatchObject({
      webhook: {
        webhook_endpoint: `${urlOf('a')}?reference=row+7`,
        webhook_secret: SECRET,
        notify_progress: false,
      },
      callback: undefined,
    });
  });

  test('uses no webhook when no Zap listens', async () => {
    expect(await webhooksFor()).toMatchObject({ webhook: undefined, callback: undefined });
  });

  test('puts the secret into the URL where the service has no header for it', async () => {
    await listening(cache, 'task.finished', ['a']);
    const { webhook } = await webhooksFor({ reports: 'end' }, 'legnext');
    expect(webhook?.webhook_endpoint).toBe(`${urlOf('a')}?reference=row+7&secret=${SECRET}`);
  });

  test.each([
    ['a Zap listens for it and the step allows it', ['progress'], true, true],
    ['not when the step does not want it', ['progress'], false, false],
    ['not when no Zap listens for it', [], true, false],
  ])('requests progress: %s', async (_rule, listeners, notifyProgress, expected) => {
    await listening(cache, 'task.finished', ['end']);
    await listening(cache, 'task.progress', listeners);
    const { webhook } = await webhooksFor({ notifyProgress });
    expect(webhook?.notify_progress).toBe(expected);
  });

  test('adds quiet=1 where progress is always sent and no Zap listens for it', async () => {
    await listening(cache, 'task.finished', ['end']);
    const { webhook } = await webhooksFor({ reports: 'progress always', reference: '' });
    expect(webhook?.webhook_endpoint).toBe(`${urlOf('end')}?quiet=1`);
  });
});

describe('a step that waits', () => {
  test('is resumed by a Zap that listens where one wants progress', async () => {
    await listening(cache, 'task.progress', ['progress']);
    const { callback } = await webhooksFor({ callbackUrl: CALLBACK_URL });
    expect(callback).toMatchObject({
      webhook_endpoint: `${urlOf('progress')}?reference=row+7&resume=${encodeURIComponent(CALLBACK_URL)}`,
      notify_progress: true,
    });
  });

  test.each([
    ['no Zap wants progress', 'task.finished', {}],
    ['the step declines it', 'task.progress', { notifyProgress: false }],
    ['the service reports the end alone', 'task.progress', { reports: 'end' }],
  ] as const)('gives its callback URL to the service where %s', async (_, event, step) => {
    await listening(cache, event, ['a']);
    expect(await webhooksFor({ callbackUrl: CALLBACK_URL, ...step })).toMatchObject({
      callback: {
        webhook_endpoint: CALLBACK_URL,
        webhook_secret: STEP_SECRET,
        notify_progress: false,
      },
    });
  });

  test('is called by the service itself when the cache fails and nothing else needs a Zap', async () => {
    cache.fails = () => true;
    const { callback } = await webhooksFor({ callbackUrl: CALLBACK_URL });
    expect(callback?.webhook_endpoint).toBe(CALLBACK_URL);
  });

  test('uses the hook of a Zap that listens for its other tasks', async () => {
    await listening(cache, 'task.finished', ['a']);
    const { webhook, callback } = await webhooksFor({ callbackUrl: CALLBACK_URL, size: 4 });
    expect(webhook?.webhook_endpoint).toBe(`${urlOf('a')}?reference=row+7`);
    expect(callback?.webhook_endpoint).toBe(CALLBACK_URL);
  });

  test('is resumed by a Zap that listens where progress is always sent', async () => {
    await listening(cache, 'task.finished', ['a']);
    const { callback } = await webhooksFor({
      callbackUrl: CALLBACK_URL,
      reports: 'progress always',
    });
    expect(callback?.webhook_endpoint).toBe(
      `${urlOf('a')}?reference=row+7&quiet=1&resume=${encodeURIComponent(CALLBACK_URL)}`,
    );
  });

  test.each([
    ['piapi_v2', 'progress on request'],
    ['piapi_unified', 'progress always'],
    ['legnext', 'end'],
  ] as const)(
    'on %s reports to a Zap that listens where nothing can call back',
    async (service, reports) => {
      await listening(cache, 'task.finished', ['a']);
      const { webhook, callback } = await webhooksFor({ reports }, service);
      expect(callback).toBeUndefined();
      expect(webhook?.webhook_endpoint).toContain(`${urlOf('a')}?reference=row+7`);
    },
  );

  test('starts its task where nothing can call back and no Zap runs', async () => {
    expect(await webhooksFor({ reports: 'progress always' })).toMatchObject({
      webhook: undefined,
      callback: undefined,
    });
  });

  test('starts nothing where progress is always sent and no Zap listens', async () => {
    const error = await thrownBy(() =>
      webhooksFor({ callbackUrl: CALLBACK_URL, reports: 'progress always' }),
    );
    expect(error).toBeInstanceOf(z.errors.HaltedError);
    expect(error.message).toMatch(/^Wait for Result: .+ Nothing was started\.$/);
  });
});
