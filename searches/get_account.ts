import { type Bundle, defineSearch, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { guarded } from '../errors/errors.ts';
import { checkedInput } from '../fields/checked_input.ts';
import { inputFieldsOf, optionalField } from '../fields/input.ts';
import { yesOrNo } from '../midjourney/values.ts';
import { countActiveTasks, readAccountOf, readBalance } from '../services/account.ts';
import { endOfStep } from '../services/call.ts';
import { readConnection } from '../services/connection.ts';

const input = zod.object({
  count_tasks: optionalField(yesOrNo, {
    label: 'Count Active Tasks',
    type: 'boolean',
    default: 'true',
    helpText:
      'Whether the tasks are counted that the account is working on, `yes` or `no`. They are when left empty.',
  }),
});

const perform = async (z: ZObject, bundle: Bundle) => {
  const end = endOfStep();
  const { count_tasks = true } = checkedInput(z, input, bundle.inputData, '');
  const connection = readConnection(z, bundle.authData);
  const { service } = connection;
  const account = await readAccountOf(z, connection, { end });
  const { credits, usd } = service.balance ? await readBalance(z, connection, end) : account;
  const active = count_tasks ? await countActiveTasks(z, connection, end) : undefined;
  return [
    {
      id: service.key,
      service: service.key,
      name: account.name,
      plan: account.plan,
      credits_left: credits ?? null,
      balance_usd: usd ?? null,
      active_tasks: active ?? null,
    },
  ];
};

export default defineSearch({
  key: 'get_account',
  noun: 'Account',
  display: {
    label: 'Get Account',
    description:
      'Gets the account behind the connection: its plan, the credits that are left, and how many tasks it is working on. Use it before starting something large. It costs nothing.',
  },
  operation: {
    inputFields: inputFieldsOf(input),
    perform: guarded(perform),
    sample: {
      id: 'piapi_v2',
      service: 'piapi_v2',
      name: 'Studio North',
      plan: 'pro',
      credits_left: 4250,
      balance_usd: 8.5,
      active_tasks: 3,
    },
    outputFields: [
      { key: 'id', label: 'ID', type: 'string', primary: true },
      { key: 'service', label: 'Service', type: 'string' },
      { key: 'name', label: 'Name', type: 'string' },
      { key: 'plan', label: 'Plan', type: 'string' },
      { key: 'credits_left', label: 'Credits Left', type: 'number' },
      { key: 'balance_usd', label: 'Balance in US Dollars', type: 'number' },
      { key: 'active_tasks', label: 'Active Tasks', type: 'integer' },
    ],
  },
});
