import type { Authentication, Bundle, ZObject } from 'zapier-platform-core';
import { failed, guarded } from './errors.ts';
import { call } from './services/call.ts';
import { readConnection } from './services/connection.ts';

/** Asks for the account behind the key; this costs nothing. */
const test = async (z: ZObject, bundle: Bundle) => {
  const connection = readConnection(z, bundle.authData);
  const { service } = connection;
  const account = service.readAccount(
    await call(z, connection, service.accountRequest(), { connecting: true }),
  );
  if (account.name === '' && account.plan === '') {
    throw failed(
      z,
      `The address in Base URL does not answer like ${service.label}. Leave Base URL empty to use ${service.baseUrl}.`,
      'not_the_service',
    );
  }
  return account;
};

/** "Studio North (pro)", from what the test returned. The key never shows. */
const label = async (_z: ZObject, bundle: Bundle): Promise<string> => {
  const { name, plan } = bundle.inputData;
  return [name || 'Account', plan && `(${plan})`].filter(Boolean).join(' ');
};

export default {
  type: 'custom',
  fields: [
    {
      key: 'api_key',
      label: 'API Key',
      type: 'password',
      required: true,
      helpText:
        'Sign in to [your PiAPI workspace](https://piapi.ai/workspace/key), copy the key and paste it here.',
    },
    {
      key: 'base_url',
      label: 'Base URL',
      type: 'string',
      required: false,
      placeholder: 'https://api.piapi.ai',
      helpText:
        'Only for people who reach the API through an address of their own. Leave it empty to use `https://api.piapi.ai`.',
    },
  ],
  test: guarded(test),
  connectionLabel: label,
} satisfies Authentication;
