import { arrearPosition } from '../domain/arrears.js';
import { ONE_YEAR_LPR } from '../domain/loan-prime-rate.js';
import type { DepartmentArrearsResolvers } from '../generated/resolvers-types.js';
import { ratio } from './commitment-audit.js';
import { money } from './money.js';

export const DepartmentArrears: DepartmentArrearsResolvers = {
  department: ({ debtor }) => ({ code: debtor }),
  principal: ({ principal }) => money(principal),
  paidAmount: ({ paid }) => money(paid),
  outstandingAmount: ({ principal, paid }) => money(principal - paid),
  lateInterestAmount: ({ interest }) => money(interest),
  clearing: ({ principal, paid }) => ({ numerator: money(paid), denominator: money(principal), value: ratio(paid, principal) }),
  newlyArisen: async ({ debtor, period }, _args, { loaders }) => (await loaders.arisenOf(debtor, period))?.map((record) => ({ ...record, position: arrearPosition(record, period.to, ONE_YEAR_LPR) })) ?? [],
};
