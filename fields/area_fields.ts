import * as zod from 'zod/mini';
import { areaIn } from '../midjourney/areas.ts';
import { listedLines } from '../midjourney/lists.ts';
import { optionalField } from './input.ts';

const ADVICE =
  'Write left, top, width, height in percent of the picture, for example 25, 10, 50, 30, each area in a line of its own.';

export const areas = optionalField(
  () =>
    zod.pipe(
      zod.transform(listedLines),
      zod
        .array(
          zod.pipe(
            zod.pipe(zod.string({ error: ADVICE }), zod.transform(areaIn)),
            zod.object(
              {
                left: zod.number(),
                top: zod.number(),
                width: zod.number(),
                height: zod.number(),
                unit: zod.enum(['%', 'px']),
              },
              ADVICE,
            ),
          ),
        )
        .check(zod.minLength(1, ADVICE)),
    ),
  {
    label: 'Areas',
    type: 'string',
    list: true,
    placeholder: '25, 10, 50, 30',
    helpText:
      'Instead of a mask: which parts of the picture are painted anew, as rectangles. Each is left, top, width, height in percent of the picture, for example `25, 10, 50, 30`; with `px` at its end, in pixels. Fill in either this or Mask.',
  },
);
