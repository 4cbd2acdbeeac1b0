import { connectionOf, parsePage, requestedFields, requestedNodeFields, type PageArguments } from '@zhitong/kit';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.js';
import { isOwnEnterprise, mayWriteFor, seesAccounts } from '../../domain/access.js';
import type { ArrearChange } from '../../domain/arrears/arrear-correction.js';
import { arrearMoves } from '../../domain/arrears/arrear-moves.js';
import type { PaymentReversal, Recorded } from '../../domain/arrears/arrear-payment.js';
import { debtorAtLast } from '../../domain/arrears/arrear-transfer.js';
import { planState, planVersions, versionsOn, type PlanInstalment } from '../../domain/arrears/repayment-plan.js';
import type { ArrearConnectionResolvers, ArrearResolvers } from '../../generated/resolvers-types.js';
import { BY_DELIVERY } from '../../list-orders.js';
import type { ArrearParent } from '../../models/arrears/arrear.js';
import type { ArrearConnectionRows, ArrearView } from '../../records.js';
import { arrearView } from './arrear-view.js';
import { shownProof } from '../ledger-seal.js';
import { limitsFor, officesOf } from '../own-credit.js';

/** A page of the debts of enterprises or departments as they stand today, batched over all parents of the operation. */
export async function arrearsOf(
  parent: { readonly field: ArrearParent; readonly key: string },
  args: PageArguments & { includeCleared: boolean },
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ArrearConnectionRows> {
  const { loaders, clock, stores } = context;
  const limits = limitsFor(context, parent.field === 'debtor' ? { department: parent.key } : { uscc: parent.key }, {
    en: 'What is owed',
    zh: '欠款',
  });
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
  const rows = (found?.rows ?? []).map((record) => arrearView(record, { asOf: today, rules: stores.arrearRules() }));
  const totals = { principal: 0n, paid: 0n, ...found?.totals };
  return Object.assign(connectionOf({ rows, page, sort: BY_DELIVERY, totalCount: found?.totalCount ?? 0 }), { totals });
}

export const ArrearConnection: ArrearConnectionResolvers = {
  principal: ({ totals }) => moneyOfFen(totals.principal),
  paidAmount: ({ totals }) => moneyOfFen(totals.paid),
  outstandingAmount: ({ totals }) => moneyOfFen(totals.principal - totals.paid),
};

const recording = ({ recordedAt, recordedBy, department }: Recorded, hides: boolean) => ({
  at: new Date(recordedAt),
  department: { code: department },
  official: hides ? null : recordedBy,
});

const changeOf = (
  change: ArrearChange & { readonly kind?: 'ACCEPTANCE' },
  otherwise: 'CORRECTION' | 'WITHDRAWAL',
  hidesOfficials: boolean,
) => ({
  kind: change.kind ?? otherwise,
  reason: change.reason,
  document: change.document,
  recorded: recording(change, hidesOfficials),
});

/** What was recorded of something, if that is known. */
const recordedOf = (entry: Partial<Recorded>, hidesOfficials: boolean) => {
  const { recordedAt, recordedBy, department } = entry;
  return recordedAt === undefined || recordedBy === undefined || department === undefined
    ? null
    : recording({ recordedAt, recordedBy, department }, hidesOfficials);
};

const reversalOf = (reversal: PaymentReversal | undefined, hidesAccounts: boolean) =>
  reversal
    ? { reason: reversal.reason, document: reversal.document, recorded: recording(reversal, hidesAccounts) }
    : null;

/** Entries by their numbers, counted from 1 in the order of recording; reversed ones where they are asked for. */
const listed = <Entry extends { readonly reversal?: PaymentReversal }>(
  entries: readonly Entry[],
  { includeReversed }: { readonly includeReversed: boolean },
): (Entry & { readonly no: number })[] =>
  entries
    .map((entry, index) => ({ ...entry, no: index + 1 }))
    .filter(({ reversal }) => includeReversed || reversal === undefined);

/** Whether accounts of officials stay hidden from the caller: by who owes the debt now, whichever day is shown. */
const hidesOfficials = (view: ArrearView, context: Context): boolean =>
  !seesAccounts(context.actor, debtorAtLast(view), officesOf(context));

const instalmentsOf = (instalments: readonly PlanInstalment[]) =>
  instalments.map((instalment) => ({ ...instalment, amount: moneyOfFen(instalment.amount) }));

export const Arrear: ArrearResolvers = {
  contractSignedOn: ({ contract }) => contract.signedOn,
  debtor: ({ debtor }) => ({ code: debtor }),
  debtorEnterprise: ({ debtorUscc }) => (debtorUscc === undefined ? null : { uscc: debtorUscc }),
  enterprise: ({ uscc }) => ({ uscc }),
  deliveredOn: ({ delivery }) => delivery.deliveredOn,
  acceptedOn: ({ delivery }) => delivery.acceptance?.acceptedOn ?? null,
  retentionUntil: ({ delivery }) => delivery.retentionUntil ?? null,
  hasThirdPartyClause: ({ contract }) => contract.paysWhenPaid === true,
  countsPrincipalFirst: ({ contract }) => contract.principalFirst === true,
  principal: ({ position }) => moneyOfFen(position.principal),
  paidAmount: ({ position }) => moneyOfFen(position.paid),
  outstandingAmount: ({ position }) => moneyOfFen(position.outstanding),
  disputedAmount: ({ position }) => moneyOfFen(position.disputed),
  undisputedOutstandingAmount: ({ position }) => moneyOfFen(position.undisputedOutstanding),
  costs: (view, args, context) =>
    listed(view.costs ?? [], args)
      .filter(({ incurredOn }) => incurredOn <= view.asOf)
      .map(({ no, amount, incurredOn, subject, document, reversal, ...recorded }) => ({
        no,
        reversal: reversalOf(reversal, hidesOfficials(view, context)),
        amount: moneyOfFen(amount),
        incurredOn,
        subject,
        document,
        recorded: recordedOf(recorded, hidesOfficials(view, context)),
      })),
  costsOutstandingAmount: ({ position }) => moneyOfFen(position.costsOutstanding),
  totalOutstandingAmount: ({ position }) => moneyOfFen(position.owedInAll),
  undisputedTotalAmount: ({ position }) => moneyOfFen(position.owedInAll - position.disputed),
  overpaidAmount: ({ position }) => moneyOfFen(position.overpaid),
  term: ({ position }) => (position.term.ok ? position.term.term : null),
  daysOverdue: ({ position }) => position.daysOverdue,
  ageing: ({ position }) => position.ageing,
  lateInterest: ({ position: { interest } }) =>
    interest && {
      amount: moneyOfFen(interest.amount),
      paidAmount: moneyOfFen(interest.paid),
      outstandingAmount: moneyOfFen(interest.outstanding),
      days: interest.days,
      basis: interest.rate.basis,
      source: interest.rate.text,
      isCertain: interest.rate.isCertain,
      periods: interest.periods.map((period) => ({ ...period, principal: moneyOfFen(period.principal) })),
      alternative: interest.alternative && {
        amount: moneyOfFen(interest.alternative.amount),
        source: interest.alternative.rate.text,
        isCertain: interest.alternative.rate.isCertain,
      },
    },
  plan: ({ position: { plan } }) =>
    plan && {
      no: plan.version.no,
      agreedOn: plan.version.steps.find(({ kind }) => kind === 'ACCEPTED')?.on ?? null,
      plannedAmount: moneyOfFen(plan.planned),
      paidAmount: moneyOfFen(plan.paid),
      instalments: instalmentsOf(plan.version.instalments),
      dueByNow: moneyOfFen(plan.dueByNow),
      isBehind: plan.isBehind,
      nextDueOn: plan.nextDueOn,
    },
  plans: (view, _args, context) => {
    const versions = versionsOn(planVersions(view, view.principal), view.asOf);
    const hides = hidesOfficials(view, context);
    return versions.map((version) => ({
      no: version.no,
      state: planState(version, versions, view.asOf),
      instalments: instalmentsOf(version.instalments),
      steps: version.steps.map(({ kind, side, on, recordedAt, recordedBy, department, reason }) => ({
        kind,
        side,
        on,
        at: new Date(recordedAt),
        reason,
        department: department === null ? null : { code: department },
        account: hides ? null : recordedBy,
      })),
    }));
  },
  payments: (view, args, context) => {
    const { payments, position, asOf } = view;
    const hides = hidesOfficials(view, context);
    return listed(payments, args)
      .filter(({ paidOn }) => paidOn <= asOf)
      .sort((a, b) => a.paidOn.localeCompare(b.paidOn))
      .map(({ no, paidOn, amount, reference, recorded, reversal }) => {
        const counted = position.allocations.get(no - 1);
        return {
          no,
          paidOn,
          amount: moneyOfFen(amount),
          toCosts: counted ? moneyOfFen(counted.costs) : null,
          toInterest: counted ? moneyOfFen(counted.interest) : null,
          toPrincipal: counted ? moneyOfFen(counted.principal) : null,
          reference,
          recorded: recorded ? recording(recorded, hides) : null,
          reversal: reversalOf(reversal, hides),
        };
      });
  },
  isCleared: ({ position, withdrawal }) => position.isCleared && withdrawal === undefined,
  settledDisputes: (view, args, context) =>
    listed(view.settledDisputes ?? [], args)
      .filter(({ settledOn }) => settledOn <= view.asOf)
      .map(({ no, settledOn, owed, struckOff, reason, document, reversal, ...recorded }) => ({
        no,
        reversal: reversalOf(reversal, hidesOfficials(view, context)),
        settledOn,
        owed: moneyOfFen(owed),
        struckOff: moneyOfFen(struckOff),
        reason,
        document,
        recorded: recordedOf(recorded, hidesOfficials(view, context)),
      })),
  transfers: (view, args, context) =>
    listed(view.transfers ?? [], args)
      .filter(({ effectiveOn }) => effectiveOn <= view.asOf)
      .map((transfer) => ({
        no: transfer.no,
        reversal: reversalOf(transfer.reversal, hidesOfficials(view, context)),
        from: { code: transfer.from },
        to: { code: transfer.to },
        effectiveOn: transfer.effectiveOn,
        reason: transfer.reason,
        recorded: recording(transfer, hidesOfficials(view, context)),
      })),
  recorded: (view, _args, context) => recordedOf(view.recorded ?? {}, hidesOfficials(view, context)),
  withdrawal: (view, _args, context) =>
    view.withdrawal ? changeOf(view.withdrawal, 'WITHDRAWAL', hidesOfficials(view, context)) : null,
  legalMoves: (view, _args, { actor, clock, ledgerOffice }) => {
    if (view.asOf !== dayInShanghai(clock.now())) return [];
    const isDebtor = mayWriteFor(actor, debtorAtLast(view), ledgerOffice);
    const side = isDebtor ? 'DEBTOR' : isOwnEnterprise(actor, view.uscc) ? 'CREDITOR' : null;
    return arrearMoves(view, view.position, side);
  },
  proof: async ({ id }, _args, { loaders }) => shownProof(await loaders.proof(id, 'arrear')),
  corrections: (view, _args, context) =>
    (view.corrections ?? []).map((correction) => changeOf(correction, 'CORRECTION', hidesOfficials(view, context))),
};
