import type { Period } from '@zhitong/values';
import type { Document } from 'mongodb';
import { lastDayOver, type Knowledge } from '../../domain/figures/case-facts.js';
import { COUNTERS, partsOf, type Grouping } from '../../domain/figures/kept-figures.js';
import { accumulators, countedFacts, keyOf } from './fact-groups.js';
import { COUNTED_FIELDS, uncountedIn } from './figure-counting.js';

/** The part of a period of which answers were known on a day. */
export const knownPart = ({ from, to, knownOn }: Knowledge): Period => ({ from, to: to < knownOn ? to : knownOn });

/** Conditions on the rows that are part of a period as it was known on a day. */
export function rowsOf(period: Knowledge): Document[] {
  const { months: whole, days } = partsOf(period);
  return [
    {
      $or: [
        ...(whole === null
          ? []
          : [{ span: 'MONTH', on: { $gte: whole.from.slice(0, 7), $lte: whole.to.slice(0, 7) } }]),
        ...days.map(({ from, to }) => ({ span: 'DAY', on: { $gte: from, $lte: to } })),
      ],
    },
    {
      $or: [
        { isAtEnd: false, known: { $lte: period.knownOn } },
        { isAtEnd: true, known: { $lte: lastDayOver(period) } },
      ],
    },
  ];
}

export const sumsOf = (valueOf: (name: string) => string): Document =>
  Object.fromEntries(COUNTERS.map((name) => [name, { $sum: valueOf(name) }]));

/** The figures of cases that are not counted yet, by group, less what they are counted as. */
export function uncountedFigures(period: Knowledge, grouping: Grouping | null, generation: number): Document[] {
  const fieldsAt = (prefix: string): Document =>
    Object.fromEntries(COUNTED_FIELDS.map((field) => [field, `$${prefix}${field}`]));
  return [
    { $match: uncountedIn(generation) },
    {
      $project: {
        parts: [
          { by: 1, ...fieldsAt('') },
          { by: { $cond: [{ $eq: ['$counted.generation', generation] }, -1, 0] }, ...fieldsAt('counted.') },
        ],
      },
    },
    { $unwind: '$parts' },
    { $replaceRoot: { newRoot: '$parts' } },
    { $match: { by: { $ne: 0 } } },
    ...countedFacts(period),
    { $group: { _id: grouping === null ? '' : { $ifNull: [keyOf(grouping), ''] }, ...accumulators('$of.by') } },
  ];
}
