import type { Bundle, ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import type { Operation } from '../midjourney/operations.ts';
import { readConnection } from '../services/connection.ts';
import { entriesFor, entriesOf, labelsOf, taskTypeOf } from '../services/models/find_entry.ts';
import type { ModelEntry } from '../services/models/model_entry.ts';
import { field } from './input.ts';
import { readJson } from './read_json.ts';

const name = (error: string) =>
  zod.string({ error }).check(zod.trim(), zod.regex(/^[\w./-]{1,100}$/, error));

/** The forms of the chosen service's models. */
const chosenEntries = (z: ZObject, bundle: Bundle): readonly ModelEntry[] =>
  entriesOf(readConnection(z, bundle.authData).service);

const offered = (choices: ReadonlyMap<string, string>) => ({
  results: [...choices].map(([id, label]) => ({ id, label })),
  paging_token: null,
});

const offerModels = async (z: ZObject, bundle: Bundle) =>
  offered(labelsOf(chosenEntries(z, bundle)));

/** The task types of the chosen model; those of all models when it is not in the list. */
const offerTaskTypes = async (z: ZObject, bundle: Bundle) => {
  const entries = chosenEntries(z, bundle);
  const chosen = entries.filter(({ model }) => model === bundle.inputData.model);
  const types = (chosen.length > 0 ? chosen : entries).map(({ task }) => taskTypeOf(task));
  return offered(new Map(types.map((type) => [type, type])));
};

/** The models of one step. */
export const modelFor = (operation: Operation, example: string) =>
  field(() => zod.string({ error: 'Choose a model.' }).check(zod.trim()), {
    label: 'Model',
    type: 'string',
    choices: {
      perform: async (z: ZObject, bundle: Bundle) =>
        offered(labelsOf(entriesFor(chosenEntries(z, bundle), operation))),
    },
    altersDynamicFields: true,
    helpText: `The model that does the work, for example \`${example}\`. Each has a form of its own, which shows below once it is chosen.`,
  });

export const modelName = () =>
  field(
    () => name('Choose a model, or enter its name as the service writes it, for example kling.'),
    {
      label: 'Model',
      type: 'string',
      choices: { perform: offerModels },
      altersDynamicFields: true,
      helpText:
        'The model that works on the task: choose one of the well-known ones, or enter any other as the service writes it, for example `kling`. Each has task types of its own.',
    },
  );

export const taskType = () =>
  field(
    () =>
      name(
        'Choose a task type, or enter it as the service writes it, for example video_generation.',
      ),
    {
      label: 'Task Type',
      type: 'string',
      choices: { perform: offerTaskTypes },
      dependsOn: ['model'],
      helpText:
        'What the model is to do: one of its well-known types or any other that it has, for example `video_generation` with the model `kling`.',
    },
  );

const JSON_ADVICE =
  'Write one JSON object with straight quotation marks, for example {"prompt": "red fox in fresh snow"}.';

/** The input of a model other than Midjourney; each has its own. */
export const modelInput = () =>
  field(
    () =>
      zod.pipe(
        zod.transform((value: unknown, { issues }): unknown => {
          if (typeof value !== 'string') {
            return value;
          }
          const { json, problem } = readJson(value);
          if (problem) {
            const message = /^\s*\{[^“”]*$/.test(value) ? problem : JSON_ADVICE;
            issues.push({ code: 'custom', message, input: value });
          }
          return json;
        }),
        zod.record(zod.string(), zod.unknown(), JSON_ADVICE),
      ),
    {
      label: 'Input',
      type: 'json',
      helpText:
        'The input of the model, as one JSON object with the names of its documentation, for example `{"prompt": "red fox in fresh snow", "aspect_ratio": "16:9"}`. A film mostly takes its start picture as a link, for Kling as `"image_url"`.',
    },
  );
