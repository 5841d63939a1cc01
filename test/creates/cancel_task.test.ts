import { startHttpServer } from '../support/http_server.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds } from '../support/worlds.ts';

quietConsole();

const UNKNOWN = 'c0d39b5a-345c-4448-a7bf-000000000000';

test.each(['piapi_v2', 'piapi_unified'] as const)(
  'on %s a task that the service does not know is not canceled',
  async (service) => {
    const worlds = await startWorlds({ service });
    const { kind, shown } = await refusalOf(
      worlds.account.create('cancel_task', { task_id: UNKNOWN }),
    );
    await worlds.stop();

    expect(kind).toBe('HaltedError');
    expect(shown).toContain('not found');
    expect(shown).toContain('Check the Task ID');
    expect(shown).not.toMatch(/started|look at the task/i);
  },
);

test('nor is it where the service says yes to any id', async () => {
  const server = await startHttpServer((request, response) => {
    const isCancel = request.url === '/mj/v2/cancel';
    response.writeHead(isCancel ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isCancel ? { task_id: UNKNOWN, status: 'success' } : {}));
  });
  const worlds = await startWorlds();
  const account = worlds.zapier.connect({ api_key: 'key-0123456789', base_url: server.url });
  const { shown } = await refusalOf(account.create('cancel_task', { task_id: UNKNOWN }));
  await worlds.stop();
  await server.stop();

  expect(shown).toContain(`PiAPI knows no task ${UNKNOWN}, so nothing was canceled.`);
});
