import { z as zod } from 'zod';

/**
 * A throw-away operation, for the test that adds it to a copy of the project: what CONTRIBUTING.md
 * lists for an operation, as an edit of each of those files.
 */
export const RESTYLE = 'restyle';

type Edit = (content: string) => string;

/** Puts lines behind the one that opens a table. */
const below =
  (opening: RegExp, lines: string): Edit =>
  (content) => {
    if (!opening.test(content)) {
      throw new Error(
        `There is no ${opening} any more. Change the edit in test/support/restyle.ts.`,
      );
    }
    return content.replace(opening, (opened) => opened + lines);
  };

const step = `import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import { parentTask } from '../fields/task_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'restyle',
    description: 'Starts a task that paints a picture of another task in a new style.',
    input: zod.object({ origin_task_id: parentTask('restyle'), prompt: fields.newPrompt }),
  }),
);
`;

/** Restyle has the input of Reroll, without its aspect ratio and Skip Prompt Check. */
const withNames: Edit = (content) => {
  const kept = zod.array(zod.string()).parse(JSON.parse(content));
  const names = kept
    .filter((name) => /^creates\.reroll(?! input (aspect_ratio|skip_prompt_check)$)/.test(name))
    .map((name) => name.replace('reroll', RESTYLE));
  return JSON.stringify([...kept, ...names].sort(), null, 2);
};

/** By file. */
export const EDITS: Readonly<Record<string, Edit>> = {
  'midjourney/operations.ts': below(
    /^export const OPERATIONS = \{\n/m,
    "  restyle: { label: 'Restyle' },\n",
  ),
  'creates/restyle.ts': () => step,
  'index.ts': (content) =>
    below(
      /^ {2}creates: \{\n/m,
      '    restyle,\n',
    )(`import restyle from './creates/restyle.ts';\n${content}`),
  'services/piapi.ts': below(/^const FIELDS = \{\n/m, "  restyle: ['origin_task_id', 'prompt'],\n"),
  'services/legnext_endpoints.ts': below(
    /^export const ENDPOINTS.* = \{\n/m,
    `  restyle: endpoint({
    path: 'restyle',
    fields: ['origin_task_id', 'prompt'],
    body: (input) => ({ ...picture(input), ...remix(input) }),
  }),
`,
  ),
  'sandbox/piapi/operations.ts': below(
    /^export const operations.* = \[\n/m,
    `  {
    ...followUp,
    name: 'restyle',
    body: zod.object({ ...fields.origin, ...fields.remix }),
    action: noAction,
  },
`,
  ),
  'sandbox/legnext/operations.ts': below(
    /^export const operations.* = \[\n/m,
    "  { ...grid, name: 'restyle', body: reading({ ...picture, ...remix }, followUp) },\n",
  ),
  'test/support/parents.ts': below(
    /^export const inputsOf = [\s\S]*?\(\{\n/m,
    "  restyle: { origin_task_id: grid, prompt: 'a blue fox' },\n",
  ),
  'test/publishing_rules.test.ts': below(
    /expect\(Object\.fromEntries\(required\)\)\.toEqual\(\{\n/,
    "    restyle: ['origin_task_id'],\n",
  ),
  'test/public_surface.json': withNames,
  'docs/services.md': below(
    /^\| Operation .*\n\| -.*\n/m,
    '| `restyle` | end |  | progress perhaps | progress on request |\n',
  ),
  'README.md': below(
    /^\| .* \| Starts a task that .*\n\| -.*\n/m,
    '| **Restyle** | paints a picture in a new style | Task, New Prompt |\n',
  ),
  'CHANGELOG.md': below(/^# Changelog\n/m, '\n## 9.9.9\n\n- Action Restyle.\n'),
};
