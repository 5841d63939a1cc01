import { type Bundle, version as platformVersion, type ZObject } from 'zapier-platform-core';
import { pollingTriggers, thingFields } from './example_polling.ts';

/** A small app with one step of each kind, to try the sandbox on. */
const subscribe = async (z: ZObject, bundle: Bundle) => {
  if (bundle.inputData.refuse) {
    throw new z.errors.Error('No hooks today', 'refused', 403);
  }
  await z.cache.set(`hook:${bundle.targetUrl}`, bundle.inputData, 60, ['auth']);
  return { id: String(bundle.targetUrl), seen: bundle };
};

const unsubscribe = async (z: ZObject, bundle: Bundle) => {
  if (bundle.inputData.keep) {
    throw new z.errors.Error('Cannot unsubscribe');
  }
  return { deleted: await z.cache.delete(`hook:${bundle.subscribeData?.id}`) };
};

const receive = async (z: ZObject, bundle: Bundle) => {
  if (Array.isArray(bundle.cleanedRequest)) {
    return bundle.cleanedRequest;
  }
  const { events, fail, ...event } = bundle.cleanedRequest;
  if (fail) {
    throw new z.errors.HaltedError('This event is no good');
  }
  z.console.log(`The key is ${bundle.authData.api_key}`);
  return events ?? [{ id: '1', event, bundle }];
};

const list = async (_: ZObject, bundle: Bundle) => [
  { id: 'sample', loading: bundle.meta.isLoadingSample },
];

const file = async (z: ZObject, bundle: Bundle) => {
  const content = Buffer.from(String(bundle.inputData.text));
  return z.stashFile(content, content.length, 'größe.txt', 'text/plain');
};

const wait = async (z: ZObject, bundle: Bundle) => {
  if (bundle.meta.isLoadingSample || bundle.inputData.wait === false) {
    return { id: 'now' };
  }
  const callback = z.generateCallbackUrl();
  if (bundle.inputData.early) {
    await fetch(callback, { method: 'POST', body: '{"n":0}' });
  }
  return { id: 'later', callback };
};

const resume = async (z: ZObject, bundle: Bundle) => {
  if (bundle.cleanedRequest.fail) {
    throw new z.errors.HaltedError('It failed');
  }
  if (bundle.inputData.note) {
    await z.cache.set('resumed', true);
  }
  return { bundle };
};

const useCache = async (z: ZObject, bundle: Bundle<{ call: 'get' | 'set'; args: never[] }>) => {
  const { call, args } = bundle.inputData;
  const use: (...args: never[]) => Promise<unknown> = z.cache[call];
  return { answer: await use(...args) };
};

const fail = async (z: ZObject, bundle: Bundle) => {
  if (bundle.inputData.kind === 'app') {
    throw new z.errors.Error('Mend the prompt', 'invalid', 400);
  }
  if (bundle.inputData.kind === 'plain') {
    throw new Error('Oh');
  }
  throw new z.errors.ThrottledError('Too many tasks', 42);
};

const display = (label: string) => ({ label, description: `Does ${label}.` });
const create = (key: string, operation: object) => ({
  key,
  noun: key,
  display: display(key),
  operation,
});

export const exampleApp = {
  version: '1.0.0',
  platformVersion,
  authentication: {
    type: 'custom',
    fields: [{ key: 'api_key', type: 'password' }],
    test: async (_: ZObject, bundle: Bundle) => ({ name: `user of ${bundle.authData.region}` }),
    connectionLabel: '{{name}} ({{bundle.authData.region}}{{missing}})',
  },
  hydrators: { file },
  triggers: {
    ...pollingTriggers,
    event: {
      key: 'event',
      noun: 'Event',
      display: display('Event'),
      operation: {
        type: 'hook',
        performSubscribe: subscribe,
        performUnsubscribe: unsubscribe,
        perform: receive,
        performList: list,
      },
    },
  },
  creates: {
    wait: create('wait', { perform: wait, performResume: resume }),
    cache: create('cache', { perform: useCache }),
    fail: create('fail', { perform: fail }),
    file: create('file', {
      perform: async (z: ZObject, bundle: Bundle) => ({
        stashed: await file(z, bundle),
        later: z.dehydrateFile(file, bundle.inputData),
        relay: process.env.RELAY_URL ?? null,
      }),
    }),
  },
  searches: {
    find: {
      key: 'find',
      noun: 'Thing',
      display: display('Find'),
      operation: {
        inputFields: [
          { key: 'name', required: true },
          {
            key: 'color',
            choices: {
              perform: async (_: ZObject, bundle: Bundle) => ({
                results: [{ id: 'red', label: `Red ${bundle.meta.paging_token}` }],
                paging_token: 'next',
              }),
            },
          },
          ...thingFields,
          async () => [{ key: 'dynamic' }],
        ],
        perform: async (_: ZObject, bundle: Bundle) =>
          bundle.inputData.name === 'nobody' ? [] : [{ id: '7', name: bundle.inputData.name }],
      },
    },
  },
};
