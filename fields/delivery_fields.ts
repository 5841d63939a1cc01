import * as zod from 'zod/mini';
import { decimal, textOrNumber, word, yesOrNo } from '../midjourney/values.ts';
import { choiceList } from './choice_list.ts';
import { ADVANCED, serviceMode } from './common_fields.ts';
import { optionalField } from './input.ts';

/** It travels in the query string of the webhook URL, which is why it is short. */
const reference = () =>
  optionalField(() => textOrNumber().check(zod.maxLength(200, 'Use at most 200 characters.')), {
    label: 'Reference',
    type: 'string',
    helpText:
      'Comes back in every event of this task, to tell what it belongs to, for example a row id such as `rec8Yt3`.',
  });

const waitForResult = () =>
  optionalField(yesOrNo, {
    label: 'Wait for Result',
    type: 'boolean',
    default: 'true',
    altersDynamicFields: true,
    helpText:
      'Pauses the Zap until the task has ended, and gives its result to the next steps; the Zap stops with the reason when it fails. On unless set to no. A test, and an AI agent, gets what is there after 25 seconds: **test again with the same input, and the same task is picked up** at no further cost; an agent follows `hint`.',
  });

const notifyProgress = () =>
  optionalField(yesOrNo, {
    label: 'Send Progress',
    type: 'boolean',
    default: 'true',
    helpText:
      'Lets Zaps that start with **Task Progress** run while this task is worked on. On unless set to no.',
    group: ADVANCED.key,
  });

const minimumBalance = () =>
  optionalField(
    () =>
      zod.pipe(
        decimal,
        zod
          .number('Enter a number of credits, for example 500.')
          .check(zod.gte(0, 'Enter 0 or more.')),
      ),
    {
      label: 'Minimum Balance',
      type: 'number',
      placeholder: '500',
      helpText:
        'In credits, for example `500`: nothing is started when the account has less. Not asked when left empty.',
      group: ADVANCED.key,
    },
  );

const TEST_CHOICES = [
  { value: 'task', label: 'The real task' },
  { value: 'sample', label: 'A sample (free)' },
];

/** Only the editor looks at it. */
const testWith = () =>
  optionalField(() => word(TEST_CHOICES), {
    label: 'Test With',
    type: 'string',
    choices: choiceList(TEST_CHOICES),
    helpText:
      'For tests in the editor: the real task, or `A sample (free)`, which starts nothing. A Zap that is on, and an AI agent, always runs the real task.',
    group: ADVANCED.key,
  });

const allowRepeats = () =>
  optionalField(yesOrNo, {
    label: 'Allow Repeats',
    type: 'boolean',
    helpText:
      'For AI agents: whether the same call within a minute starts a second task, `yes` or `no`. When left empty, it is answered with the task of the first. A Zap that is on starts one in every run.',
    group: ADVANCED.key,
  });

/** What every step that starts a task has besides the API's own fields. */
export const deliveryFields = zod.object({
  wait_for_result: waitForResult(),
  reference: reference(),
  notify_progress: notifyProgress(),
  service_mode: serviceMode,
  minimum_balance: minimumBalance(),
  test_with: testWith(),
  allow_repeats: allowRepeats(),
});
