import { badUserInput } from '@zhitong/kit';
import type { QueryResolvers } from '../generated/resolvers-types.js';
import type { FundsSum } from '../models/funds.js';
import { money } from './money.js';

const NOTHING: FundsSum = { key: '', paidFen: 0, policies: 0, enterprises: 0, payments: 0 };

export const fundsReport: NonNullable<QueryResolvers['fundsReport']> = async (_root, { from, to, department, groupBy }, { stores, shelf }) => {
  if (from > to) throw badUserInput(`from is ${from}, after to (${to}).`, ['from']);
  const range = { from, to, department: department ?? undefined };
  const [[whole = NOTHING], groups] = await Promise.all([stores.funds.sums(range, null), groupBy ? stores.funds.sums(range, groupBy) : Promise.resolve([])]);
  const figures = ({ paidFen, policies, enterprises, payments }: FundsSum) => ({ paid: money(paidFen), policies, enterprises, payments });
  return {
    from,
    to,
    ...figures(whole),
    groups: groups.map((sum) => ({
      key: sum.key,
      policy: groupBy === 'POLICY' ? shelf.byId(sum.key) : null,
      department: groupBy === 'DEPARTMENT' ? { code: sum.key } : null,
      ...figures(sum),
    })),
  };
};
