import * as zod from 'zod/mini';
import { APIFRAME_MODELS } from '../../services/apiframe_task.ts';
import { taskTypeOf } from '../../services/models/find_entry.ts';
import type { ModelEntry } from '../../services/models/model_entry.ts';
import { closestProblems } from '../service/model_input.ts';
import { midjourneyActions } from './midjourney_fields.ts';

/** The fields of every body that starts a job. */
const webhookFields = {
  webhookUrl: zod.optional(zod.url()),
  webhookEvents: zod.optional(
    zod.array(zod.enum(['progress', 'completed', 'failed'])).check(zod.minLength(1)),
  ),
};

type Shape = Readonly<Record<string, zod.ZodMiniType>>;
type Body = zod.ZodMiniObject<zod.core.$ZodShape>;

/** A body with these fields and no others. */
const body = (shape: Shape): Body => zod.strictObject({ ...shape, ...webhookFields });

/** What is wrong with the parts of a body that its model's form knows, as zod's issues. */
const ofForm =
  (entriesOf: (body: Record<string, unknown>) => readonly ModelEntry[], own: readonly string[]) =>
  ({
    value,
    issues,
  }: {
    value: Record<string, unknown>;
    issues: { push(issue: object): void };
  }) => {
    const entries = entriesOf(value);
    const input = Object.fromEntries(Object.entries(value).filter(([key]) => !own.includes(key)));
    for (const [key, message] of entries.length > 0 ? closestProblems(entries, input) : []) {
      issues.push({ code: 'custom', message, path: key.split('.'), input });
    }
  };

const OWN = ['model', ...Object.keys(webhookFields)];

/** The body of a route whose models have forms. */
function modelBody(entries: readonly ModelEntry[]): zod.ZodMiniType {
  const names = entries.map(({ model }) => model);
  return zod
    .looseObject({ model: zod.enum(names), ...webhookFields })
    .check(ofForm(({ model }) => entries.filter((entry) => entry.model === model), OWN));
}

const routeOf = ({ task }: ModelEntry): string => taskTypeOf(task);

const SUNO_ACTION = 'music/suno/action';

const FORMS = APIFRAME_MODELS().filter((entry) => routeOf(entry) !== SUNO_ACTION);

/** Follow-ups on songs name no model. */
const sunoActions = APIFRAME_MODELS().filter((entry) => routeOf(entry) === SUNO_ACTION);

const actionBodies = (actions: Readonly<Record<string, Shape>>): Body[] =>
  Object.entries(actions).map(([action, fields]) =>
    body({ action: zod.literal(action), parentJobId: zod.uuid(), ...fields }),
  );

/** One of these bodies, told apart by this field. */
const either = (field: string, [first, ...others]: readonly Body[]): zod.ZodMiniType =>
  first === undefined ? zod.never() : zod.discriminatedUnion(field, [first, ...others]);

/** What a body must be, by route below `/v2`. A key that is not known refuses it. */
export const BODIES: Readonly<Record<string, zod.ZodMiniType>> = {
  ...Object.fromEntries(
    Object.entries(Object.groupBy(FORMS, routeOf)).map(([route, entries = []]) => [
      route,
      modelBody(entries),
    ]),
  ),
  'images/midjourney/action': either('action', actionBodies(midjourneyActions)),
  [SUNO_ACTION]: zod
    .looseObject({ parentJobId: zod.uuid(), ...webhookFields })
    .check(ofForm(() => sunoActions, Object.keys(webhookFields))),
};
