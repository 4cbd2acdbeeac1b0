import type { GrantResolvers, MatchingRunResolvers } from '../generated/resolvers-types.js';
import { mayReadEnterprise } from '../domain/access.js';
import { money } from './money.js';

export const Grant: GrantResolvers = {
  __resolveReference: async ({ id }, { loaders, actor }) => {
    const grant = await loaders.grant.load(id);
    return grant !== null && mayReadEnterprise(actor, grant.uscc) ? grant : null;
  },
  policy: ({ policyId }, _args, { shelf }) => {
    const policy = shelf.byId(policyId);
    if (policy === null) throw new Error(`A grant names the policy ${policyId}, which is not published.`);
    return policy;
  },
  enterprise: ({ uscc }) => ({ uscc }),
  amount: ({ amountFen }) => money(amountFen),
  paid: ({ paidFen }) => money(paidFen),
};

export const MatchingRun: MatchingRunResolvers = {
  newlyEligible: ({ counts }) => counts.NEWLY_ELIGIBLE,
  noLongerEligible: ({ counts }) => counts.NO_LONGER_ELIGIBLE,
  newlyUndetermined: ({ counts }) => counts.NEWLY_UNDETERMINED,
  amountChanged: ({ counts }) => counts.AMOUNT_CHANGED,
};
