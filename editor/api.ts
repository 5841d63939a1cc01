import type { FastifyInstance } from 'fastify';
import * as zod from 'zod';
import type { Connection } from '../sandbox/zapier/zapier.ts';
import { definitionOf } from './definition_of.ts';
import type { Accounts } from './start_editor.ts';
import { testOf } from './test_of.ts';

const step = zod.object({
  service: zod.string(),
  kind: zod.enum(['triggers', 'creates', 'searches']),
  key: zod.string(),
  inputData: zod.record(zod.string(), zod.unknown()),
});
const dropdown = step.extend({ field: zod.string(), page: zod.string().optional() });

/** What the page asks: the steps, their fields for what is filled in, a dropdown, a test. */
export function addApi(server: FastifyInstance, accounts: Accounts): void {
  const accountOf = (service: string): Connection => {
    const account = accounts.get(service);
    if (!account) {
      throw new Error(`There is no service ${service}.`);
    }
    return account;
  };

  server.get('/api/definition', () => definitionOf([...accounts.keys()]));

  server.post('/api/fields', async ({ body }) => {
    const { service, kind, key, inputData } = step.parse(body);
    return accountOf(service).inputFields(kind, key, inputData);
  });

  server.post('/api/choices', async ({ body }) => {
    const { service, kind, key, field, inputData, page } = dropdown.parse(body);
    return accountOf(service).choices(kind, key, field, inputData, page);
  });

  server.post('/api/test', async ({ body }) => {
    const { service, ...tested } = step.parse(body);
    return testOf(accountOf(service), tested);
  });
}
