import type { PipelineStage } from 'mongoose';
import type { LegalDay } from '@zhitong/values';
import { dueOnExpression, overdueExpression, whereOverdue, type Expression } from './audit-expressions.js';
import { LEDGER_ENTRIES } from '../ledger-entry.js';

/** Sums of each commitment's entries up to a checkpoint's day. */
export const CHECKPOINT_POSITIONS = 'checkpoint_positions';

/** The days of a question: what was true by `asOf`, with the knowledge of the end of the Shanghai day `knownOn`. */
export interface AuditDays {
  readonly asOf: LegalDay;
  readonly knownOn: LegalDay;
}

/** Parts of a position that are added up only where a question needs them; all others always are. */
export const OPTIONAL_PARTS = ['holder', 'official', 'documents', 'payments'] as const;
export type OptionalPart = (typeof OPTIONAL_PARTS)[number];

type Accumulators = Record<OptionalPart, Expression>;
const ALWAYS = {
  promised: { $sum: '$figures.promised' },
  fulfilled: { $sum: '$figures.fulfilled' },
  waived: { $sum: '$figures.waived' },
  facets: { $max: '$figures.facets' },
};
/** Entries that pay nothing are left out of `payments`. */
const OF_ENTRIES: Accumulators = {
  holder: { $max: '$figures.holder' },
  official: { $max: '$figures.responsible' },
  // Of the promise and attached later, without those whose entry was reversed.
  documents: {
    $sum: {
      $subtract: [
        { $cond: [{ $eq: ['$figures.documented', true] }, 1, 0] },
        { $ifNull: ['$figures.documentsReversed', 0] },
      ],
    },
  },
  payments: {
    $push: {
      $cond: [{ $eq: ['$figures.fulfilled', 0] }, '$$REMOVE', { on: '$effectiveOn', amount: '$figures.fulfilled' }],
    },
  },
};
const OF_SUMS: Accumulators = {
  holder: { $max: '$holder' },
  official: { $max: '$official' },
  documents: { $sum: '$documents' },
  payments: { $push: '$payments' },
};

const only = <Value>(
  values: Readonly<Record<OptionalPart, Value>>,
  parts: readonly OptionalPart[],
): Record<string, Value> => Object.fromEntries(parts.map((part) => [part, values[part]]));

/** Adds entries up, one row per commitment. */
const sumOfEntries = (parts: readonly OptionalPart[]): PipelineStage[] => [
  { $group: { _id: '$commitmentId', ...ALWAYS, ...only(OF_ENTRIES, parts) } },
];

/** What is outstanding of a position, and the due day of the earliest instalment that is; null when nothing is. */
const OUTSTANDING: PipelineStage[] = [
  { $set: { settled: { $add: ['$fulfilled', '$waived'] } } },
  {
    $set: {
      outstanding: { $subtract: ['$promised', '$settled'] },
      dueOn: {
        $cond: [
          { $gte: ['$settled', '$promised'] },
          null,
          dueOnExpression({ instalments: '$facets.instalments', settled: '$settled' }),
        ],
      },
    },
  },
];

/** The sums of all entries recorded up to a day, with what is outstanding and from when. */
export function checkpointStages(on: LegalDay): PipelineStage[] {
  return [
    { $match: { 'figures.recordedOn': { $lte: on } } },
    ...sumOfEntries(OPTIONAL_PARTS),
    ...OUTSTANDING,
    { $unset: 'settled' },
  ];
}

/**
 * The entries that count on both axes, of those recorded after a checkpoint where there is one, added up by commitment.
 */
function entriesCounted(
  { asOf, knownOn }: AuditDays,
  after: LegalDay | null,
  parts: readonly OptionalPart[],
): PipelineStage[] {
  return [
    {
      $match: {
        'figures.recordedOn': { $lte: knownOn, ...(after === null ? {} : { $gt: after }) },
        effectiveOn: { $lte: asOf },
      },
    },
    ...sumOfEntries(parts),
  ];
}

const joined = { $reduce: { input: '$payments', initialValue: [], in: { $concatArrays: ['$$value', '$$this'] } } };

/** Sums of all commitments: over the entries, or over a checkpoint's positions and the entries recorded since. */
function allSums(days: AuditDays, checkpoint: LegalDay | null, parts: readonly OptionalPart[]): PipelineStage[] {
  if (checkpoint === null) return entriesCounted(days, null, parts);
  const amounts = {
    promised: { $sum: '$promised' },
    fulfilled: { $sum: '$fulfilled' },
    waived: { $sum: '$waived' },
    facets: { $max: '$facets' },
  };
  return [
    { $match: { on: checkpoint } },
    { $set: { _id: '$commitmentId' } },
    { $unionWith: { coll: LEDGER_ENTRIES, pipeline: entriesCounted(days, checkpoint, parts) as never } },
    { $group: { _id: '$_id', ...amounts, ...only(OF_SUMS, parts) } as never },
    ...(parts.includes('payments') ? [{ $set: { payments: joined } }] : []),
  ];
}

/** A position from its sums: what is outstanding, from when, and what of it is overdue. */
function positionsFromSums({ asOf }: AuditDays): PipelineStage[] {
  return [
    // A promise that was withdrawn adds up to nothing; one whose own entry is not there yet has no facets.
    { $match: { promised: { $gt: 0 }, facets: { $ne: null } } },
    ...OUTSTANDING,
    {
      $set: {
        overdue: whereOverdue(
          '$dueOn',
          asOf,
          overdueExpression({ instalments: '$facets.instalments', settled: '$settled' }, asOf),
        ),
      },
    },
  ];
}

/** One row per commitment as it stood; over {@link CHECKPOINT_POSITIONS} with a checkpoint, else over the entries. */
export function positionStages(
  days: AuditDays,
  checkpoint: LegalDay | null,
  parts: readonly OptionalPart[],
): PipelineStage[] {
  return [...allSums(days, checkpoint, parts), ...positionsFromSums(days)];
}

/** The positions of a checkpoint as they stood on its day; over {@link CHECKPOINT_POSITIONS}. */
export function keptPositionStages(on: LegalDay): PipelineStage[] {
  return [{ $match: { on } }, ...positionsFromSums({ asOf: on, knownOn: on })];
}

/**
 * What the entries recorded since a checkpoint change, over the entries: for each commitment that they touch its
 * position with `sign` 1 and, where it was there at the checkpoint, the position without them with `sign` -1.
 */
export function changedPositionStages(
  days: AuditDays,
  checkpoint: LegalDay,
  parts: readonly OptionalPart[],
): PipelineStage[] {
  const sum = (field: string) => ({ $add: [`$${field}`, { $ifNull: [`$kept.${field}`, 0] }] });
  const latest = (field: string) => ({ $max: [`$${field}`, `$kept.${field}`] });
  const together: Accumulators = {
    holder: latest('holder'),
    official: latest('official'),
    documents: sum('documents'),
    payments: { $concatArrays: [{ $ifNull: ['$kept.payments', []] }, '$payments'] },
  };
  const now = {
    _id: '$_id',
    sign: 1,
    promised: sum('promised'),
    fulfilled: sum('fulfilled'),
    waived: sum('waived'),
    facets: latest('facets'),
    ...only(together, parts),
  };
  const before = { $cond: [{ $eq: [{ $type: '$kept' }, 'object'] }, [{ $mergeObjects: ['$kept', { sign: -1 }] }], []] };
  return [
    ...entriesCounted(days, checkpoint, parts),
    { $set: { keptId: { $concat: [checkpoint, '|', '$_id'] } } },
    { $lookup: { from: CHECKPOINT_POSITIONS, localField: 'keptId', foreignField: '_id', as: 'kept' } },
    { $set: { kept: { $first: '$kept' } } },
    { $project: { rows: { $concatArrays: [[now], before] } } },
    { $unwind: '$rows' },
    { $replaceRoot: { newRoot: '$rows' } },
    ...positionsFromSums(days),
  ];
}
