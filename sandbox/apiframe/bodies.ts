import * as zod from 'zod/mini';
import { FAMILIES, type Family } from './families.ts';
import { midjourneyActions, midjourneyParams } from './midjourney_fields.ts';
import { sunoActions } from './suno_fields.ts';

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

function familyBody({ params, prompt, required, models }: Family): Body {
  const own = midjourneyParams[params] ?? zod.looseObject({});
  return body({
    model: zod.enum(models.split(' ')),
    ...(prompt && { prompt: zod.string().check(zod.minLength(1), zod.maxLength(prompt)) }),
    [params]: required ? own : zod.optional(own),
  });
}

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
    Object.entries(FAMILIES).map(([route, families]) => [
      route,
      either('model', families.map(familyBody)),
    ]),
  ),
  'images/midjourney/action': either('action', actionBodies(midjourneyActions)),
  'music/suno/action': either('action', actionBodies(sunoActions)),
};
