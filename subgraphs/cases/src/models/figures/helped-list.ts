import { keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import { HELPED_ORDER } from '../../list-orders.js';
import { factFilter, filterOf, type CountedTowards } from '../case-conditions.js';
import type { CasePage } from '../case.js';

/** An enterprise whose cases were answered, as it counts for a reader. */
export interface HelpedRow {
  /** What it is told apart by; never shown. */
  readonly key: string;
  /** Null for one from elsewhere, and for the anonymous case of whoever may not know who brought it. */
  readonly uscc: string | null;
  readonly answers: number;
  readonly caseNumbers: readonly string[];
}

/** The answers that are counted, and whether anonymous cases of one enterprise count as one. */
export interface HelpedConditions {
  readonly counted: Omit<CountedTowards, 'figure' | 'met'>;
  readonly knowsAnonymous: boolean;
}

const MOST_CASES = 100;

export type HelpedListStore = ReturnType<typeof helpedListStore>;

/** The enterprises behind the figure of those that were helped, by the condition of the answers that it counts. */
export function helpedListStore(db: Connection) {
  const stages = ({ counted, knowsAnonymous }: HelpedConditions): Record<string, unknown>[] => {
    const answers = { ...counted, figure: 'resolved' } as const;
    const isHidden = knowsAnonymous ? false : { $eq: ['$complainant.anonymous', true] };
    return [
      { $match: filterOf({ counted: answers }) },
      { $project: { _id: 0, caseNumber: 1, uscc: 1, complainantKey: 1, 'complainant.anonymous': 1, facts: 1 } },
      { $unwind: '$facts' },
      { $replaceWith: { $mergeObjects: ['$$ROOT', '$facts'] } },
      { $match: factFilter(answers) },
      {
        $group: {
          _id: { $cond: [isHidden, { $concat: ['case ', '$caseNumber'] }, '$complainantKey'] },
          uscc: { $first: { $cond: [isHidden, null, '$uscc'] } },
          answers: { $sum: 1 },
          caseNumbers: { $addToSet: '$caseNumber' },
        },
      },
    ];
  };
  const cases = db.collection('cases');
  return {
    /** A page, with one row more than `limit` when more follow. */
    page: async (
      conditions: HelpedConditions,
      { limit, position, backwards }: Omit<CasePage, 'fields'>,
    ): Promise<HelpedRow[]> =>
      cases
        .aggregate<HelpedRow>([
          ...stages(conditions),
          {
            $project: {
              _id: 0,
              key: '$_id',
              uscc: 1,
              answers: 1,
              caseNumbers: { $slice: [{ $sortArray: { input: '$caseNumbers', sortBy: 1 } }, MOST_CASES] },
            },
          },
          { $match: keysetFilter(HELPED_ORDER, position, backwards) },
          { $sort: keysetSort(HELPED_ORDER, backwards) },
          { $limit: limit + 1 },
        ])
        .toArray(),
    count: async (conditions: HelpedConditions): Promise<number> => {
      const [found] = await cases.aggregate<{ count: number }>([...stages(conditions), { $count: 'count' }]).toArray();
      return found?.count ?? 0;
    },
  };
}
