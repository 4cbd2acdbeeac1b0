import { isOwnEnterprise, mayAudit, needsCreditHistory } from '../domain/access.js';
import { isJudgmentUnfulfilled, isRecordOpen, isRecordShown, lapsesOn } from '../domain/dishonesty.js';
import type { CreditStandingResolvers, DishonestyRecordResolvers, JudgmentResolvers } from '../generated/resolvers-types.js';
import { money } from './money.js';

export const CreditStanding: CreditStandingResolvers = {
  grade: ({ standing }) => standing.grade,
  hasOpenDishonestyRecord: ({ standing }) => standing.hasOpenDishonestyRecord,
  hasUnfulfilledJudgment: ({ standing }) => standing.hasUnfulfilledJudgment,
  mayUseCommitmentApproval: ({ standing }) => standing.mayUseCommitmentApproval,
  openRecordCount: ({ standing }) => standing.openRecordCount,
  unfulfilledJudgmentCount: ({ standing }) => standing.unfulfilledJudgmentCount,
  reasons: ({ standing }) => [...standing.reasons],
  dishonestyRecords: ({ uscc, asOf, records }, _args, { actor }) =>
    records.filter((record) => isRecordShown(record, asOf, { needsHistory: needsCreditHistory(actor, uscc, record.recordedBy) })).map((record) => ({ ...record, asOf })),
  judgments: ({ uscc, asOf, judgments }, _args, { actor }) => {
    const needsHistory = mayAudit(actor) || isOwnEnterprise(actor, uscc);
    return judgments
      .filter((judgment) => isJudgmentUnfulfilled(judgment, asOf) || (needsHistory && judgment.effectiveOn <= asOf))
      .map((judgment) => ({ ...judgment, asOf }));
  },
};

export const DishonestyRecord: DishonestyRecordResolvers = {
  recordedBy: ({ recordedBy }) => ({ code: recordedBy }),
  until: (record) => lapsesOn(record),
  isOpen: (record) => isRecordOpen(record, record.asOf),
  repair: ({ repair, asOf }) => (repair !== null && repair.repairedOn <= asOf ? repair : null),
};

export const Judgment: JudgmentResolvers = {
  amount: ({ amount }) => money(amount),
  fulfilledOn: ({ fulfilledOn, asOf }) => (fulfilledOn !== null && fulfilledOn <= asOf ? fulfilledOn : null),
};
