import type { PipelineStage } from 'mongoose';
import { addDays, type FenTotal, type LegalDay } from '@zhitong/values';
import { AGEING_BUCKETS, AGEING_LIMITS } from '../../domain/commitments/ageing.js';
import type { AuditSums, OptionalFigure } from '../../domain/audit/audit-sums.js';
import {
  fallenDueExpression,
  inTimeExpression,
  overdueBetweenExpression,
  whereOverdue,
  type Expression,
} from './audit-expressions.js';
import { exactSum, totalOf } from '../exact-sum.js';
import type { AuditDays, OptionalPart } from './audit-positions.js';

export const COMMITMENT_GROUPINGS = ['DEPARTMENT', 'DISTRICT', 'YEAR', 'KIND', 'PROJECT', 'OFFICIAL'] as const;
export type CommitmentGrouping = (typeof COMMITMENT_GROUPINGS)[number];

/** Who a group is about, with what its promises have in common. */
export interface AuditGroupName {
  /** What the group has in common; '' for promises without one. */
  readonly key: string;
  /** Set when the groups are departments or officials. */
  readonly promisor: string | null;
  /** Set when the groups are officials. */
  readonly official: { readonly name: string; readonly post: string } | null;
}

/** The question of an audit. */
export interface AuditQuestion extends AuditDays {
  readonly groupBy: CommitmentGrouping;
}

/** A group of an audit with its figures. */
export type AuditGroupRow = AuditSums & AuditGroupName;

/** The key of a position's group. */
export const GROUP_KEYS: Readonly<Record<CommitmentGrouping, Expression>> = {
  DEPARTMENT: '$holder.promisor',
  DISTRICT: '$facets.districtCode',
  YEAR: { $substrCP: ['$facets.promisedOn', 0, 4] },
  KIND: '$facets.kind',
  PROJECT: { $ifNull: ['$facets.projectId', ''] },
  OFFICIAL: { $concat: ['$holder.promisor', '/', '$official.name', '/', '$official.post'] },
};

/** The parts of a position that identify its group. */
export function partsOfGroup(groupBy: CommitmentGrouping): OptionalPart[] {
  if (groupBy === 'DEPARTMENT') return ['holder'];
  return groupBy === 'OFFICIAL' ? ['holder', 'official'] : [];
}

/** The parts of a position that a figure is made of. */
export const PARTS_OF_FIGURE: Readonly<Record<OptionalFigure, readonly OptionalPart[]>> = {
  undocumentedCount: ['documents'],
  ageing: [],
  onTimeRate: ['payments'],
};

/** `$group` accumulators of a group's name. */
export const nameOfGroup = (groupBy: CommitmentGrouping): Record<string, Expression> => ({
  promisor: { $first: partsOfGroup(groupBy).includes('holder') ? '$holder.promisor' : null },
  official: { $first: groupBy === 'OFFICIAL' ? { name: '$official.name', post: '$official.post' } : null },
});

/** `amount` where a position is of money, else 0. */
export const ofMoney = (amount: Expression): Expression => ({
  $cond: [{ $eq: ['$facets.measure', 'MONEY'] }, amount, 0],
});

const AGES = AGEING_BUCKETS.map((_, age) => age);

/**
 * Adds positions up by group.
 * @param signed each position has a `sign` by which it counts.
 */
export function groupStage({
  asOf,
  groupBy,
  figures,
  signed,
}: {
  asOf: LegalDay;
  groupBy: CommitmentGrouping;
  figures: readonly OptionalFigure[];
  signed: boolean;
}): PipelineStage {
  const sum = (value: Expression) => ({ $sum: signed ? { $multiply: ['$sign', value] } : value });
  const sumMoney = (amount: Expression) =>
    exactSum(signed ? { $multiply: ['$sign', ofMoney(amount)] } : ofMoney(amount));
  const countIf = (condition: Expression) => sum({ $cond: [condition, 1, 0] });
  const unkept = { $gt: ['$outstanding', 0] };
  const instalments = '$facets.instalments';
  const optional: Record<OptionalFigure, Record<string, Expression>> = {
    undocumentedCount: { undocumentedCount: countIf({ $and: [unkept, { $lte: ['$documents', 0] }] }) },
    onTimeRate: {
      fallenDue: sum(fallenDueExpression(instalments, asOf)),
      inTime: sum(inTimeExpression(instalments, '$payments', asOf)),
    },
    ageing: Object.fromEntries(
      ageingPeriods(asOf).flatMap(({ from, before }, age) => [
        [
          `amount${age}`,
          sumMoney(
            whereOverdue('$dueOn', asOf, overdueBetweenExpression({ instalments, settled: '$settled' }, from, before)),
          ),
        ],
        [`count${age}`, countIf({ $and: [{ $gte: ['$dueOn', from] }, { $lt: ['$dueOn', before] }, unkept] })],
      ]),
    ),
  };
  const added: Record<string, Expression> = Object.fromEntries(
    figures.flatMap((figure) => Object.entries(optional[figure])),
  );
  return {
    $group: {
      _id: GROUP_KEYS[groupBy],
      ...nameOfGroup(groupBy),
      promisedCount: sum(1),
      count: countIf(unkept),
      overdueCount: countIf({ $gt: ['$overdue', 0] }),
      promised: sumMoney('$promised'),
      fulfilled: sumMoney('$fulfilled'),
      waived: sumMoney('$waived'),
      outstanding: sumMoney('$outstanding'),
      overdue: sumMoney('$overdue'),
      ...added,
    },
  };
}

/** A row of {@link groupStage}. */
export type GroupedRow = Omit<AuditGroupName, 'key'> & { readonly _id: string } & Readonly<Record<string, unknown>>;

/** The row as a group; figures that were not added up are 0. */
export function groupOf(row: GroupedRow): AuditGroupName & AuditSums {
  const figure = (name: string): number => Number(row[name] ?? 0);
  const amount = (name: string): FenTotal => totalOf(row[name]);
  return {
    key: row._id,
    promisor: row.promisor,
    official: row.official,
    promisedCount: figure('promisedCount'),
    count: figure('count'),
    overdueCount: figure('overdueCount'),
    undocumentedCount: figure('undocumentedCount'),
    promised: amount('promised'),
    fulfilled: amount('fulfilled'),
    waived: amount('waived'),
    outstanding: amount('outstanding'),
    overdue: amount('overdue'),
    ageingAmounts: AGES.map((age) => amount(`amount${age}`)),
    ageingCounts: AGES.map((age) => figure(`count${age}`)),
    fallenDue: figure('fallenDue'),
    inTime: figure('inTime'),
  };
}

/**
 * The due days of each ageing bucket, `from` included, `before` excluded: due N days before `asOf` is N days overdue.
 */
function ageingPeriods(asOf: LegalDay): { from: string; before: string }[] {
  const starts = AGEING_LIMITS.map((limit) => addDays(asOf, -limit));
  return AGES.map((age) => ({ from: starts[age] ?? '0000-00-00', before: starts[age - 1] ?? asOf }));
}
