import type { Authentication, Bundle, ZObject } from 'zapier-platform-core';
import { failed, guarded } from './errors/errors.ts';
import { choiceList } from './fields/choice_list.ts';
import { readAccountOf } from './services/account.ts';
import { readConnection } from './services/connection.ts';
import { SERVICE_CHOICES, SERVICES } from './services/services.ts';

const KEY_PAGES = [
  ...new Map(SERVICES.map(({ label, keyPage }) => [label, `[${label}](${keyPage})`])).values(),
].join(' or ');

/** Asks for the account behind the key; this costs nothing. */
const test = async (z: ZObject, bundle: Bundle) => {
  const connection = readConnection(z, bundle.authData);
  const { service } = connection;
  const { name, plan } = await readAccountOf(z, connection, { connecting: true });
  if (name === '' && plan === '') {
    throw failed(
      z,
      `The address in Base URL does not answer like ${service.label}. Leave Base URL empty to use ${service.baseUrl}.`,
      'not_the_service',
    );
  }
  return { name, plan };
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
      key: 'service',
      label: 'Service',
      type: 'string',
      required: true,
      choices: choiceList(SERVICE_CHOICES),
      helpText:
        'Where your API key is from. All Zaps of this connection use it; for another service, add another connection.',
    },
    {
      key: 'api_key',
      label: 'API Key',
      type: 'password',
      required: true,
      helpText: `Sign in to your workspace, copy the key and paste it here: ${KEY_PAGES}.`,
    },
    {
      key: 'base_url',
      label: 'Base URL',
      type: 'string',
      required: false,
      helpText:
        'Leave it empty. Only for people who reach the API through an address of their own, for example `https://midjourney.example.com`.',
    },
  ],
  test: guarded(test),
  connectionLabel: label,
} satisfies Authentication;
