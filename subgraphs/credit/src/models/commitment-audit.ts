import { keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { Connection, mongo, PipelineStage } from 'mongoose';
import { AGEING_LIMITS } from '../domain/ageing.js';
import { addDays, type CalendarDate } from '../domain/calendar-date.js';
import { BY_DUE_DAY } from '../list-orders.js';
import { dueOnExpression, fallenDueExpression, inTimeExpression, overdueBetweenExpression, overdueExpression, whereOverdue, type Expression } from './audit-expressions.js';
import { CHECKPOINT_POSITIONS, type CheckpointStore } from './checkpoint.js';
import { LEDGER_ENTRIES } from './ledger-entry.js';

export const COMMITMENT_GROUPINGS = ['DEPARTMENT', 'DISTRICT', 'YEAR', 'KIND', 'PROJECT', 'OFFICIAL'] as const;
export type CommitmentGrouping = (typeof COMMITMENT_GROUPINGS)[number];

/** The question of an audit. */
export interface AuditQuestion {
  readonly asOf: CalendarDate;
  /** With the knowledge of the end of this Shanghai day. */
  readonly knownOn: CalendarDate;
  readonly groupBy: CommitmentGrouping;
}

/** Figures of a group, amounts in fen of promises of money, counts of all promises. */
export interface AuditSums {
  readonly promisedCount: number;
  readonly count: number;
  readonly overdueCount: number;
  readonly undocumentedCount: number;
  readonly promised: number;
  readonly fulfilled: number;
  readonly waived: number;
  readonly outstanding: number;
  readonly overdue: number;
  /** Per ageing bucket, in its order. */
  readonly ageingAmounts: readonly number[];
  readonly ageingCounts: readonly number[];
  readonly fallenDue: number;
  readonly inTime: number;
}

export interface AuditGroupRow extends AuditSums {
  /** What the group has in common; '' for promises without one. */
  readonly key: string;
  /** Set when the groups are departments or officials. */
  readonly promisor: string | null;
  /** Set when the groups are officials. */
  readonly official: { readonly name: string; readonly post: string } | null;
}

/** One promise of a group that was not kept: enough to sort and find it. */
export interface AuditedCommitment {
  readonly id: string;
  readonly dueOn: CalendarDate;
}

const GROUP_KEYS: Readonly<Record<CommitmentGrouping, Expression>> = {
  DEPARTMENT: '$holder.promisor',
  DISTRICT: '$facets.districtCode',
  YEAR: { $substrCP: ['$facets.promisedOn', 0, 4] },
  KIND: '$facets.kind',
  PROJECT: { $ifNull: ['$facets.projectId', ''] },
  OFFICIAL: { $concat: ['$holder.promisor', '/', '$official.name', '/', '$official.post'] },
};

const AGES = [...AGEING_LIMITS, null].map((_, index) => index);

export type CommitmentAuditStore = ReturnType<typeof commitmentAuditStore>;

/** Audits, computed in the database over the ledger's entries. */
export function commitmentAuditStore(db: Connection, checkpoints: CheckpointStore) {
  /** Runs stages over the positions of the question, from the newest checkpoint that both its days allow. */
  const overPositions = async <Row extends object>(question: Omit<AuditQuestion, 'groupBy'>, stages: PipelineStage[]): Promise<mongo.AggregationCursor<Row>> => {
    const checkpoint = await checkpoints.newest(question.asOf < question.knownOn ? question.asOf : question.knownOn);
    const collection = checkpoint === null ? LEDGER_ENTRIES : CHECKPOINT_POSITIONS;
    return db.collection(collection).aggregate<Row>([...positionStages(question, checkpoint), ...stages], { allowDiskUse: true });
  };
  const aggregate = async <Row extends object>(question: AuditQuestion, stages: PipelineStage[]): Promise<Row[]> => (await overPositions<Row>(question, stages)).toArray();

  return {
    overPositions,

    /** The groups of an audit, most overdue first. */
    groups: async (question: AuditQuestion): Promise<AuditGroupRow[]> => {
      const rows = await aggregate<GroupedRow>(question, groupStages(question));
      return rows.map(({ _id, ...row }) => ({ ...row, key: _id, ageingAmounts: AGES.map((age) => row[`amount${age}`] ?? 0), ageingCounts: AGES.map((age) => row[`count${age}`] ?? 0) }));
    },

    /** For each group the first promises that were not kept, up to `limit + 1`; one command for all groups. */
    unfulfilled: async (
      question: AuditQuestion,
      keys: readonly string[],
      { limit, position }: { limit: number; position: Parameters<typeof keysetFilter>[1] },
    ): Promise<Map<string, AuditedCommitment[]>> => {
      const rows = await aggregate<{ _id: string; commitments: AuditedCommitment[] }>(question, [
        { $match: { outstanding: { $gt: 0 } } },
        { $project: { id: '$_id', dueOn: 1, group: GROUP_KEYS[question.groupBy] } },
        { $match: { $and: [{ group: { $in: [...keys] } }, keysetFilter(BY_DUE_DAY, position)] } },
        { $group: { _id: '$group', commitments: { $topN: { n: limit + 1, sortBy: keysetSort(BY_DUE_DAY), output: { id: '$id', dueOn: '$dueOn' } } } } },
      ] as PipelineStage[]);
      return new Map(rows.map(({ _id, commitments }) => [_id, commitments]));
    },
  };
}

type GroupedRow = Omit<AuditGroupRow, 'key' | 'ageingAmounts' | 'ageingCounts'> & { readonly _id: string } & Readonly<Record<`amount${number}` | `count${number}`, number>>;

/** Adds entries up, one row per commitment. Entries that move no money are left out of `settlements`. */
const SUM_OF_ENTRIES: PipelineStage.Group['$group'] = {
  _id: '$commitmentId',
  promised: { $sum: '$figures.promised' },
  fulfilled: { $sum: '$figures.fulfilled' },
  waived: { $sum: '$figures.waived' },
  facets: { $max: '$figures.facets' },
  holder: { $max: '$figures.holder' },
  official: { $max: '$figures.responsible' },
  documented: { $max: '$figures.documented' },
  settlements: {
    $push: {
      $cond: [{ $and: [{ $eq: ['$figures.fulfilled', 0] }, { $eq: ['$figures.waived', 0] }] }, '$$REMOVE', { on: '$effectiveOn', amount: { $add: ['$figures.fulfilled', '$figures.waived'] } }],
    },
  },
};

/** Adds such rows up again: those of a checkpoint and those of the entries recorded since. */
const SUM_OF_SUMS: PipelineStage.Group['$group'] = {
  _id: '$_id',
  promised: { $sum: '$promised' },
  fulfilled: { $sum: '$fulfilled' },
  waived: { $sum: '$waived' },
  facets: { $max: '$facets' },
  holder: { $max: '$holder' },
  official: { $max: '$official' },
  documented: { $max: '$documented' },
  settlements: { $push: '$settlements' },
};

/** The sums of all entries recorded up to a day. */
export function checkpointStages(on: CalendarDate): PipelineStage[] {
  return [{ $match: { 'figures.recordedOn': { $lte: on } } }, { $group: SUM_OF_ENTRIES }];
}

/** The ledger's entries that count on both axes, added up by commitment, from a checkpoint on where there is one. */
function sumStages({ asOf, knownOn }: Omit<AuditQuestion, 'groupBy'>, checkpoint: CalendarDate | null): PipelineStage[] {
  const entries = (after: CalendarDate | null) => [
    { $match: { 'figures.recordedOn': { $lte: knownOn, ...(after === null ? {} : { $gt: after }) }, effectiveOn: { $lte: asOf } } },
    { $group: SUM_OF_ENTRIES },
  ];
  if (checkpoint === null) return entries(null);
  return [
    { $match: { on: checkpoint } },
    { $set: { _id: '$commitmentId' } },
    { $unionWith: { coll: LEDGER_ENTRIES, pipeline: entries(checkpoint) } },
    { $group: SUM_OF_SUMS },
    { $set: { settlements: { $reduce: { input: '$settlements', initialValue: [], in: { $concatArrays: ['$$value', '$$this'] } } } } },
  ];
}

/** One row per commitment as it stood. */
function positionStages({ asOf, knownOn }: Omit<AuditQuestion, 'groupBy'>, checkpoint: CalendarDate | null): PipelineStage[] {
  const settled = { $add: ['$fulfilled', '$waived'] };
  return [
    ...sumStages({ asOf, knownOn }, checkpoint),
    // A promise that was withdrawn adds up to nothing; one whose own entry is not there yet has no facets.
    { $match: { promised: { $gt: 0 }, facets: { $ne: null } } },
    { $set: { settled } },
    {
      $set: {
        outstanding: { $subtract: ['$promised', '$settled'] },
        dueOn: { $cond: [{ $gte: ['$settled', '$promised'] }, null, dueOnExpression({ instalments: '$facets.instalments', settled: '$settled' })] },
      },
    },
    { $set: { overdue: whereOverdue('$dueOn', asOf, overdueExpression({ instalments: '$facets.instalments', settled: '$settled' }, asOf)) } },
  ];
}

function groupStages({ asOf, groupBy }: AuditQuestion): PipelineStage[] {
  const isMoney = { $eq: ['$facets.measure', 'MONEY'] };
  const sumMoney = (amount: Expression) => ({ $sum: { $cond: [isMoney, amount, 0] } });
  const countIf = (condition: Expression) => ({ $sum: { $cond: [condition, 1, 0] } });
  const hasDepartment = groupBy === 'DEPARTMENT' || groupBy === 'OFFICIAL';
  const unkept = { $gt: ['$outstanding', 0] };
  const instalments = '$facets.instalments';
  const ages = ageingPeriods(asOf);
  return [
    {
      $group: {
        _id: GROUP_KEYS[groupBy],
        promisor: { $first: hasDepartment ? '$holder.promisor' : null },
        official: { $first: groupBy === 'OFFICIAL' ? { name: '$official.name', post: '$official.post' } : null },
        promisedCount: { $sum: 1 },
        count: countIf(unkept),
        overdueCount: countIf({ $gt: ['$overdue', 0] }),
        undocumentedCount: countIf({ $and: [unkept, { $ne: ['$documented', true] }] }),
        promised: sumMoney('$promised'),
        fulfilled: sumMoney('$fulfilled'),
        waived: sumMoney('$waived'),
        outstanding: sumMoney('$outstanding'),
        overdue: sumMoney('$overdue'),
        fallenDue: { $sum: fallenDueExpression(instalments, asOf) },
        inTime: { $sum: inTimeExpression(instalments, '$settlements', asOf) },
        ...Object.fromEntries(
          ages.flatMap(({ from, before }, age) => [
            [`amount${age}`, sumMoney(whereOverdue('$dueOn', asOf, overdueBetweenExpression({ instalments, settled: '$settled' }, from, before)))],
            [`count${age}`, countIf({ $and: [{ $gte: ['$dueOn', from] }, { $lt: ['$dueOn', before] }, unkept] })],
          ]),
        ),
      },
    },
    { $sort: { overdue: -1, outstanding: -1, _id: 1 } },
  ] as PipelineStage[];
}

/** The due days of each ageing bucket, `from` included, `before` excluded: due N days before `asOf` is N days overdue. */
function ageingPeriods(asOf: CalendarDate): { from: string; before: string }[] {
  const starts = AGEING_LIMITS.map((limit) => addDays(asOf, -limit));
  return AGES.map((age) => ({ from: starts[age] ?? '0000-00-00', before: starts[age - 1] ?? asOf }));
}
