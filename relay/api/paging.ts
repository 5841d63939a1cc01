import * as zod from 'zod';

const LARGEST_PAGE = 100;

/** The query of a list. */
export const pageQuery = zod.object({
  after: zod
    .string()
    .regex(/^\d{1,18}$/, { error: 'Use the `next` of the page before.' })
    .optional()
    .describe('The `next` of the page before.'),
  limit: zod.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
});

/** A page of a list, newest first. */
export const pageOf = <Item extends zod.ZodType>(item: Item) =>
  zod.object({
    data: zod.array(item),
    next: zod.nullable(zod.string()).describe('Pass it as `after`; null on the last page.'),
  });

/** Rows that were asked for with one more than the page has, as a page. */
export function page<Row extends { readonly id: string }>(rows: readonly Row[], limit: number) {
  const data = rows.slice(0, limit);
  return { data, next: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}
