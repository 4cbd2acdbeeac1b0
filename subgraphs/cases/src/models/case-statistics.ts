import type { Connection } from 'mongoose';
import type { Period } from '@zhitong/values';
import {
  assembleFigures,
  COUNTS,
  RATES,
  type Condition,
  type Figures,
  type CountedPeriod,
} from '../domain/statistics.js';

/** The field that each grouping of the figures is made by. */
export const GROUP_FIELDS = {
  DEPARTMENT: 'lead',
  CATEGORY: 'category',
  REGION: 'region',
  CHANNEL: 'channel',
  KIND: 'kind',
  ORIGIN: 'origin',
  INDUSTRY: 'industry',
  MONTH: 'month',
} as const;
export type Grouping = keyof typeof GROUP_FIELDS;

/** The figures of one group, and how many enterprises stand behind them. */
export interface FiguresRecord extends Figures {
  readonly key: string;
  /** Different enterprises with any case that is counted. */
  readonly enterprises: number;
  /** Different enterprises with a case resolved in the period. */
  readonly enterprisesHelped: number;
}

/** How many different enterprises stand behind one group in one month, YYYY-MM. */
export interface EnterprisesInMonth {
  readonly month: string;
  readonly key: string;
  readonly enterprises: number;
}

export type CaseStatisticsStore = ReturnType<typeof caseStatisticsStore>;

/** The figures of domain/statistics.ts, computed by the database: the same definitions, no case is loaded. */
export function caseStatisticsStore(db: Connection) {
  return {
    /** How many different enterprises stand behind each group in each month of a period; with null as grouping one group with the key "". */
    enterprisesByMonth: async (period: Period, grouping: Grouping | null): Promise<EnterprisesInMonth[]> => {
      const rows = await db
        .collection('cases')
        .aggregate<{ _id: { month: string; key: string | null }; enterprises: number }>([
          { $match: touches(period) },
          {
            $project: {
              key: grouping === null ? null : { $ifNull: [`$${GROUP_FIELDS[grouping]}`, null] },
              complainantKey: 1,
              month: countedMonths(period),
            },
          },
          { $unwind: '$month' },
          { $group: { _id: { month: '$month', key: '$key', complainant: '$complainantKey' } } },
          { $group: { _id: { month: '$_id.month', key: '$_id.key' }, enterprises: { $sum: 1 } } },
        ])
        .toArray();
      return rows.map(({ _id: { month, key }, enterprises }) => ({ month, key: key ?? '', enterprises }));
    },

    /** Figures per group, by key; the key "" stands for cases without one (that nobody leads yet, of unknown industry). With null: one group with the key "". */
    figures: async (period: CountedPeriod, grouping: Grouping | null): Promise<FiguresRecord[]> => {
      const by = grouping === null ? null : GROUP_FIELDS[grouping];
      const rows = await db
        .collection('cases')
        .aggregate([
          { $match: touches(period) },
          // First per enterprise, so that no list of enterprises has to be held, however many there are.
          {
            $group: {
              _id: { key: by === null ? null : `$${by}`, complainant: '$complainantKey' },
              ...accumulators(period),
            },
          },
          {
            $group: {
              _id: '$_id.key',
              enterprises: { $sum: 1 },
              helped: { $sum: { $cond: [{ $gt: ['$count_resolved', 0] }, 1, 0] } },
              ...sums(period),
            },
          },
          { $sort: { _id: 1 } },
        ])
        .toArray();
      return rows.map((row): FiguresRecord => {
        const value = (name: string): number => Number(row[name] ?? 0);
        return {
          key: typeof row['_id'] === 'string' ? row['_id'] : '',
          enterprises: value('enterprises'),
          enterprisesHelped: value('helped'),
          ...assembleFigures(
            (name) => value(`count_${name}`),
            (name) => ({ numerator: value(`numerator_${name}`), denominator: value(`denominator_${name}`) }),
          ),
        };
      });
    },
  };
}

/** Every count needs one of these days in the period; each has an index. */
const COUNTED_DAYS = ['receivedOn', 'assignedOn', 'resolvedOn', 'closedOn', 'lastDayInTime', 'rating.ratedOn'];
const touches = ({ from, to }: Period): object => ({
  $or: COUNTED_DAYS.map((field) => ({ [field]: { $gte: from, $lte: to } })),
});

/** The months of a period in which a case is counted. */
const countedMonths = ({ from, to }: Period): object => ({
  $setUnion: [
    {
      $map: {
        input: {
          $filter: {
            input: COUNTED_DAYS.map((field) => ({ $ifNull: [`$${field}`, ''] })),
            as: 'day',
            cond: { $and: [{ $gte: ['$$day', from] }, { $lte: ['$$day', to] }] },
          },
        },
        as: 'day',
        in: { $substrBytes: ['$$day', 0, 7] },
      },
    },
  ],
});

function accumulators(period: CountedPeriod): Record<string, object> {
  const sum = (condition: Condition): object => ({ $sum: { $cond: [expression(condition, period), 1, 0] } });
  return Object.fromEntries<object>([
    ...Object.entries(COUNTS).map(([name, { counts }]): [string, object] => [`count_${name}`, sum(counts)]),
    ...Object.entries(RATES).flatMap(([name, { numerator, denominator }]): [string, object][] => [
      [`numerator_${name}`, sum(numerator)],
      [`denominator_${name}`, sum(denominator)],
    ]),
  ]);
}

/** Adds up what `accumulators` counted per enterprise. */
const sums = (period: CountedPeriod): Record<string, object> =>
  Object.fromEntries<object>(
    Object.keys(accumulators(period)).map((name): [string, object] => [name, { $sum: `$${name}` }]),
  );

/** A condition as an aggregation expression. Missing and null fields meet nothing, as in `meets`. */
function expression(condition: Condition, period: CountedPeriod): object {
  if ('all' in condition) return { $and: condition.all.map((part) => expression(part, period)) };
  if ('any' in condition) return { $or: condition.any.map((part) => expression(part, period)) };
  const field = { $ifNull: [`$${condition.field}`, null] };
  const there = { $ne: [field, null] };
  if ('is' in condition) return { $eq: [field, condition.is] };
  if ('oneOf' in condition) return { $in: [field, [...condition.oneOf]] };
  if ('atLeast' in condition) return { $and: [there, { $gte: [field, condition.atLeast] }] };
  if ('present' in condition) return there;
  if ('inPeriod' in condition) return { $and: [there, { $gte: [field, period.from] }, { $lte: [field, period.to] }] };
  return { $and: [there, { $lt: [field, period.today] }] };
}
