import type { Connection } from 'mongoose';
import { SMALLEST_CELL, type LegalDay, type Period } from '@zhitong/values';
import type { PublishedCell } from '../domain/disclosure.js';
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

export type CaseStatisticsStore = ReturnType<typeof caseStatisticsStore>;

/** The figures of domain/statistics.ts, computed by the database: the same definitions, no case is loaded. */
export function caseStatisticsStore(db: Connection) {
  return {
    /** The day on which the first case was received; null while there is none. */
    firstDay: async (): Promise<LegalDay | null> => {
      const first = await db
        .collection<{ receivedOn: LegalDay }>('cases')
        .findOne({}, { sort: { receivedOn: 1 }, projection: { receivedOn: 1 } });
      return first?.receivedOn ?? null;
    },

    /**
     * The cells of a table as it is published: each figure with the enterprises that share it. With null: one group
     * with the key "".
     */
    cells: async (period: CountedPeriod, grouping: Grouping | null): Promise<PublishedCell[]> => {
      const names = Object.keys(accumulators(period));
      const rates = Object.keys(RATES);
      // What a numerator leaves of its denominator can be worked out.
      const rest = (name: string) => ({ $subtract: [`$denominator_${name}`, `$numerator_${name}`] });
      const shared = Object.fromEntries<object>([
        ...names.map((name): [string, object] => [name, { $sum: `$${name}` }]),
        ...names.map((name): [string, object] => [`of_${name}`, one({ $gt: [`$${name}`, 0] })]),
        ...rates.map((name): [string, object] => [`rest_${name}`, { $sum: rest(name) }]),
        ...rates.map((name): [string, object] => [`of_rest_${name}`, one({ $gt: [rest(name), 0] })]),
      ]);
      const rows = await db
        .collection('cases')
        .aggregate<Record<string, unknown>>([
          { $match: touches(period) },
          { $group: { _id: { key: keyOf(grouping), complainant: '$complainantKey' }, ...accumulators(period) } },
          {
            $group: {
              _id: '$_id.key',
              enterprises: { $sum: 1 },
              some: { $firstN: { input: '$_id.complainant', n: SMALLEST_CELL } },
              ...shared,
            },
          },
          { $sort: { _id: 1 } },
        ])
        .toArray();
      return rows.map((row): PublishedCell => {
        const value = (name: string): number => Number(row[name] ?? 0);
        const figure = (name: string) => [name, { amount: value(name), of: value(`of_${name}`) }] as const;
        const enterprises = value('enterprises');
        return {
          key: typeof row['_id'] === 'string' ? row['_id'] : '',
          enterprises,
          few: enterprises < SMALLEST_CELL ? [...(row['some'] as string[])] : [],
          enterprisesHelped: value('of_count_resolved'),
          figures: Object.fromEntries([...names, ...rates.map((name) => `rest_${name}`)].map(figure)),
        };
      });
    },

    /**
     * Figures per group, by key; the key "" stands for cases without one (that nobody leads yet, of unknown industry).
     * With null: one group with the key "".
     */
    figures: async (period: CountedPeriod, grouping: Grouping | null): Promise<FiguresRecord[]> => {
      const rows = await db
        .collection('cases')
        .aggregate([
          { $match: touches(period) },
          // First per enterprise, so that no list of enterprises has to be held, however many there are.
          {
            $group: {
              _id: { key: keyOf(grouping), complainant: '$complainantKey' },
              ...accumulators(period),
            },
          },
          {
            $group: {
              _id: '$_id.key',
              enterprises: { $sum: 1 },
              helped: one({ $gt: ['$count_resolved', 0] }),
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

const keyOf = (grouping: Grouping | null): string | null => (grouping === null ? null : `$${GROUP_FIELDS[grouping]}`);
/** Counts the rows of which something is true. */
const one = (condition: object): object => ({ $sum: { $cond: [condition, 1, 0] } });

function accumulators(period: CountedPeriod): Record<string, object> {
  const sum = (condition: Condition): object => one(expression(condition, period));
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
