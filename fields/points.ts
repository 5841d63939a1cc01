import * as zod from 'zod/mini';
import { listedLines } from '../midjourney/lists.ts';

const PATH = /^\d+\s*,\s*\d+(\s+\d+\s*,\s*\d+)*$/;

const ADVICE =
  'Write the points of each path in a line of its own, in pixels from the top left, for example 120,80 300,200.';

const pointsIn = (line: string) =>
  [...line.matchAll(/(\d+)\s*,\s*(\d+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

/** Paths, one a line, as the service takes them: `[{points: [{x, y}]}]`. */
export const pathsIn = zod.pipe(
  zod.pipe(
    zod.transform(listedLines),
    zod.array(zod.string(ADVICE).check(zod.regex(PATH, ADVICE))),
  ),
  zod.transform((lines) => lines.map((line) => ({ points: pointsIn(line) }))),
);
