import { type Bundle, defineTrigger, type ZObject } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import type { Matter } from '../delivery/delivery.ts';
import { deliveryFor } from '../delivery/delivery_for.ts';
import { guarded } from '../errors/errors.ts';
import { choiceList } from '../fields/choice_list.ts';
import { someOf } from '../fields/filter_fields.ts';
import { inputFieldsOf, optionalField } from '../fields/input.ts';
import { readConnection } from '../services/connection.ts';
import { readFilters } from './read_filters.ts';

/** Labelled as on the relay's own page. */
const KIND_CHOICES = [
  { value: 'dead_letters', label: 'Could Not Be Delivered' },
  { value: 'failing_hook', label: 'A Zap Does Not Answer' },
  { value: 'overdue_tasks', label: 'Tasks Without an End' },
  { value: 'over_quota', label: 'Over a Quota' },
] as const;

const filters = zod.object({
  kinds: optionalField(someOf(KIND_CHOICES), {
    label: 'Kinds',
    type: 'string',
    list: true,
    choices: choiceList(KIND_CHOICES),
    helpText:
      'Only what is of these kinds, for example `Could Not Be Delivered`. All kinds when left empty.',
  }),
});

/** Zapier runs the Zap once for each id that it has not seen. */
const perform = async (z: ZObject, bundle: Bundle): Promise<Matter[]> => {
  const { kinds } = readFilters(z, filters, bundle);
  const matters = await deliveryFor(z, readConnection(z, bundle.authData)).attention();
  return matters.filter(({ kind }) => kinds?.some((wanted) => wanted === kind) ?? true);
};

export default defineTrigger({
  key: 'relay_attention',
  noun: 'Matter',
  display: {
    label: 'Relay Needs Attention',
    description:
      'Triggers when something at the relay needs a person: events that could not be delivered, a Zap that does not answer, tasks whose end has not come, or a quota that was exceeded. It runs once for each, and looks every few minutes. It needs an integration that delivers through a relay.',
  },
  operation: {
    type: 'polling',
    inputFields: inputFieldsOf(filters),
    perform: guarded(perform),
    sample: {
      id: 'dead_letters:Zk3vR1xXo0c5nq7T2yLw9A:5f0c1c1e-6a0b-4f57-9d3e-2b8a4c7d9e10:2026-03-12',
      kind: 'dead_letters',
      subject: 'hooks.zapier.com',
      count: 3,
      since: '2026-03-12T09:14:02.481+00:00',
      message:
        '3 events could not be delivered to a Zap at hooks.zapier.com for a day and a half; it answered HTTP 500.',
      advice: 'Mend the Zap, then deliver again.',
      answer: 'HTTP 500',
    },
    outputFields: [
      { key: 'id', label: 'ID', type: 'string', primary: true },
      { key: 'kind', label: 'Kind', type: 'string' },
      { key: 'subject', label: 'Subject', type: 'string' },
      { key: 'count', label: 'Count', type: 'integer' },
      { key: 'since', label: 'Since', type: 'datetime' },
      { key: 'message', label: 'Message', type: 'string' },
      { key: 'advice', label: 'Advice', type: 'string' },
      { key: 'answer', label: 'Last Answer', type: 'string' },
    ],
  },
});
