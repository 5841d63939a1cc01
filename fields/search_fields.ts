import * as zod from 'zod/mini';
import { OPERATIONS } from '../midjourney/operations.ts';
import { oneOf, textOrNumber, wholeNumber, word } from '../midjourney/values.ts';
import { choiceList } from './choice_list.ts';
import { optionalField } from './input.ts';

const OPERATION_CHOICES = Object.entries(OPERATIONS).map(([value, { label }]) => ({
  value,
  label,
}));

const SINCE = 'Enter a date and time, for example 2026-03-12T09:00:00Z.';

/** What a search can look for instead of an id. */
export const criteria = {
  operation: optionalField(() => word(OPERATION_CHOICES), {
    label: 'Operation',
    type: 'string',
    choices: choiceList(OPERATION_CHOICES),
    helpText: 'Only tasks of this kind, for example `Create Images`. All kinds when left empty.',
  }),
  outcome: optionalField(() => oneOf(['any', 'running', 'succeeded', 'failed']), {
    label: 'Outcome',
    type: 'string',
    choices: choiceList([
      { value: 'any', label: 'Any' },
      { value: 'running', label: 'Still Running' },
      { value: 'succeeded', label: 'Succeeded' },
      { value: 'failed', label: 'Failed' },
    ]),
    helpText:
      'Only tasks that ended so, or have not ended, for example `Still Running`. Any when left empty.',
  }),
  prompt_words: optionalField(textOrNumber, {
    label: 'Words of the Prompt',
    type: 'string',
    helpText: 'Only tasks whose prompt has all of these words, for example `red fox`.',
  }),
  since: optionalField(
    () =>
      zod.pipe(
        zod.transform((value: unknown) => Date.parse(String(value))),
        zod.number(SINCE),
      ),
    {
      label: 'Since',
      type: 'datetime',
      helpText:
        'Only tasks that were started then or later, for example `2026-03-12T09:00:00Z`, which is UTC.',
    },
  ),
  reference: optionalField(textOrNumber, {
    label: 'Reference',
    type: 'string',
    helpText:
      'Only tasks that this integration started with this reference, for example `rec8Yt3`. Without a relay the last 20 of each are remembered, for a month at the most.',
  }),
};

export const limit = () =>
  optionalField(() => wholeNumber(1, 100), {
    label: 'Limit',
    type: 'integer',
    placeholder: '10',
    helpText:
      'How many tasks are given at the most, from 1 to 100, for example `25`. 10 when left empty.',
  });

/** As long as a search may take, with time left to answer. */
export const waitSeconds = () =>
  optionalField(() => wholeNumber(0, 25), {
    label: 'Wait up to (Seconds)',
    type: 'integer',
    placeholder: '0',
    helpText:
      'How long to wait for the end of a task that is still worked on, from 0 to 25, for example `25`. The answer comes the moment it ends. It does not wait when left empty.',
  });

/** Said when a search is asked for nothing: a mapped field that is empty must not find just anything. */
export const NOTHING_WANTED =
  'Choose a task, or fill in at least one of Operation, Outcome, Words of the Prompt, Since and Reference.';
