import type { Connection } from 'mongoose';
import { SMALLEST_CELL, type LegalDay } from '@zhitong/values';
import { factFilter } from './case-conditions.js';
import type { PublishedCell } from '../domain/figures/disclosure.js';
import type { Knowledge } from '../domain/figures/case-facts.js';
import { assembleFigures, COUNTS, RATES, type Figures, type FigureName } from '../domain/figures/statistics.js';

/** The field of a fact, or of the case `of` which it is, that each grouping of the figures is made by. */
export const GROUP_FIELDS = {
  DEPARTMENT: 'department',
  CATEGORY: 'category',
  REGION: 'of.region',
  CHANNEL: 'of.channel',
  KIND: 'of.kind',
  ORIGIN: 'of.origin',
  INDUSTRY: 'of.industry',
  MONTH: 'of.month',
} as const;
export type Grouping = keyof typeof GROUP_FIELDS;

/** The figures of one group, and how many enterprises stand behind them. */
export interface FiguresRecord extends Figures {
  readonly key: string;
  /** Different enterprises with any case that is counted. */
  readonly enterprises: number;
  /** Different enterprises whose case was answered in the period. */
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
    cells: async (period: Knowledge, grouping: Grouping | null): Promise<PublishedCell[]> => {
      const names = Object.keys(ACCUMULATORS);
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
          ...countedFacts(period),
          { $group: { _id: { key: keyOf(grouping), complainant: '$of.complainantKey' }, ...ACCUMULATORS } },
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
     * With null: one group with the key "". For a reader who may not know who brought an anonymous case, each of these
     * counts as one of an enterprise of its own: how many different ones there are would tell which are of the same.
     */
    figures: async (
      period: Knowledge,
      grouping: Grouping | null,
      { knowsComplainants }: { readonly knowsComplainants: boolean },
    ): Promise<FiguresRecord[]> => {
      const rows = await db
        .collection('cases')
        .aggregate([
          ...countedFacts(period),
          // First per enterprise, so that no list of enterprises has to be held, however many there are.
          {
            $group: {
              _id: {
                key: keyOf(grouping),
                complainant: knowsComplainants
                  ? '$of.complainantKey'
                  : { $cond: ['$of.complainant.anonymous', '$of.caseNumber', '$of.complainantKey'] },
              },
              ...ACCUMULATORS,
            },
          },
          {
            $group: {
              _id: '$_id.key',
              enterprises: { $sum: 1 },
              helped: one({ $gt: ['$count_resolved', 0] }),
              ...SUMS,
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

/** The facts that count in a period as it was known on a day, one row each; as isCounted decides. */
function countedFacts(period: Knowledge): object[] {
  const { from, to } = period;
  return [
    { $match: { facts: { $elemMatch: { on: { $gte: from, $lte: to } } } } },
    { $project: { _id: 0, caseNumber: 1, complainantKey: 1, complainant: 1, facts: 1, ...GROUPED } },
    { $unwind: '$facts' },
    { $replaceRoot: { newRoot: { $mergeObjects: ['$facts', { of: '$$ROOT' }] } } },
    { $match: factFilter(period) },
  ];
}

const keyOf = (grouping: Grouping | null): string | null => (grouping === null ? null : `$${GROUP_FIELDS[grouping]}`);
/** What of a case its facts are grouped by. */
const GROUPED = { region: 1, channel: 1, kind: 1, origin: 1, industry: 1, month: 1 } as const;
/** Counts the rows of which something is true. */
const one = (condition: object): object => ({ $sum: { $cond: [condition, 1, 0] } });
const isOf = (name: FigureName): object => ({ $eq: ['$figure', name] });

const ACCUMULATORS: Readonly<Record<string, object>> = Object.fromEntries<object>([
  ...(Object.keys(COUNTS) as (keyof typeof COUNTS)[]).map((name): [string, object] => [
    `count_${name}`,
    one(isOf(name)),
  ]),
  ...(Object.keys(RATES) as (keyof typeof RATES)[]).flatMap((name): [string, object][] => [
    [`numerator_${name}`, one({ $and: [isOf(name), '$met'] })],
    [`denominator_${name}`, one(isOf(name))],
  ]),
]);

/** Adds up what was counted per enterprise. */
const SUMS: Readonly<Record<string, object>> = Object.fromEntries(
  Object.keys(ACCUMULATORS).map((name) => [name, { $sum: `$${name}` }]),
);
