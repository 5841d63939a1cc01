import { readdirSync, readFileSync } from 'node:fs';
import { OUTPUT_FIELDS, taskOutput } from '../../output/task_output.ts';
import { NotATask } from '../../services/service.ts';
import { SERVICES } from '../../services/services.ts';
import { differences } from '../support/key_paths.ts';

const FIXTURES = new URL('../fixtures/', import.meta.url);
const FIELDS = OUTPUT_FIELDS.map(({ key }) => key);

const recorded = readdirSync(FIXTURES).flatMap((key) =>
  readdirSync(new URL(`${key}/`, FIXTURES)).map((file) => [key, file] as const),
);

/** On v2 the answer to a create contains no task. */
const tasks = recorded.filter(([key, file]) => !(key === 'piapi_v2' && file.startsWith('create_')));

const serviceOf = (key: string) => {
  const service = SERVICES.find((one) => one.key === key);
  if (!service) {
    throw new Error(`No service is called ${key}, though bodies were recorded for it.`);
  }
  return service;
};

const bodyOf = (key: string, file: string): unknown =>
  JSON.parse(readFileSync(new URL(`${key}/${file}`, FIXTURES), 'utf8'));

test.each(tasks)('%s %s gives the keys that every output has', (key, file) => {
  const output = taskOutput(serviceOf(key).readCallback(bodyOf(key, file)), '', (url) => url);

  expect(differences(output, FIELDS)).toEqual([]);
  expect(output.service).toBe(key);
  expect(JSON.stringify(output)).not.toContain('webhook_config');
});

test('there are recorded bodies of tasks that run, succeed and fail', () => {
  const statuses = tasks.map(([key, file]) => serviceOf(key).readTask(bodyOf(key, file)).status);
  expect(new Set(statuses)).toEqual(new Set(['pending', 'processing', 'finished', 'failed']));
});

test('the answer to a create is not a task on v2', () => {
  const creates = recorded.filter((one) => !tasks.includes(one));
  expect(creates.length).toBeGreaterThan(1);
  for (const [key, file] of creates) {
    const body = bodyOf(key, file);
    expect(serviceOf(key).readStarted(body)).toBeDefined();
    expect(() => serviceOf(key).readTask({ ...Object(body), task_id: '' })).toThrow(NotATask);
  }
});
