import type { Bundle, ZObject } from 'zapier-platform-core';

const PAGE_SIZE = 2;

type Thing = { id: string } & Record<string, unknown>;

/** Lists what is in the cache under `things`, newest first; in dropdowns page by page. */
const listThings = async (z: ZObject, bundle: Bundle): Promise<Thing[]> => {
  const { isPopulatingDedupe, isLoadingSample, isFillingDynamicDropdown, page } = bundle.meta;
  await z.cache.set('last meta', {
    isPopulatingDedupe,
    isLoadingSample,
    isFillingDynamicDropdown,
    page,
  });
  const things = await z.cache.get('things');
  if (!Array.isArray(things)) {
    throw new z.errors.Error('The things are gone', 'gone', 404);
  }
  if (!isFillingDynamicDropdown) {
    return things;
  }
  const start = page > 0 ? Number((await z.cursor.get()) ?? things.length) : 0;
  await z.cursor.set(String(start + PAGE_SIZE));
  return things.slice(start, start + PAGE_SIZE);
};

const trigger = (key: string, operation: object) => ({
  key,
  noun: 'Thing',
  display: { label: 'Thing', description: 'Triggers when there is a thing.', hidden: true },
  operation: { perform: listThings, ...operation },
});

export const pollingTriggers = {
  thing: trigger('thing', { type: 'polling', canPaginate: true }),
  // A trigger without a type is a polling trigger.
  unpaged: trigger('unpaged', {}),
};

/** Inputs whose dropdowns these triggers fill. */
export const thingFields = [
  { key: 'thing_id', dynamic: 'thing.id.owner__name' },
  { key: 'unlabelled_id', dynamic: 'thing.id' },
  { key: 'unpaged_id', dynamic: 'unpaged.id.title' },
  { key: 'lost_id', dynamic: 'nowhere.id.title' },
];
