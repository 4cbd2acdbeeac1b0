import { connectionOf, parsePage, requestedFields, requestedNodeFields, type PageArguments } from '@zhitong/kit';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.js';
import { seesAccounts } from '../domain/access.js';
import type { ArrearChange } from '../domain/arrears/arrear-correction.js';
import type { Recorded } from '../domain/arrears/arrear-payment.js';
import { arrearPosition } from '../domain/arrears/arrears.js';
import type { ArrearConnectionResolvers, ArrearResolvers } from '../generated/resolvers-types.js';
import { BY_DELIVERY } from '../list-orders.js';
import type { ArrearConnectionRows } from '../records.js';
import { shownProof } from './ledger-seal.js';
import { limitsFor, officesOf } from './own-credit.js';

/** A page of the debts of enterprises or departments as they stand today, batched over all parents of the operation. */
export async function arrearsOf(
  parent: { readonly field: 'uscc' | 'debtor'; readonly key: string },
  args: PageArguments & { includeCleared: boolean },
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ArrearConnectionRows> {
  const { loaders, clock, loanPrimeRates } = context;
  const limits = limitsFor(
    context,
    parent.field === 'uscc' ? { uscc: parent.key } : { department: parent.key },
    'What is owed',
  );
  const { includeCleared, ...pageArguments } = args;
  const page = parsePage(pageArguments, {
    list: { list: `${parent.field}.arrears`, includeCleared },
    keys: BY_DELIVERY.length,
  });
  const wanted = requestedNodeFields(requestedFields(info)) !== undefined;
  const found = await loaders.arrearsOf(parent.key, {
    parentField: parent.field,
    includeCleared,
    debtor: limits.department,
    page: wanted ? { limit: page.limit, position: page.position, backwards: page.backwards } : null,
  });
  const today = dayInShanghai(clock.now());
  const rows = (found?.rows ?? []).map((record) => ({
    ...record,
    position: arrearPosition(record, today, loanPrimeRates.current()),
  }));
  const totals = { principal: 0n, paid: 0n, ...found?.totals };
  return Object.assign(connectionOf({ rows, page, sort: BY_DELIVERY, totalCount: found?.totalCount ?? 0 }), { totals });
}

export const ArrearConnection: ArrearConnectionResolvers = {
  principal: ({ totals }) => moneyOfFen(totals.principal),
  paidAmount: ({ totals }) => moneyOfFen(totals.paid),
  outstandingAmount: ({ totals }) => moneyOfFen(totals.principal - totals.paid),
};

const recording = ({ recordedAt, recordedBy, department }: Recorded, hidesOfficials: boolean) => ({
  at: new Date(recordedAt),
  department: { code: department },
  official: hidesOfficials ? null : recordedBy,
});

const changeOf = (change: ArrearChange, debtor: string, context: Context) => ({
  reason: change.reason,
  document: change.document,
  recorded: recording(change, !seesAccounts(context.actor, debtor, officesOf(context))),
});

export const Arrear: ArrearResolvers = {
  contractSignedOn: ({ contract }) => contract.signedOn,
  debtor: ({ debtor }) => ({ code: debtor }),
  enterprise: ({ uscc }) => ({ uscc }),
  deliveredOn: ({ delivery }) => delivery.deliveredOn,
  acceptedOn: ({ delivery }) => delivery.acceptance?.acceptedOn ?? null,
  principal: ({ principal }) => moneyOfFen(principal),
  paidAmount: ({ position }) => moneyOfFen(position.paid),
  outstandingAmount: ({ position }) => moneyOfFen(position.outstanding),
  undisputedOutstandingAmount: ({ position }) => moneyOfFen(position.undisputedOutstanding),
  term: ({ position }) => (position.term.ok ? position.term.term : null),
  daysOverdue: ({ position }) => position.daysOverdue,
  ageing: ({ position }) => position.ageing,
  lateInterest: ({ position: { interest } }) =>
    interest && {
      amount: moneyOfFen(interest.amount),
      days: interest.days,
      basis: interest.rate.basis,
      source: interest.rate.text,
      isCertain: interest.rate.isCertain,
      periods: interest.periods.map((period) => ({ ...period, principal: moneyOfFen(period.principal) })),
    },
  plan: ({ plan, position }) =>
    position.plan && {
      instalments: plan.map((instalment) => ({ ...instalment, amount: moneyOfFen(instalment.amount) })),
      dueByNow: moneyOfFen(position.plan.dueByNow),
      isBehind: position.plan.isBehind,
      nextDueOn: position.plan.nextDueOn,
    },
  payments: ({ payments, debtor }, { includeReversed }, context) =>
    payments
      .map((payment, index) => ({ ...payment, no: index + 1 }))
      .filter(({ reversal }) => includeReversed || reversal === undefined)
      .sort((a, b) => a.paidOn.localeCompare(b.paidOn))
      .map(({ no, paidOn, amount, reference, recorded, reversal }) => {
        const hidesOfficials = !seesAccounts(context.actor, debtor, officesOf(context));
        return {
          no,
          paidOn,
          amount: moneyOfFen(amount),
          reference,
          recorded: recorded ? recording(recorded, hidesOfficials) : null,
          reversal: reversal
            ? { reason: reversal.reason, document: reversal.document, recorded: recording(reversal, hidesOfficials) }
            : null,
        };
      }),
  isCleared: ({ position, withdrawal }) => position.isCleared && withdrawal === undefined,
  withdrawal: ({ withdrawal, debtor }, _args, context) => (withdrawal ? changeOf(withdrawal, debtor, context) : null),
  proof: async ({ id }, _args, { loaders }) => shownProof(await loaders.proof(id, 'arrear')),
  corrections: ({ corrections = [], debtor }, _args, context) =>
    corrections.map((correction) => changeOf(correction, debtor, context)),
};
