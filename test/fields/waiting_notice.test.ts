import { z as zod } from 'zod';
import type { ServiceKey } from '../../sandbox/start_service.ts';
import { quietConsole } from '../support/quiet.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

let worlds: Worlds;
afterEach(() => worlds.stop());

const connected = async (service: ServiceKey) => {
  worlds = await startWorlds({ service });
};

const shown = zod.array(zod.looseObject({ key: zod.string(), helpText: zod.string().optional() }));

/** The field after Wait for Result. */
async function under(operation: string, wait_for_result: unknown = 'true') {
  const fields = shown.parse(
    await worlds.account.inputFields('creates', operation, { wait_for_result }),
  );
  const place = fields.findIndex(({ key }) => key === 'wait_for_result');
  return fields[place + 1];
}

test.each([
  ['imagine', /^No Zap listens on this connection yet, so this step would stop before/],
  ['describe', /^No Zap listens on this connection yet\. PiAPI may call this step before/],
  ['run_task', /about 25 seconds left to wait\. Switch on any Zap/],
])('where no Zap listens, %s says what to switch on', async (operation, text) => {
  await connected('piapi_unified');

  expect(await under(operation)).toMatchObject({
    key: 'waiting',
    helpText: expect.stringMatching(text),
  });
});

test('it says how many Zaps listen', async () => {
  await connected('piapi_unified');
  await worlds.listen('task_finished');
  expect((await under('imagine'))?.helpText).toMatch(/^1 Zap listens on this connection\. It/);

  await worlds.listen('task_progress');
  expect((await under('imagine'))?.helpText).toMatch(/^2 Zaps listen on this connection\. One/);
});

test.each([['false'], [null], ['']])(
  'nothing is said while the step does not wait: %j',
  async (value) => {
    await connected('piapi_unified');
    expect((await under('imagine', value))?.key).not.toBe('waiting');
  },
);

test.each(['piapi_v2', 'legnext'] as const)(
  'nothing is said where the service calls only when it is asked to: %s',
  async (service) => {
    await connected(service);
    expect((await under('imagine'))?.key).not.toBe('waiting');
  },
);
