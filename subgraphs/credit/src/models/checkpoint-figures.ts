import type { PipelineStage } from 'mongoose';
import type { LegalDay } from '@zhitong/values';
import { oldestDueDay, type KeptFigures } from '../domain/audit/audit-sums.js';
import { openPartExpression, paidInTimeExpression, type Expression } from './audit/audit-expressions.js';
import {
  GROUP_KEYS,
  nameOfGroup,
  ofMoney,
  type AuditGroupName,
  type CommitmentGrouping,
} from './audit/audit-groups.js';
import { exactSum, totalOf } from './exact-sum.js';
import { keptPositionStages } from './audit/audit-positions.js';

/** A group's figures at a checkpoint as stored. */
export interface CheckpointFigures extends KeptFigures, AuditGroupName {
  readonly on: LegalDay;
  readonly groupBy: CommitmentGrouping;
}

const COUNTS = ['promisedCount', 'count', 'undocumentedCount'] as const;
const AMOUNTS = ['promised', 'fulfilled', 'waived', 'outstanding'] as const;
const CONSTANT = [...COUNTS, ...AMOUNTS] as const;
const COUNTS_PER_DAY = ['first', 'due', 'inTime'] as const;
const PER_DAY = ['open', ...COUNTS_PER_DAY] as const;
const accumulate = (
  fields: readonly string[],
  accumulator: (field: string) => Expression,
): Record<string, Expression> => Object.fromEntries(fields.map((field) => [field, accumulator(field)]));

/** What the instalment `$$instalment` of a position adds on its due day. */
function perInstalment(on: LegalDay): Record<string, Expression> {
  const open = openPartExpression('$$instalment', '$settled');
  const isFirst = {
    $and: [{ $gt: [open, 0] }, { $lte: [{ $subtract: ['$$instalment.through', '$$instalment.amount'] }, '$settled'] }],
  };
  return {
    day: { $max: [oldestDueDay(on), '$$instalment.dueOn'] },
    open: ofMoney(open),
    first: { $cond: [isFirst, 1, 0] },
    due: 1,
    inTime: { $cond: [paidInTimeExpression('$$instalment', '$payments'), 1, 0] },
  };
}

/** What a position adds whatever the day; it is counted with its first instalment, and every promise has one. */
function perPosition(): Record<string, Expression> {
  const unkept = { $gt: ['$outstanding', 0] };
  const all: Record<(typeof CONSTANT)[number], Expression> = {
    promisedCount: 1,
    count: { $cond: [unkept, 1, 0] },
    undocumentedCount: { $cond: [{ $and: [unkept, { $lte: ['$documents', 0] }] }, 1, 0] },
    promised: ofMoney('$promised'),
    fulfilled: ofMoney('$fulfilled'),
    waived: ofMoney('$waived'),
    outstanding: ofMoney('$outstanding'),
  };
  return Object.fromEntries(
    Object.entries(all).map(([field, value]) => [field, { $cond: [{ $eq: ['$$instalment.no', 1] }, value, 0] }]),
  );
}

/** The groups' figures at a checkpoint, over its positions, in order of their keys. */
export function keptFigureStages(on: LegalDay, groupBy: CommitmentGrouping): PipelineStage[] {
  return [
    ...keptPositionStages(on),
    {
      $project: {
        key: GROUP_KEYS[groupBy],
        'holder.promisor': 1,
        official: 1,
        parts: {
          $map: { input: '$facets.instalments', as: 'instalment', in: { ...perInstalment(on), ...perPosition() } },
        },
      },
    },
    { $unwind: '$parts' },
    {
      $group: {
        _id: { key: '$key', day: '$parts.day' },
        ...nameOfGroup(groupBy),
        ...accumulate([...COUNTS, ...COUNTS_PER_DAY], (field) => ({ $sum: `$parts.${field}` })),
        ...accumulate([...AMOUNTS, 'open'], (field) => exactSum(`$parts.${field}`)),
      },
    },
    { $sort: { '_id.key': 1, '_id.day': 1 } },
    {
      $group: {
        _id: '$_id.key',
        promisor: { $first: '$promisor' },
        official: { $first: '$official' },
        ...accumulate(CONSTANT, (field) => ({ $sum: `$${field}` })),
        days: { $push: '$_id.day' },
        ...accumulate(PER_DAY, (field) => ({ $push: `$${field}` })),
      },
    },
    { $set: { key: '$_id', on, groupBy, _id: { $concat: [on, '|', groupBy, '|', '$_id'] } } },
    { $sort: { key: 1 } },
  ] as PipelineStage[];
}

/** A stored row as the domain reads it: each sum exact, whatever its size. */
export function figuresOf(stored: Readonly<Record<string, unknown>>): CheckpointFigures {
  const amounts = Object.fromEntries(AMOUNTS.map((field) => [field, totalOf(stored[field])]));
  const open = Array.isArray(stored['open']) ? stored['open'].map(totalOf) : [];
  return { ...(stored as unknown as CheckpointFigures), ...amounts, open };
}
