import * as zod from 'zod/mini';
import { ADVANCED } from '../fields/common_fields.ts';
import { optionalField } from '../fields/input.ts';
import { modelFor } from '../fields/model_fields.ts';
import { MODEL_OPTIONS } from '../fields/model_options.ts';
import type { Operation } from '../midjourney/operations.ts';
import { yesOrNo } from '../midjourney/values.ts';
import { taskCreate } from './task_create.ts';

/** What makes one of the steps that run other models differ from the others. */
interface ModelCreate {
  readonly operation: Operation;
  /** Starts with a verb in the third person and ends with a period. */
  readonly description: string;
  /** A model as its dropdown has it. */
  readonly example: string;
}

const uploadFilesFirst = () =>
  optionalField(yesOrNo, {
    label: 'Upload Files First',
    type: 'boolean',
    helpText:
      'Hands each file of the form to the service before the task starts, for links that only you can open or that soon expire. When left empty, the links are given as they are.',
    group: ADVANCED.key,
  });

/** A Zapier create whose form is that of the chosen model. */
export const modelCreate = ({ operation, description, example }: ModelCreate) =>
  taskCreate({
    operation,
    description,
    input: zod.object({
      model: modelFor(operation, example),
      upload_files_first: uploadFilesFirst(),
    }),
    groups: [MODEL_OPTIONS],
    // Loaded when they run: the app has to start quickly.
    async prepare(z, _, { connection, inputData }) {
      const { readModelForm, taskInputOf } = await import('../fields/model_step.ts');
      return taskInputOf(readModelForm(z, connection.service, operation, inputData));
    },
    async beforeStart(z, input, { upload_files_first }, { connection, inputData, end }) {
      if (!upload_files_first) {
        return input;
      }
      const [{ readModelForm, taskInputOf }, { withUploads }] = await Promise.all([
        import('../fields/model_step.ts'),
        import('./upload_files.ts'),
      ]);
      const form = readModelForm(z, connection.service, operation, inputData);
      return { ...input, ...taskInputOf(await withUploads(z, connection, form, end)) };
    },
  });
