import type { LegalDay } from '@zhitong/values';
import type { Connection } from 'mongoose';
import type { KnownComplainants } from '../../domain/access.js';
import type { FigureRow } from '../../domain/figures/amounts.js';
import type { Knowledge } from '../../domain/figures/case-facts.js';
import { COUNTERS, GROUPINGS } from '../../domain/figures/kept-figures.js';
import type { TimesTold } from '../../domain/promises/promised-time.js';
import { accumulators, countedFacts, GROUPED, keyOf } from './fact-groups.js';

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
     * How often cases that count in a period told which time, by the number of the matter that they are about: those
     * alone of which the reader may know who brought them, because the time of one finds its application.
     */
    actualTimes: async (
      period: Knowledge,
      { anonymous, named }: KnownComplainants,
    ): Promise<ReadonlyMap<string, readonly TimesTold[]>> => {
      if (named === 'NONE') return new Map();
      const figure = 'promiseBroken' as const;
      const rows = await db
        .collection('cases')
        .aggregate<{ readonly _id: { readonly item: string; readonly halfDays: number }; readonly cases: number }>([
          {
            $match: {
              'serviceItem.id': { $type: 'string' },
              ...(anonymous ? {} : { 'complainant.anonymous': false }),
              ...(named === 'ALL' ? {} : { departments: named.department }),
              facts: { $elemMatch: { figure, on: { $gte: period.from, $lte: period.to } } },
            },
          },
          { $project: { _id: 0, facts: 1 } },
          ...countedFacts({ ...period, figure }),
          { $group: { _id: { item: '$serviceItem', halfDays: '$actualHalfDays' }, cases: { $sum: 1 } } },
        ])
        .toArray();
      const byItem = new Map<string, TimesTold[]>();
      for (const { _id, cases } of rows)
        byItem.set(_id.item, [...(byItem.get(_id.item) ?? []), { halfDays: _id.halfDays, cases }]);
      return byItem;
    },

    /** What the cases of each enterprise with the same keys add up to in a period: what tables are made of. */
    rows: async (period: Knowledge): Promise<FigureRow[]> => {
      const rows = await db
        .collection('cases')
        .aggregate<{ _id: Record<string, string | null> } & Record<string, unknown>>([
          { $match: { facts: { $elemMatch: { on: { $gte: period.from, $lte: period.to } } } } },
          { $project: { _id: 0, complainantKey: 1, facts: 1, ...GROUPED } },
          ...countedFacts(period),
          {
            $group: {
              _id: {
                complainant: '$of.complainantKey',
                ...Object.fromEntries(GROUPINGS.map((grouping) => [grouping, keyOf(grouping)])),
              },
              ...accumulators(1),
            },
          },
        ])
        .toArray();
      return rows.map(({ _id: { complainant, ...keys }, ...sums }) => ({
        complainant: complainant ?? '',
        keys: recordOf(GROUPINGS, (grouping) => keys[grouping] ?? ''),
        sums: recordOf(COUNTERS, (name) => Number(sums[name] ?? 0)),
      }));
    },
  };
}

const recordOf = <Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> => Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
