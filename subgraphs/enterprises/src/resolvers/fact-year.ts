import { naturalKey, originView } from '@zhitong/connect';
import { isSameItem } from '../domain/fact-items.js';
import type { FactItem, FactValue } from '../domain/fact-vocabulary.js';
import type { FactYearResolvers } from '../generated/resolvers-types.js';
import { requiredDepartment } from './department.js';

/** Whether an item stands in the list of a year as its source delivered it. */
const holds = (list: FactValue | undefined, item: FactItem): boolean =>
  Array.isArray(list) && list.some((one: string | FactItem) => typeof one !== 'string' && isSameItem(one, item));

export const FactYear: FactYearResolvers = {
  recordedBy: async ({ recordedBy }, _args, { loaders }) => requiredDepartment(recordedBy, loaders),
  provenance: async ({ uscc, year, values, origin, origins }, _args, { loaders }) => {
    const told = (await loaders.factOrigins(naturalKey([uscc, year]) ?? '', null)) ?? [];
    // A value that was recorded by hand since, or by another run, did not come from that line.
    const isOfRun = (fact: string, run: string): boolean => (origins?.[fact] ?? origin)?.run === run;
    const items = ((await loaders.itemOrigins(uscc, null)) ?? []).filter(
      ({ collection, item, year: of }) => of === year && holds(values[collection], item),
    );
    return [
      ...told.filter(({ field, run }) => field in values && isOfRun(field, run)),
      ...items.map(({ origin: one }) => one),
    ].map(originView);
  },
};
