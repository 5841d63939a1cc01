import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { inputError } from '../fields/checked_input.ts';
import { modelInput, modelName, taskType } from '../fields/model_fields.ts';
import { isOperation, OPERATIONS } from '../midjourney/operations.ts';
import type { Service } from '../services/service.ts';
import { taskCreate } from '../tasks/task_create.ts';

/** Midjourney's tasks have steps of their own, which check their input and report progress. */
function midjourneyProblem(
  { operations }: Service,
  { model, task_type }: { model: string; task_type: string },
) {
  if (!/^(midjourney|mj)$/i.test(model)) {
    return undefined;
  }
  const operation = task_type.toLowerCase();
  const step =
    isOperation(operation) && operation !== 'run_task' && operations[operation]
      ? `the step ${OPERATIONS[operation].label}`
      : 'steps of its own, such as Create Images and Upscale Image';
  return `Model: Midjourney has ${step}. Use that instead of Run Any Model.`;
}

export default defineCreate(
  taskCreate({
    operation: 'run_task',
    description:
      'Runs another model that the service has, for example a Kling video or a Flux picture. Use Create Images for Midjourney. It needs the model, its task type and its input as JSON with the names of its documentation; films take several minutes.',
    input: zod.object({ model: modelName(), task_type: taskType(), input: modelInput() }),
    prepare(z, input, { connection }) {
      const problem = midjourneyProblem(connection.service, input);
      if (problem) {
        throw inputError(z, [problem]);
      }
      return input;
    },
  }),
);
