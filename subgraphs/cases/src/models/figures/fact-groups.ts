import { COUNTERS, type Grouping } from '../../domain/figures/kept-figures.js';
import { factFilter, GROUP_FIELDS } from '../case-conditions.js';

/** What of a case its facts are grouped by. */
export const GROUPED = { region: 1, channel: 1, kind: 1, origin: 1, industry: 1, month: 1 } as const;

/** The field of a counted fact that a grouping is made by; null for all of them together. */
export const keyOf = (grouping: Grouping | null): string | null =>
  grouping === null ? null : `$${GROUP_FIELDS[grouping]}`;

/**
 * The facts of cases that count in a period as it was known on a day, one row each with the case under `of`; as
 * isCounted decides.
 */
export const countedFacts = (period: Parameters<typeof factFilter>[0]): object[] => [
  { $unwind: '$facts' },
  { $replaceRoot: { newRoot: { $mergeObjects: ['$facts', { of: '$$ROOT' }] } } },
  { $match: factFilter(period) },
];

/** Counts the rows of which something is true, each as `by`. */
export const one = (condition: object, by: number | string = 1): object => ({ $sum: { $cond: [condition, by, 0] } });

/** Adds the rows of facts up under the names of `countersOf`. @param by what each row counts */
export const accumulators = (by: number | string): Readonly<Record<string, object>> =>
  Object.fromEntries(
    COUNTERS.map((name): [string, object] => {
      const [kind = '', figure = ''] = name.split('_');
      const isOf = { $eq: ['$figure', figure] };
      return [name, one(kind === 'numerator' ? { $and: [isOf, '$met'] } : isOf, by)];
    }),
  );
