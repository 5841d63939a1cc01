import { createAppTester } from 'zapier-platform-core';
import { callbackSecret } from '../../delivery/secret.ts';
import app from '../../index.ts';
import { resumeTask } from '../../tasks/resume_task.ts';
import { quietConsole } from '../support/quiet.ts';

quietConsole();

const KEY = 'key-0123456789';

const IMAGE = 'https://pictures.example/1.png';

/** Goes on with a step that returned this, when its task calls back with a picture. */
const resumed = (outputData: Record<string, unknown>) =>
  createAppTester(app)(resumeTask('imagine'), {
    authData: { api_key: KEY },
    outputData,
    rawRequest: {
      method: 'POST',
      querystring: '',
      headers: { 'Http-X-Webhook-Secret': callbackSecret(KEY) },
      content: JSON.stringify({
        task_id: 'task-1',
        status: 'finished',
        task_result: { image_url: IMAGE },
      }),
    },
  });

test.each([
  [{}],
  [{ prompt: null, reference: null, service: 7 }],
  [{ reference: 'row 7', error_message: '' }],
])('a step of which only its task id and %j came back gives the picture', async (more) => {
  expect(await resumed({ task_id: 'task-1', ...more })).toMatchObject({
    task_id: 'task-1',
    status: 'finished',
    image_url: IMAGE,
    prompt: '',
    reference: 'reference' in more && more.reference ? more.reference : '',
  });
});
