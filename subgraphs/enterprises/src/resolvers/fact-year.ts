import { naturalKey, originView } from '@zhitong/connect';
import type { FactYearResolvers } from '../generated/resolvers-types.js';
import { requiredDepartment } from './department.js';

export const FactYear: FactYearResolvers = {
  recordedBy: async ({ recordedBy }, _args, { loaders }) => requiredDepartment(recordedBy, loaders),
  provenance: async ({ uscc, year, values, origin, origins }, _args, { loaders }) => {
    const told = (await loaders.factOrigins(naturalKey([uscc, year]) ?? '', null)) ?? [];
    // A value that was recorded by hand since, or by another run, did not come from that line.
    const isOfRun = (fact: string, run: string): boolean => (origins?.[fact] ?? origin)?.run === run;
    return told.filter(({ field, run }) => field in values && isOfRun(field, run)).map(originView);
  },
};
