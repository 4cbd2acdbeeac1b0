import { moneyOfFen, rateText } from '@zhitong/values';
import type { DepartmentArrearsResolvers } from '../../generated/resolvers-types.js';
import { arrearView } from './arrear-view.js';

export const DepartmentArrears: DepartmentArrearsResolvers = {
  department: ({ debtor }) => ({ code: debtor }),
  principal: ({ principal }) => moneyOfFen(principal),
  paidAmount: ({ paid }) => moneyOfFen(paid),
  outstandingAmount: ({ principal, paid }) => moneyOfFen(principal - paid),
  overdueAmount: ({ overdue }) => moneyOfFen(overdue),
  disputedAmount: ({ disputed }) => moneyOfFen(disputed),
  lateInterestAmount: ({ interest }) => moneyOfFen(interest),
  lateInterestPaidAmount: ({ interestPaid }) => moneyOfFen(interestPaid),
  lateInterestOutstandingAmount: ({ interest, interestPaid }) => moneyOfFen(interest - interestPaid),
  costsOutstandingAmount: ({ costsLeft }) => moneyOfFen(costsLeft),
  clearingRate: ({ principal, paid }) => rateText({ numerator: paid, denominator: principal }),
  clearing: ({ principal, paid }) => ({
    numerator: moneyOfFen(paid),
    denominator: moneyOfFen(principal),
    value: rateText({ numerator: paid, denominator: principal }),
  }),
  newlyArisen: async ({ debtor, period }, _args, { loaders, stores }) =>
    (await loaders.arisenOf(debtor, period))?.map((record) =>
      arrearView(record, { asOf: period.to, rules: stores.arrearRules(period.knownOn) }),
    ) ?? [],
};
