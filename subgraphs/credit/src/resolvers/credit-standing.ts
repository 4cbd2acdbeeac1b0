import { naturalKey, originView } from '@zhitong/connect';
import { requirePurpose } from '@zhitong/kit/personal-data';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import type { Context } from '../context.js';
import {
  mayKeepLedger,
  mayReadRecordOf,
  mayWriteFor,
  needsCreditHistory,
  needsFulfilledJudgments,
} from '../domain/access.js';
import {
  dishonestyMoves,
  isJudgmentUnfulfilled,
  isRecordOpen,
  isRecordShown,
  lapsesOn,
} from '../domain/standing/dishonesty.js';
import { claimPosition, isClaimShown } from '../domain/standing/government-claim.js';
import type {
  CreditStandingResolvers,
  DishonestyRecordResolvers,
  GovernmentClaimResolvers,
  JudgmentResolvers,
} from '../generated/resolvers-types.js';
import type { DishonestyRecordView } from '../records.js';
import { officesOf } from './own-credit.js';

export const CreditStanding: CreditStandingResolvers = {
  grade: ({ standing }) => standing.grade,
  hasOpenDishonestyRecord: ({ standing }) => standing.hasOpenDishonestyRecord,
  hasUnfulfilledJudgment: ({ standing }) => standing.hasUnfulfilledJudgment,
  mayUseCommitmentApproval: ({ standing }) => standing.mayUseCommitmentApproval,
  openRecordCount: ({ standing }) => standing.openRecordCount,
  unfulfilledJudgmentCount: ({ standing }) => standing.unfulfilledJudgmentCount,
  hasOverdueGovernmentClaim: ({ standing }) => standing.overdueClaimCount > 0,
  overdueGovernmentClaimCount: ({ standing }) => standing.overdueClaimCount,
  governmentClaims: async ({ uscc, asOf, claims }, _args, context) => {
    const asked = { on: asOf, today: dayInShanghai(context.clock.now()) };
    const offices = officesOf(context);
    const shown = claims.filter((claim) =>
      isClaimShown(claim, asked, needsCreditHistory(context.actor, { uscc, recordedBy: claim.department }, offices)),
    );
    await requireRecords(
      uscc,
      shown.map(({ department }) => department),
      context,
    );
    return shown.flatMap((claim) => {
      const position = claimPosition(claim, asOf);
      return position ? [{ ...claim, position }] : [];
    });
  },
  reasons: ({ standing }) => [...standing.reasons],
  dishonestyRecords: async ({ uscc, asOf, records }, _args, context) => {
    const offices = officesOf(context);
    const asked = { on: asOf, today: dayInShanghai(context.clock.now()) };
    const shown = records.filter((record) =>
      isRecordShown(record, asked, {
        needsHistory: needsCreditHistory(context.actor, { uscc, recordedBy: record.recordedBy }, offices),
      }),
    );
    await requireRecords(
      uscc,
      shown.map(({ recordedBy }) => recordedBy),
      context,
    );
    return shown.map((record) => ({ ...record, asOf }));
  },
  judgments: async ({ uscc, asOf, judgments }, _args, context) => {
    const today = dayInShanghai(context.clock.now());
    const needsHistory = needsFulfilledJudgments(context.actor, uscc, officesOf(context));
    const shown = judgments.filter((judgment) =>
      needsHistory
        ? judgment.effectiveOn <= asOf
        : isJudgmentUnfulfilled(judgment, asOf) && isJudgmentUnfulfilled(judgment, today),
    );
    // The courts inform the office that keeps the records.
    await requireRecords(
      uscc,
      shown.map(() => context.ledgerOffice),
      context,
    );
    return shown.map((judgment) => ({ ...judgment, asOf }));
  },
};

/**
 * Lets those pass who may read records that these departments recorded. How many there are says the standing itself, so
 * that being refused reveals nothing more.
 * @throws GraphQLError FORBIDDEN
 */
async function requireRecords(uscc: string, recordedBy: readonly string[], context: Context): Promise<void> {
  const offices = officesOf(context);
  if (recordedBy.every((department) => mayReadRecordOf(context.actor, { uscc, recordedBy: department }, offices)))
    return;
  await requirePurpose(context, {
    about: uscc,
    datum: 'CreditStanding.records',
    readers: {
      en: 'the enterprise itself, the department that recorded it, the office that keeps the records, coordinator and auditor',
      zh: '该企业、登记单位、信用记录管理单位、营商办和审计人员',
    },
  });
}

/** Fields of a delivered record that make its repair: of a day before it nobody learns that there is one. */
const REPAIR_FIELDS: ReadonlySet<string> = new Set(['repairedOn', 'repairProcedure', 'repairDecision']);

const shownRepair = ({ repair, asOf }: DishonestyRecordView) =>
  repair !== null && repair.repairedOn <= asOf ? repair : null;

export const DishonestyRecord: DishonestyRecordResolvers = {
  recordedBy: ({ recordedBy }) => ({ code: recordedBy }),
  until: (record) => lapsesOn(record),
  isOpen: (record) => isRecordOpen(record, record.asOf),
  legalMoves: (record, _args, { actor, clock, ledgerOffice }) =>
    mayWriteFor(actor, record.recordedBy, ledgerOffice) ? dishonestyMoves(record, dayInShanghai(clock.now())) : [],
  repair: shownRepair,
  provenance: async (record, _args, { loaders }) => {
    const key = naturalKey([record.documentNumber, record.uscc]) ?? '';
    const origins = (await loaders.recordOrigins(key, null)) ?? [];
    const isShown = ({ field }: { field: string }): boolean =>
      !REPAIR_FIELDS.has(field) || shownRepair(record) !== null;
    return origins.filter(isShown).map(originView);
  },
};

export const GovernmentClaim: GovernmentClaimResolvers = {
  department: ({ department }) => ({ code: department }),
  amount: ({ amount }) => moneyOfFen(amount),
  receivedAmount: ({ position }) => moneyOfFen(position.received),
  outstandingAmount: ({ position }) => moneyOfFen(position.outstanding),
  overdueAmount: ({ position }) => moneyOfFen(position.overdue),
  state: ({ position }) => position.state,
  consequence: ({ position }) => (position.state === 'OVERDUE' ? 'EXEMPT_GRANTS_REVIEWED' : 'NONE'),
  demandedOn: ({ position }) => position.demandedOn,
  instalments: ({ instalments }) =>
    instalments.map(({ dueOn, amount }, index) => ({ no: index + 1, dueOn, amount: moneyOfFen(amount) })),
};

export const Judgment: JudgmentResolvers = {
  amount: ({ amount }) => moneyOfFen(amount),
  legalMoves: (_judgment, _args, { actor, ledgerOffice }) => (mayKeepLedger(actor, ledgerOffice) ? ['WITHDRAW'] : []),
  fulfilledOn: ({ fulfilledOn, asOf }) => (fulfilledOn !== null && fulfilledOn <= asOf ? fulfilledOn : null),
};
