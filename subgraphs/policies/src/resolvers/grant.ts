import { mayReadEnterprise } from '../domain/access.js';
import { legalMoves, maskedAccount } from '../domain/grant.js';
import type { GrantEventResolvers, GrantResolvers, MatchingRunResolvers, PaymentResolvers } from '../generated/resolvers-types.js';
import { money } from './money.js';
import { definitionOf } from './policy-match.js';

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
  department: ({ department }) => (department === '' ? null : { code: department }),
  amount: ({ amountFen }) => money(amountFen),
  paid: ({ paidFen }) => money(paidFen),
  account: ({ account, uscc }, _args, { actor }) => {
    if (account === null) return null;
    const own = actor?.roles.includes('ENTERPRISE') === true && actor.uscc === uscc;
    return { ...account, number: own ? account.number : maskedAccount(account.number) };
  },
  legalMoves: ({ status, paidFen }) => [...legalMoves(status, paidFen > 0)],
  payments: async ({ id }, _args, { loaders }) => (await loaders.paymentsOfGrant(id, null)) ?? [],
  pledge: async ({ id }, _args, { loaders }) => {
    const pledge = await loaders.pledgeOfGrant.load(id);
    return pledge === null ? null : { ...pledge, pledgedFacts: pledge.pledgedFacts.flatMap((fact) => definitionOf(fact)) };
  },
  history: async ({ id }, _args, { loaders }) => (await loaders.grantHistory(id, null)) ?? [],
};

export const Payment: PaymentResolvers = {
  instalment: ({ instalment }) => instalment + 1,
  amount: ({ amountFen }) => money(amountFen),
};

export const GrantEvent: GrantEventResolvers = {
  move: ({ move }) => (move === 'IDENTIFY' ? null : move),
};

export const MatchingRun: MatchingRunResolvers = {
  newlyEligible: ({ counts }) => counts.NEWLY_ELIGIBLE,
  noLongerEligible: ({ counts }) => counts.NO_LONGER_ELIGIBLE,
  newlyUndetermined: ({ counts }) => counts.NEWLY_UNDETERMINED,
  amountChanged: ({ counts }) => counts.AMOUNT_CHANGED,
};
