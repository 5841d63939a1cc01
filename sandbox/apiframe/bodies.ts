import * as zod from 'zod/mini';
import { APIFRAME_MODELS } from '../../services/apiframe_task.ts';
import { taskTypeOf } from '../../services/models/find_entry.ts';
import type { ModelEntry } from '../../services/models/model_entry.ts';
import { wireSchema } from '../service/wire_schema.ts';
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

/** The body of a form, with the model where it names one. */
const formBody = (entry: ModelEntry): Body =>
  zod.extend(wireSchema(entry), {
    ...(!taskTypeOf(entry.task).endsWith('/action') && { model: zod.literal(entry.model) }),
    ...webhookFields,
  });

const routeOf = ({ task }: ModelEntry): string => taskTypeOf(task);

const ROUTES = Object.entries(Object.groupBy(APIFRAME_MODELS(), routeOf));

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
    ROUTES.map(([route, entries = []]) => [
      route,
      either(route.endsWith('/action') ? 'action' : 'model', entries.map(formBody)),
    ]),
  ),
  'images/midjourney/action': either('action', actionBodies(midjourneyActions)),
};
