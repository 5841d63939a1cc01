import { readOverdue } from '../../delivery/read_webhook.ts';
import { callbackSecret } from '../../delivery/secret.ts';
import { readConnection } from '../../services/connection.ts';
import { zOf } from '../support/z.ts';

const QUESTION = {
  method: 'POST' as const,
  headers: { 'Http-X-Webhook-Secret': callbackSecret('key-1') },
  querystring: 'overdue=task-1',
  content: JSON.stringify({ callback: 'reference=row-7', age: 90 }),
};

const read = async (request: Parameters<typeof readOverdue>[0]) =>
  readOverdue(request, readConnection(await zOf(), { api_key: 'key-1' }));

test('what the relay asks about a task is read', async () => {
  expect(await read(QUESTION)).toEqual({
    taskId: 'task-1',
    callback: 'reference=row-7',
    age: 90,
  });
});

test.each([
  ['a test of a step, which has no request,', undefined],
  ['a webhook', { ...QUESTION, querystring: 'reference=row-7' }],
  ['a request of which nothing is known', {}],
  ['a question without headers', { querystring: QUESTION.querystring }],
  ['a question with no secret', { ...QUESTION, headers: {} }],
  [
    'a question with the secret of another key',
    { ...QUESTION, headers: { 'Http-X-Webhook-Secret': callbackSecret('key-2') } },
  ],
  ['a question with no body', { headers: QUESTION.headers, querystring: QUESTION.querystring }],
  ['a question that is not JSON', { ...QUESTION, content: 'overdue' }],
  ['a question without an age', { ...QUESTION, content: '{"callback":"reference=row-7"}' }],
])('%s is no question of the relay', async (_what, request) => {
  expect(await read(request)).toBeUndefined();
});
