import * as zod from 'zod/mini';
import { decimal, textOrNumber, word, yesOrNo } from '../midjourney/values.ts';
import { choiceList } from './choice_list.ts';
import { ADVANCED, serviceMode } from './common_fields.ts';
import { field } from './input.ts';

/** It travels in the query string of the webhook URL, which is why it is short. */
const reference = () =>
  field(zod.optional(textOrNumber().check(zod.maxLength(200, 'Use at most 200 characters.'))), {
    label: 'Reference',
    type: 'string',
    helpText:
      'Comes back in every event of this task, so that another Zap knows what it belongs to, for example a row id such as `rec8Yt3`.',
  });

const waitForResult = () =>
  field(zod.optional(yesOrNo()), {
    label: 'Wait for Result',
    type: 'boolean',
    default: 'true',
    altersDynamicFields: true,
    helpText:
      'Pauses this Zap until the task has ended, and gives the pictures to the next steps. The Zap stops with the reason when the task fails. The test in the editor shows what is there after half a minute; **test again with the same input, and the same task is picked up** at no further cost.',
  });

const notifyProgress = () =>
  field(zod.optional(yesOrNo()), {
    label: 'Send Progress',
    type: 'boolean',
    default: 'true',
    helpText:
      'Lets Zaps that start with **Task Progress** run while this task is worked on. Nothing is sent when no such Zap is on.',
    group: ADVANCED.key,
  });

const minimumBalance = () =>
  field(
    zod.optional(
      zod.pipe(
        decimal,
        zod
          .number('Enter a number of credits, for example 500.')
          .check(zod.gte(0, 'Enter 0 or more.')),
      ),
    ),
    {
      label: 'Minimum Balance',
      type: 'number',
      placeholder: '500',
      helpText:
        'In credits, for example `500`. The step stops before it starts anything when the account has less. Nothing is asked when left empty.',
      group: ADVANCED.key,
    },
  );

const TEST_CHOICES = [
  { value: 'task', label: 'The real task' },
  { value: 'sample', label: 'A sample (free)' },
];

/** Only the editor looks at it. */
const testWith = () =>
  field(zod.optional(word(TEST_CHOICES)), {
    label: 'Test With',
    type: 'string',
    choices: choiceList(TEST_CHOICES),
    helpText:
      'What the test in the editor shows: the real task, which costs as always, or `A sample (free)`, which starts nothing. A Zap that is on always runs the real task.',
    group: ADVANCED.key,
  });

const allowRepeats = () =>
  field(zod.optional(yesOrNo()), {
    label: 'Allow Repeats',
    type: 'boolean',
    helpText:
      'For AI agents, which may make the same call twice: without it, a call that is repeated within a minute is answered with the task that the first one started. A Zap that is on starts a task in every run.',
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
