import type { Bundle, ZObject } from 'zapier-platform-core';
import { cacheOf } from '../delivery/cache.ts';
import { chooseWebhook } from '../delivery/endpoint.ts';
import { callbackSecret } from '../delivery/secret.ts';
import { guarded, halted } from '../errors.ts';
import { refused } from '../middleware.ts';
import { ADVANCED, deliveryFields } from '../midjourney/fields.ts';
import { inputFieldsOf, readInput } from '../midjourney/input.ts';
import type { Operation } from '../midjourney/operations.ts';
import { OUTPUT_FIELDS, type TaskOutput, taskOutput } from '../midjourney/output.ts';
import { STARTED_SAMPLE } from '../midjourney/samples.ts';
import { taskOf } from '../midjourney/task.ts';
import { call, outcomeUnknown } from '../services/call.ts';
import { readConnection } from '../services/connection.ts';

/** Checks the input of a step. Whatever is wrong with it, nothing has been started yet. */
function checked<Input>(z: ZObject, read: ReturnType<typeof readInput<Input>>): Input {
  if (read.problems) {
    throw halted(z, `${read.problems.join('\n')}\nNothing was started.`);
  }
  return read.input;
}

/** The operation of a create that starts a task: the form, and one call to the service. */
export function taskCreate(operation: Operation) {
  const perform = async (z: ZObject, bundle: Bundle): Promise<TaskOutput> => {
    const input = checked(z, readInput(operation.input, bundle.inputData));
    const { reference = '', notify_progress = true } = checked(
      z,
      readInput(deliveryFields, bundle.inputData),
    );
    const connection = readConnection(z, bundle.authData);
    const { service } = connection;
    const webhook = await chooseWebhook(z, cacheOf(z), {
      secret: callbackSecret(connection.apiKey),
      reference,
      notifyProgress: notify_progress,
    });
    const started = service.readStarted(
      await call(z, connection, service.startRequest(operation.key, input, webhook), {
        startsTask: true,
      }),
    );
    if (!started) {
      throw outcomeUnknown(z, connection);
    }
    if (started.taskId === undefined) {
      throw refused(z, connection, started.refusal);
    }
    const prompt = typeof input.prompt === 'string' ? input.prompt : '';
    return taskOutput(
      taskOf({ id: started.taskId, service: service.key, operation: operation.key, prompt }),
      reference,
    );
  };

  return {
    key: operation.key,
    noun: 'Task',
    display: { label: operation.label, description: operation.description },
    operation: {
      inputFields: [...inputFieldsOf(operation.input), ...inputFieldsOf(deliveryFields)],
      inputFieldGroups: [ADVANCED],
      perform: guarded(perform),
      sample: STARTED_SAMPLE,
      outputFields: OUTPUT_FIELDS,
    },
  };
}
