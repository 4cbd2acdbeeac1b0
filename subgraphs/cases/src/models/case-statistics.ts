import type { Connection } from 'mongoose';
import { SMALLEST_CELL, type LegalDay } from '@zhitong/values';
import type { PublishedCell } from '../domain/figures/disclosure.js';
import type { Knowledge } from '../domain/figures/case-facts.js';
import { COUNTERS, type Grouping } from '../domain/figures/kept-figures.js';
import { RATES } from '../domain/figures/statistics.js';
import { accumulators, countedFacts, GROUPED, keyOf, one } from './fact-groups.js';

export type CaseStatisticsStore = ReturnType<typeof caseStatisticsStore>;

/** What is published of the figures of domain/figures/statistics.ts, computed by the database: no case is loaded. */
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
      const names = COUNTERS;
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
          { $match: { facts: { $elemMatch: { on: { $gte: period.from, $lte: period.to } } } } },
          { $project: { _id: 0, complainantKey: 1, facts: 1, ...GROUPED } },
          ...countedFacts(period),
          { $group: { _id: { key: keyOf(grouping), complainant: '$of.complainantKey' }, ...accumulators(1) } },
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
  };
}
