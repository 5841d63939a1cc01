import * as zod from 'zod';

const MAX_PAGE_SIZE = 100;

/** Query parameters of a list. */
export const pageQuery = zod.object({
  after: zod
    .string()
    .regex(/^\d{1,18}$/, { error: 'Use the `next` of the previous page.' })
    .optional()
    .describe('The `next` of the previous page.'),
  limit: zod.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
});

/** Schema of a page of a list, newest first. */
export const pageOf = <Item extends zod.ZodType>(item: Item) =>
  zod.object({
    data: zod.array(item),
    next: zod.nullable(zod.string()).describe('Pass it as `after`; null on the last page.'),
  });

/** A page of a list. */
export const pageWith = <Row extends { readonly id: string }>(
  data: readonly Row[],
  hasMore: boolean,
) => ({ data: [...data], next: hasMore ? (data.at(-1)?.id ?? null) : null });

/** Makes a page of rows that were read with `limit + 1`; an extra row means there is a next page. */
export const page = <Row extends { readonly id: string }>(rows: readonly Row[], limit: number) =>
  pageWith(rows.slice(0, limit), rows.length > limit);
