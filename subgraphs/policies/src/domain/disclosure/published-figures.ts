import { SHOWN_FROM } from './policy-statistics.js';

/** The parts of a policy's figures. Each is published by itself, as a table of one moment. */
export interface Figures {
  /** Enterprises, from the stored results. */
  readonly MATCHES: { readonly eligible: number; readonly undetermined: number; readonly matched: number };
  /** Enterprises and fen; what was paid counts up to a day, null where nothing of it is told (`toldStretches`). */
  readonly GRANTS: {
    readonly granted: number;
    readonly grantedFen: number;
    readonly paid: number;
    readonly paidFen: number;
    readonly paidThrough: string | null;
  };
  readonly APPLICATIONS: { readonly approved: number };
  readonly QUESTIONS: { readonly asked: number; readonly answered: number; readonly declined: number };
  readonly SUBSCRIBERS: { readonly told: number };
}
export type FigurePart = keyof Figures;

/** Every count that a reader sees or can work out of what is seen, and the amounts with the count of those who share each. */
interface Seen {
  readonly counts: readonly number[];
  readonly amounts?: readonly { readonly fen: number; readonly of: number }[];
}

const SEEN: { readonly [Part in FigurePart]: (figures: Figures[Part]) => Seen } = {
  MATCHES: ({ eligible, undetermined, matched }) => ({
    counts: [eligible, undetermined, matched - eligible - undetermined],
  }),
  // What was paid grows by whole stretches, each of which stands for enough enterprises; its amount may move beside an equal count.
  GRANTS: ({ granted, grantedFen, paid }) => ({
    counts: [granted, paid, granted - paid],
    amounts: [{ fen: grantedFen, of: granted }],
  }),
  APPLICATIONS: ({ approved }) => ({ counts: [approved] }),
  QUESTIONS: ({ asked, answered, declined }) => ({ counts: [asked, answered, declined, asked - answered - declined] }),
  SUBSCRIBERS: ({ told }) => ({ counts: [told] }),
};

/**
 * Whether a newer table may take the place of a published one: only where every count that moved did so by five or more, also one
 * that is withheld or comes out of withholding, and every amount that moved has such a count. Otherwise who reads before and after
 * one decision would see what it did for one enterprise.
 */
export function mayReplace<Part extends FigurePart>(part: Part, former: Figures[Part], newer: Figures[Part]): boolean {
  const [before, after] = [SEEN[part](former), SEEN[part](newer)];
  const moved = (from: number | undefined, to: number): number => Math.abs(to - (from ?? 0));
  return (
    after.counts.every(
      (count, place) => count === before.counts[place] || moved(before.counts[place], count) >= SHOWN_FROM,
    ) &&
    (after.amounts ?? []).every(
      ({ fen, of }, place) =>
        fen === before.amounts?.[place]?.fen || moved(before.amounts?.[place]?.of, of) >= SHOWN_FROM,
    )
  );
}

/** What a policy paid in one month that is over. */
export interface PolicyMonth {
  /** YYYY-MM. */
  readonly month: string;
  /** Different enterprises. */
  readonly enterprises: number;
  /** Who they are, where they are fewer than five; else empty. */
  readonly few: readonly string[];
}

/**
 * The stretches of months by which the published sum of a policy grows: each ends with the month in which it stands for five
 * different enterprises or more, so that the difference of two published sums does too. Months after the last one wait.
 * @param months in order of time, the running one not among them
 */
export function toldStretches<Month extends PolicyMonth>(months: readonly Month[]): Month[][] {
  const told: Month[][] = [];
  let stretch: Month[] = [];
  let enterprises = new Set<string>();
  for (const month of months) {
    stretch.push(month);
    for (const uscc of month.few) enterprises.add(uscc);
    if (month.enterprises < SHOWN_FROM && enterprises.size < SHOWN_FROM) continue;
    told.push(stretch);
    stretch = [];
    enterprises = new Set();
  }
  return told;
}

/** The last month whose payments the published sum of a policy holds; null while it holds none. */
export const toldThrough = (months: readonly PolicyMonth[]): string | null =>
  toldStretches(months).at(-1)?.at(-1)?.month ?? null;
