import { keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import type { PipelineStage } from 'mongoose';
import { BY_PROMISE } from '../../list-orders.js';
import { anyLateExpression, fallenDueExpression, inTimeExpression } from './audit-expressions.js';
import type { AuditDays, OptionalPart } from './audit-positions.js';
import type { CommitmentAuditStore } from './commitment-audit.js';

/** Which of the promises that an audit counts; all conditions must hold. */
export interface AuditedConditions {
  readonly department?: string | undefined;
  readonly districtCode?: string | undefined;
  /** Wholly kept on the day, or not. */
  readonly isKept?: boolean | undefined;
  readonly isOverdue?: boolean | undefined;
  /** An instalment that had fallen due was not paid in time. */
  readonly isLate?: boolean | undefined;
  /** An instalment had fallen due. */
  readonly isFallenDue?: boolean | undefined;
}

/** A promise that an audit counts: enough to sort and find it. */
export interface AuditedPromise {
  readonly id: string;
  readonly promisedOn: LegalDay;
}

const partsOf = ({ department, isLate }: AuditedConditions): OptionalPart[] => [
  ...(department === undefined ? [] : (['holder'] as const)),
  ...(isLate === undefined ? [] : (['payments'] as const)),
];

/** The promises of a question by the same rules by which its figures count them. */
const matchOf = (
  { asOf }: AuditDays,
  { department, districtCode, isKept, isOverdue, isLate, isFallenDue }: AuditedConditions,
): PipelineStage => ({
  $match: {
    ...(department === undefined ? {} : { 'holder.promisor': department }),
    ...(districtCode === undefined ? {} : { 'facets.districtCode': districtCode }),
    ...(isKept === undefined ? {} : { outstanding: isKept ? { $lte: 0 } : { $gt: 0 } }),
    ...(isOverdue === undefined ? {} : { overdue: isOverdue ? { $gt: 0 } : { $lte: 0 } }),
    ...(isFallenDue === undefined
      ? {}
      : { 'facets.instalments.dueOn': isFallenDue ? { $lt: asOf } : { $not: { $lt: asOf } } }),
    ...(isLate === undefined
      ? {}
      : { $expr: { $eq: [anyLateExpression('$facets.instalments', '$payments', asOf), isLate] } }),
  },
});

const stagesOf = (question: AuditDays, conditions: AuditedConditions): PipelineStage[] => [
  matchOf(question, conditions),
  { $project: { _id: 0, id: '$_id', promisedOn: '$facets.promisedOn' } },
];

export type AuditedPromisesStore = ReturnType<typeof auditedPromisesStore>;

/** The promises behind the figures of an audit, the latest first, found in the database. */
export function auditedPromisesStore(audit: Pick<CommitmentAuditStore, 'overPositions'>) {
  return {
    /** A page, with one row more than `limit` when more follow. */
    list: async (
      question: AuditDays,
      conditions: AuditedConditions,
      { limit, position }: { readonly limit: number; readonly position: Parameters<typeof keysetFilter>[1] },
    ): Promise<AuditedPromise[]> =>
      (
        await audit.overPositions<AuditedPromise>(question, partsOf(conditions), [
          ...stagesOf(question, conditions),
          { $match: keysetFilter(BY_PROMISE, position) },
          { $sort: keysetSort(BY_PROMISE) },
          { $limit: limit + 1 },
        ])
      ).toArray(),

    count: async (question: AuditDays, conditions: AuditedConditions): Promise<number> => {
      const [row] = await (
        await audit.overPositions<{ count: number }>(question, partsOf(conditions), [
          ...stagesOf(question, conditions),
          { $count: 'count' },
        ])
      ).toArray();
      return row?.count ?? 0;
    },

    /** How many instalments of the promises had fallen due, and how many of these were paid in time. */
    onTime: async (
      question: AuditDays,
      conditions: AuditedConditions,
    ): Promise<{ readonly inTime: number; readonly fallenDue: number }> => {
      const { asOf } = question;
      const [row] = await (
        await audit.overPositions<{ inTime: number; fallenDue: number }>(
          question,
          [...new Set([...partsOf(conditions), 'payments' as const])],
          [
            matchOf(question, conditions),
            {
              $group: {
                _id: null,
                inTime: { $sum: inTimeExpression('$facets.instalments', '$payments', asOf) as never },
                fallenDue: { $sum: fallenDueExpression('$facets.instalments', asOf) as never },
              },
            },
          ],
        )
      ).toArray();
      return row ?? { inTime: 0, fallenDue: 0 };
    },
  };
}
