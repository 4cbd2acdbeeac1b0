import { keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import { addDays, type LegalDay } from '@zhitong/values';
import type { PipelineStage } from 'mongoose';
import { NO_DOCUMENT_POINTS, RISK_TABLES, type RiskStep } from '../../domain/audit/risk.js';
import { BY_RISK } from '../../list-orders.js';
import type { Expression } from './audit-expressions.js';
import type { AuditDays, OptionalPart } from './audit-positions.js';
import type { CommitmentAuditStore } from './commitment-audit.js';

/** Which unfulfilled promises; all conditions must hold. */
export interface WorklistConditions {
  readonly department?: string | undefined;
  readonly districtCode?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly documented?: boolean | undefined;
  /** 0 for all, overdue or not. */
  readonly daysOverdueAtLeast?: number | undefined;
  /** Fen, of promises of money. */
  readonly outstandingAtLeast?: number | undefined;
}

/** An unfulfilled promise with what its risk is made of. */
export interface WorklistRow {
  readonly id: string;
  readonly score: number;
  /** Fen; 0 where the promise is not money. */
  readonly outstanding: number;
  readonly dueOn: LegalDay;
  readonly documented: boolean;
  readonly departmentOverduePercent: number;
}

/** The parts of a position that its risk is made of. */
const PARTS: readonly OptionalPart[] = ['holder', 'documents'];

/** The points of a table for a value: the first step that is reached. */
const pointsExpression = (table: readonly RiskStep[], value: Expression): Expression => ({
  $switch: { branches: table.map(({ from, points }) => ({ case: { $gte: [value, from] }, then: points })), default: 0 },
});

/** Days overdue of a due day: the days in the table are turned into due days, which compare as text. */
const agePoints = (asOf: LegalDay): Expression => ({
  $switch: {
    branches: RISK_TABLES.daysOverdue.map(({ from, points }) => ({
      case: { $lte: ['$dueOn', addDays(asOf, -from)] },
      then: points,
    })),
    default: 0,
  },
});

/** The unfulfilled promises of a question, each with its risk by the same tables as `risk` in the domain. */
function riskStages({ asOf }: AuditDays, conditions: WorklistConditions): PipelineStage[] {
  const { department, districtCode, kinds, documented, daysOverdueAtLeast = 0, outstandingAtLeast } = conditions;
  return [
    { $match: { outstanding: { $gt: 0 } } },
    {
      $setWindowFields: {
        partitionBy: '$holder.promisor',
        output: {
          ofDepartment: { $sum: 1 },
          overdueOfDepartment: { $sum: { $cond: [{ $gt: ['$overdue', 0] }, 1, 0] } },
        },
      },
    },
    {
      $match: {
        ...(department === undefined ? {} : { 'holder.promisor': department }),
        ...(districtCode === undefined ? {} : { 'facets.districtCode': districtCode }),
        ...(kinds === undefined ? {} : { 'facets.kind': { $in: [...kinds] } }),
        ...(documented === undefined ? {} : { documents: documented ? { $gt: 0 } : { $lte: 0 } }),
        ...(daysOverdueAtLeast === 0 ? {} : { dueOn: { $lte: addDays(asOf, -daysOverdueAtLeast) } }),
        ...(outstandingAtLeast === undefined
          ? {}
          : { 'facets.measure': 'MONEY', outstanding: { $gte: outstandingAtLeast } }),
      },
    },
    {
      $project: {
        _id: 0,
        id: '$_id',
        dueOn: 1,
        documented: { $gt: ['$documents', 0] },
        outstanding: { $cond: [{ $eq: ['$facets.measure', 'MONEY'] }, '$outstanding', 0] },
        departmentOverduePercent: {
          $toInt: { $floor: { $divide: [{ $multiply: ['$overdueOfDepartment', 100] }, '$ofDepartment'] } },
        },
      },
    },
    {
      $set: {
        score: {
          $add: [
            pointsExpression(RISK_TABLES.outstanding, '$outstanding'),
            agePoints(asOf),
            pointsExpression(RISK_TABLES.departmentOverduePercent, '$departmentOverduePercent'),
            { $cond: ['$documented', 0, NO_DOCUMENT_POINTS] },
          ],
        },
      },
    },
  ];
}

export type AuditWorklistStore = ReturnType<typeof auditWorklistStore>;

/** The auditor's list of unfulfilled promises, worst first, ranked in the database. */
export function auditWorklistStore(audit: CommitmentAuditStore) {
  return {
    /** A page, with one row more than `limit` when more follow. */
    list: async (
      question: AuditDays,
      conditions: WorklistConditions,
      {
        limit,
        position,
        backwards,
      }: { limit: number; position: Parameters<typeof keysetFilter>[1]; backwards: boolean },
    ): Promise<WorklistRow[]> =>
      audit
        .overPositions<WorklistRow>(question, PARTS, [
          ...riskStages(question, conditions),
          { $match: keysetFilter(BY_RISK, position, backwards) },
          { $sort: keysetSort(BY_RISK, backwards) },
          { $limit: limit + 1 },
        ])
        .then(async (cursor) => cursor.toArray()),

    count: async (question: AuditDays, conditions: WorklistConditions): Promise<number> => {
      const [row] = await (
        await audit.overPositions<{ count: number }>(question, PARTS, [
          ...riskStages(question, conditions),
          { $count: 'count' },
        ])
      ).toArray();
      return row?.count ?? 0;
    },

    /** All rows, one after another. */
    async *all(question: AuditDays, conditions: WorklistConditions): AsyncGenerator<WorklistRow> {
      yield* await audit.overPositions<WorklistRow>(question, PARTS, [
        ...riskStages(question, conditions),
        { $sort: keysetSort(BY_RISK) },
      ]);
    },
  };
}
