import { moneyOfFen, rateText } from '@zhitong/values';
import { arrearPosition } from '../domain/arrears/arrears.js';
import type { DepartmentArrearsResolvers } from '../generated/resolvers-types.js';

export const DepartmentArrears: DepartmentArrearsResolvers = {
  department: ({ debtor }) => ({ code: debtor }),
  principal: ({ principal }) => moneyOfFen(principal),
  paidAmount: ({ paid }) => moneyOfFen(paid),
  outstandingAmount: ({ principal, paid }) => moneyOfFen(principal - paid),
  lateInterestAmount: ({ interest }) => moneyOfFen(interest),
  clearingRate: ({ principal, paid }) => rateText({ numerator: paid, denominator: principal }),
  clearing: ({ principal, paid }) => ({
    numerator: moneyOfFen(paid),
    denominator: moneyOfFen(principal),
    value: rateText({ numerator: paid, denominator: principal }),
  }),
  newlyArisen: async ({ debtor, period }, _args, { loaders, loanPrimeRates }) =>
    (await loaders.arisenOf(debtor, period))?.map((record) => ({
      ...record,
      position: arrearPosition(record, period.to, loanPrimeRates.current()),
    })) ?? [],
};
