import * as zod from 'zod/mini';
import { choiceMeant } from '../midjourney/choice.ts';
import { listedNames } from '../midjourney/lists.ts';
import { isOperation, type Kind, OPERATIONS } from '../midjourney/operations.ts';
import { MIDJOURNEY } from '../midjourney/task.ts';
import { oneOf, textOrNumber, wholeNumber } from '../midjourney/values.ts';
import { entriesOf, labelsOf } from '../services/models/find_entry.ts';
import type { Capability, Service } from '../services/service.ts';
import { choiceList } from './choice_list.ts';
import { optionalField } from './input.ts';

const operationsWith = ({ operations }: Service, isOffered: (capability: Capability) => boolean) =>
  choiceList(
    Object.entries(operations).flatMap(([value, capability]) =>
      isOperation(value) && isOffered(capability)
        ? [{ value, label: OPERATIONS[value].label }]
        : [],
    ),
  );

/** The operations that a service sends webhooks for. */
export const operationChoices = (service: Service) =>
  operationsWith(service, ({ reports }) => reports !== 'nothing');

/** All that a service does. */
export const allOperationChoices = (service: Service) => operationsWith(service, () => true);

const OPERATION_CHOICES = Object.entries(OPERATIONS).map(([value, { label }]) => ({
  value,
  label,
}));

/** A list of choices, by their keys. What is none stays, and matches no task. */
const meantIn =
  (choices: Parameters<typeof choiceMeant>[1]) =>
  (value: unknown): unknown[] =>
    listedNames(value).map((name) =>
      typeof name === 'string' ? (choiceMeant(name, choices) ?? name) : name,
    );

const CHOOSE = 'Choose from the list.';

/** Words out of a list that depends on the service; see `trigger_fields.ts`. */
const listed = (read: (value: unknown) => unknown[]) => () =>
  zod.pipe(zod.transform(read), zod.array(zod.string(CHOOSE)));

/**
 * What is wrong with a filter on operations: one that the service does not report would never be
 * heard. Undefined when nothing is.
 */
export function operationsProblem(
  service: Service,
  chosen: readonly string[] = [],
): string | undefined {
  const choices = operationChoices(service);
  const wrong = chosen.filter((one) => !choices.some(({ value }) => value === one));
  const names = wrong.map((one) => `"${isOperation(one) ? OPERATIONS[one].label : one}"`);
  return wrong.length === 0
    ? undefined
    : `Operations: ${service.label} reports no tasks of the kind ${names.join(', ')}. Choose from: ${choices.map(({ label }) => label).join(', ')}.`;
}

/** What is no operation is refused when the Zap is switched on. */
export const operations = () =>
  optionalField(listed(meantIn(OPERATION_CHOICES)), {
    label: 'Operations',
    type: 'string',
    list: true,
    helpText:
      'Only tasks of these kinds, for example `Create Images` and `Upscale Image`. All kinds when left empty.',
  });

export const models = () =>
  optionalField(listed(listedNames), {
    label: 'Models',
    type: 'string',
    list: true,
    helpText:
      'Only tasks of these models, for example `midjourney` or `kling`. All models when left empty.',
  });

/** The models to choose from. */
export const modelChoices = (service: Service) =>
  choiceList([
    { value: MIDJOURNEY, label: 'Midjourney' },
    ...[...labelsOf(entriesOf(service))].flatMap(([value, label]) =>
      value.startsWith(MIDJOURNEY) ? [] : [{ value, label }],
    ),
  ]);

const KIND_CHOICES: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'image', label: 'Pictures' },
  { value: 'video', label: 'Films' },
  { value: 'audio', label: 'Music, Speech and Sound' },
  { value: '3d', label: '3D Models' },
  { value: 'edit', label: 'Edited Media' },
  { value: 'text', label: 'Text' },
];

/** Some of these choices, by their keys or labels; what is none is refused. */
export const someOf =
  <Value extends string>(choices: readonly { readonly value: Value; readonly label: string }[]) =>
  () =>
    zod.pipe(
      zod.transform(meantIn(choices)),
      zod.array(
        zod.enum(
          choices.map(({ value }) => value),
          CHOOSE,
        ),
      ),
    );

export const kinds = () =>
  optionalField(someOf(KIND_CHOICES), {
    label: 'Kinds of Result',
    type: 'string',
    list: true,
    choices: choiceList(KIND_CHOICES),
    helpText:
      'Only tasks that make this, for example `Films`, whichever step started them. All kinds when left empty.',
  });

export const reference = () =>
  optionalField(textOrNumber, {
    label: 'Reference',
    type: 'string',
    helpText:
      'Only tasks that were started with exactly this reference, for example `spring-campaign`. With a `*` at its end, every reference that begins so: `client-a/*`. All tasks when left empty.',
  });

export const outcome = () =>
  optionalField(() => oneOf(['any', 'succeeded', 'failed']), {
    label: 'Outcome',
    type: 'string',
    default: 'any',
    choices: choiceList([
      { value: 'any', label: 'Succeeded or Failed' },
      { value: 'succeeded', label: 'Succeeded' },
      { value: 'failed', label: 'Failed' },
    ]),
    helpText:
      'Choose **Failed** to run only for failures such as banned prompts, for example to post them in a team chat.',
  });

export const minimumStep = () =>
  optionalField(() => wholeNumber(1, 100), {
    label: 'Minimum Step in Percent',
    type: 'integer',
    placeholder: '25',
    helpText:
      'Runs at most once for each step of this size: with `25`, when a task passes 25, 50 and 75 percent; the end itself is for **Task Finished**. Every change counts when left empty.',
  });
