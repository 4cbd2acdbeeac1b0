import { connectionOf, parsePage, requestedFields } from '@zhitong/kit';
import { assignmentReason } from '../../domain/service-network/assignment.js';
import type { AssignmentPlanResolvers, PlannedAssignmentResolvers } from '../../generated/resolvers-types.js';
import { storedFields } from '../enterprise-fields.js';
import { requiredOfficial } from './service-officer.js';

const ORDER = [{ field: 'uscc', direction: 1 }] as const;
const SHOWN_CODES = 100;

/** What each official with a new enterprise holds in the end, the fewest and the most. */
function bounds(assigned: readonly { readonly officialId: string; readonly loadAfter: number }[]) {
  const loads = new Map<string, number>();
  for (const { officialId, loadAfter } of assigned)
    loads.set(officialId, Math.max(loadAfter, loads.get(officialId) ?? 0));
  let [least, most]: [number | null, number | null] = [null, null];
  for (const load of loads.values())
    [least, most] = [least === null || load < least ? load : least, most === null || load > most ? load : most];
  return { least, most };
}

export const AssignmentPlan: AssignmentPlanResolvers = {
  assigned: ({ assigned }) => assigned.length,
  replaced: ({ ended }) => ended.length,
  unplaced: ({ unplaced }) => {
    const reasons = new Map<(typeof unplaced)[number]['reason'], string[]>();
    for (const { key, reason } of unplaced) reasons.set(reason, [...(reasons.get(reason) ?? []), key]);
    return [...reasons].map(([reason, usccs]) => ({
      reason,
      count: usccs.length,
      usccs: usccs.slice(0, SHOWN_CODES),
    }));
  },
  leastLoad: ({ assigned }) => bounds(assigned).least,
  mostLoad: ({ assigned }) => bounds(assigned).most,
  assignments: ({ assigned, digest }, args) => {
    const page = parsePage(args, { list: { list: 'assignmentPlan.assignments', digest }, keys: ORDER.length });
    const after = page.position?.[0];
    const behind = typeof after === 'string' ? assigned.filter(({ key }) => key > after) : assigned;
    const rows = behind.slice(0, page.limit + 1).map(({ key, officialId, loadAfter, qualified }) => ({
      uscc: key,
      officialId,
      loadAfter,
      qualified,
      reason: assignmentReason({ qualified, loadAfter }),
    }));
    return connectionOf({ rows, page, sort: ORDER, totalCount: assigned.length });
  },
};

export const PlannedAssignment: PlannedAssignmentResolvers = {
  enterprise: async ({ uscc }, _args, { loaders }, info) => {
    const enterprise = await loaders.enterprise(uscc, { fields: storedFields(requestedFields(info)) });
    if (enterprise === undefined) throw new Error(`A plan names the enterprise ${uscc}, which is not registered.`);
    return enterprise;
  },
  official: async ({ officialId }, _args, context) => requiredOfficial(officialId, context),
};
