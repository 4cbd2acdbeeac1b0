import { addMonths, monthOf, type LegalDay, type Period } from '@zhitong/values';
import type { CaseFact } from './case-facts.js';
import { COUNTS, RATES, type FigureName } from './statistics.js';

/** What figures are grouped by. */
export const GROUPINGS = [
  'DEPARTMENT',
  'CATEGORY',
  'REGION',
  'CHANNEL',
  'KIND',
  'ORIGIN',
  'INDUSTRY',
  'MONTH',
  'SERVICE_ITEM',
] as const;
export type Grouping = (typeof GROUPINGS)[number];
/** All cases together. */
export const ALL = 'ALL';

/** What figures are made of: the facts of a case, by what they are grouped, and whose it is. */
export interface CountedCase {
  readonly caseNumber: string;
  readonly facts: readonly CaseFact[];
  readonly region: string;
  readonly channel: string;
  readonly kind: string;
  readonly origin: string;
  readonly industry: string | null;
  readonly month: string;
  readonly complainantKey: string;
  readonly isAnonymous: boolean;
  /** Departments that may read the case. */
  readonly departments: readonly string[];
}

/** A case as it was counted so far, and as it stands; null: not at all. */
export interface Recount {
  readonly before: CountedCase | null;
  readonly now: CountedCase | null;
}

/**
 * What is kept of the figures of one group: how many facts of one day, or month, became known, or ceased to hold, on
 * one day. Figures of any period, as known on any day, are sums of such rows.
 */
export interface KeptRow {
  readonly grouping: Grouping | typeof ALL;
  /** Empty for cases without one. */
  readonly key: string;
  readonly span: 'DAY' | 'MONTH';
  /** The day, or the month YYYY-MM, to which the facts belong. */
  readonly on: string;
  readonly known: LegalDay;
  /** Only when the day `known` is over. */
  readonly isAtEnd: boolean;
  readonly sums: Readonly<Record<string, number>>;
}

/** The names under which the facts of a figure are added up. */
export const countersOf = (figure: FigureName, met: boolean | null): string[] =>
  figure in COUNTS ? [`count_${figure}`] : [`denominator_${figure}`, ...(met === true ? [`numerator_${figure}`] : [])];

/** All of these names. */
export const COUNTERS: readonly string[] = [
  ...(Object.keys(COUNTS) as FigureName[]).flatMap((name) => countersOf(name, null)),
  ...(Object.keys(RATES) as FigureName[]).flatMap((name) => countersOf(name, true)),
];

/** The group to which a fact of a case belongs; empty for cases without one. */
export function groupOf(grouping: Grouping | typeof ALL, fact: CaseFact, of: CountedCase): string {
  switch (grouping) {
    case 'ALL':
      return '';
    case 'DEPARTMENT':
      return fact.department ?? '';
    case 'CATEGORY':
      return fact.category;
    case 'REGION':
      return of.region;
    case 'CHANNEL':
      return of.channel;
    case 'KIND':
      return of.kind;
    case 'ORIGIN':
      return of.origin;
    case 'INDUSTRY':
      return of.industry ?? '';
    case 'MONTH':
      return of.month;
    case 'SERVICE_ITEM':
      return fact.serviceItem ?? '';
    default:
      return grouping satisfies never;
  }
}

interface Step {
  readonly known: LegalDay;
  readonly isAtEnd: boolean;
  readonly by: 1 | -1;
}

/**
 * The days on which a fact begins and ceases to count, so that it counts on a day (`isCounted`) exactly when the steps
 * up to it add up to one: those with `isAtEnd` up to the last day that is over.
 */
export function stepsOf({ since, until, after }: CaseFact): readonly Step[] {
  const isAtEnd = after !== null && after >= since;
  const known = isAtEnd ? after : since;
  // It had ceased to hold before it could count.
  if (until !== null && until <= known) return [];
  return [{ known, isAtEnd, by: 1 }, ...(until === null ? [] : [{ known: until, isAtEnd: false, by: -1 } as const])];
}

/** The rows by which what is kept must change, so that each case counts as it stands. */
export function keptRows(recounts: readonly Recount[]): KeptRow[] {
  const rows = new Map<string, Omit<KeptRow, 'sums'> & { readonly sums: Record<string, number> }>();
  const add = (of: CountedCase, sign: 1 | -1): void => {
    for (const fact of of.facts) {
      const counters = countersOf(fact.figure, fact.met);
      for (const { known, isAtEnd, by } of stepsOf(fact)) {
        for (const grouping of [ALL, ...GROUPINGS] as const) {
          const key = groupOf(grouping, fact, of);
          for (const [span, on] of [['DAY', fact.on] as const, ['MONTH', fact.on.slice(0, 7)] as const]) {
            const id = [grouping, span, on, known, isAtEnd, key].join();
            const row = rows.get(id) ?? { grouping, key, span, on, known, isAtEnd, sums: {} };
            for (const counter of counters) row.sums[counter] = (row.sums[counter] ?? 0) + sign * by;
            rows.set(id, row);
          }
        }
      }
    }
  };
  for (const { before, now } of recounts) {
    if (before !== null) add(before, -1);
    if (now !== null) add(now, 1);
  }
  return [...rows.values()]
    .map((row) => ({ ...row, sums: Object.fromEntries(Object.entries(row.sums).filter(([, sum]) => sum !== 0)) }))
    .filter(({ sums }) => Object.keys(sums).length > 0);
}

/** What only one of two lists has. */
const differing = (former: readonly string[], newer: readonly string[]): string[] => {
  const [before, now] = [new Set(former), new Set(newer)];
  return [...former.filter((one) => !now.has(one)), ...newer.filter((one) => !before.has(one))];
};

const lineOf = (fact: CaseFact, of: CountedCase): string =>
  [
    fact.on,
    fact.figure,
    fact.met,
    ...GROUPINGS.map((grouping) => groupOf(grouping, fact, of)),
    complainantOf(of),
  ].join();

/** What counts of a case, one line each that begins with its day. */
const linesOf = (of: CountedCase | null): string[] =>
  of === null
    ? []
    : of.facts.map((fact) => `${lineOf(fact, of)},${[fact.since, fact.until, fact.after, of.complainantKey].join()}`);
/** The months, YYYY-MM, of which other figures are told after a recount, or of other enterprises. */
export const monthsMoved = (recounts: readonly Recount[]): string[] => [
  ...new Set(
    recounts.flatMap(({ before, now }) => differing(linesOf(before), linesOf(now))).map((line) => line.slice(0, 7)),
  ),
];

export const isAnswer = ({ figure }: CaseFact): boolean => figure === 'resolved';

/** Between the key of an enterprise and the number of a case that it brought anonymously. */
const ANONYMOUS = '\t';
/** Whose a case is, as it is kept: of an anonymous one with its number. */
const complainantOf = ({ complainantKey, isAnonymous, caseNumber }: CountedCase): string =>
  isAnonymous ? `${complainantKey}${ANONYMOUS}${caseNumber}` : complainantKey;

/** False for a case whose facts cannot be counted: its view is damaged. */
export function canCount(recount: Recount): boolean {
  try {
    keptRows([recount]);
    monthsMoved([recount]);
    return true;
  } catch {
    return false;
  }
}

/** The days of a period: its whole months, null without any, and what lies before and after them. */
export interface PartsOfPeriod {
  readonly months: Period | null;
  readonly days: readonly Period[];
}

/**
 * Cuts a period into whole months and the days at its ends.
 * @example partsOf({ from: '2026-01-15', to: '2026-03-31' }) //=> { months: { from: '2026-02-01', to: '2026-03-31' }, days: [{ from: '2026-01-15', to: '2026-01-31' }] }
 */
export function partsOf({ from, to }: Period): PartsOfPeriod {
  const first = monthOf(from).from === from ? from : addMonths(monthOf(from).from, 1);
  const last = monthOf(to).to === to ? to : monthOf(addMonths(monthOf(to).from, -1)).to;
  if (last < first) return { months: null, days: [{ from, to }] };
  return {
    months: { from: first, to: last },
    days: [
      ...(from < first ? [{ from, to: monthOf(from).to }] : []),
      ...(to > last ? [{ from: monthOf(to).from, to }] : []),
    ],
  };
}
