import { agentTools, type Tool } from '../scripts/agent_tools.ts';
import { quietConsole } from './support/quiet.ts';
import golden from './tools.json' with { type: 'json' };

quietConsole();

/** Words of this project that say nothing to a stranger. */
const JARGON =
  /\b(hook|directory|dehydrat|fan-?out|callback URL|z\.cache|webhook_endpoint|payload)\b/i;

let tools: Tool[];
beforeEach(async () => {
  tools ??= await agentTools();
});

test('what an assistant gets is what test/tools.json has: npm run --silent tools > test/tools.json', () => {
  expect(JSON.parse(JSON.stringify(tools))).toEqual(golden);
});

test('names are unambiguous, short enough, and no two descriptions are alike', () => {
  expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
  expect(new Set(tools.map(({ description }) => description)).size).toBe(tools.length);
  for (const { name, description } of tools) {
    expect(name).toMatch(/^[a-z][a-z0-9_]{2,63}$/);
    expect(description.length).toBeLessThanOrEqual(1000);
  }
});

test('each required field is explained with an example or by its values', () => {
  const unexplained = tools.flatMap(({ name, input_schema: { required, properties } }) =>
    required
      .filter((key) => {
        const property = properties[key];
        return !property?.enum && !/`[^`]+`|Task ID/.test(property?.description ?? '');
      })
      .map((key) => `${name}.${key}`),
  );

  expect(unexplained).toEqual([]);
});

test('no text has a word that only this project knows', () => {
  const odd = tools.flatMap(({ name, description, input_schema }) =>
    [description, ...Object.values(input_schema.properties).map((one) => one.description)]
      .filter((text) => JARGON.test(text))
      .map((text) => `${name}: ${text}`),
  );

  expect(odd).toEqual([]);
});

test('each names its neighbour where there is one to be mistaken for', () => {
  const described = (name: string) => tools.find((tool) => tool.name === name)?.description;

  expect(described('create_images_imagine')).toContain('Vary Image');
  expect(described('reroll_images')).toContain('Vary Image');
  expect(described('vary_image')).toContain('Reroll Images');
  expect(described('find_task')).toContain('Find Tasks');
  expect(described('find_tasks')).toContain('Find Task');
  expect(described('run_any_model')).toContain('Create Images');
});
