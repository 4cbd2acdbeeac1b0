import { standsForEnough, type BehindPart, type SeenFigures } from '@zhitong/values';

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

const SEEN: { readonly [Part in FigurePart]: (figures: Figures[Part]) => SeenFigures } = {
  MATCHES: ({ eligible, undetermined, matched }) => ({
    counts: { eligible, undetermined, neither: matched - eligible - undetermined },
  }),
  // What was paid grows by whole stretches, each of which stands for enough enterprises; its amount may move beside an
  // equal count.
  GRANTS: ({ granted, grantedFen, paid }) => ({
    counts: { granted, paid, unpaid: granted - paid },
    amounts: { grantedFen: { amount: grantedFen, of: granted } },
  }),
  APPLICATIONS: ({ approved }) => ({ counts: { approved } }),
  QUESTIONS: ({ asked, answered, declined }) => ({
    counts: { asked, answered, declined, open: asked - answered - declined },
  }),
  SUBSCRIBERS: ({ told }) => ({ counts: { told } }),
};

/**
 * What of a part of the figures decides whether newer ones may take its place: all that is seen of it, or can be worked
 * out.
 */
export const seenOf = <Part extends FigurePart>(part: Part, figures: Figures[Part]): SeenFigures => SEEN[part](figures);

/** What a policy paid in one month that is over. */
export interface PolicyMonth extends BehindPart {
  /** YYYY-MM. */
  readonly month: string;
}

/**
 * The stretches of months by which the published sum of a policy grows: each ends with the month in which it stands for
 * five different enterprises or more, so that the difference of two published sums does too. Months after the last one
 * wait.
 * @param months in order of time, the running one not among them
 */
export function toldStretches<Month extends PolicyMonth>(months: readonly Month[]): Month[][] {
  const told: Month[][] = [];
  let stretch: Month[] = [];
  for (const month of months) {
    stretch.push(month);
    if (!standsForEnough(stretch)) continue;
    told.push(stretch);
    stretch = [];
  }
  return told;
}

/** The last month whose payments the published sum of a policy holds; null while it holds none. */
export const toldThrough = (months: readonly PolicyMonth[]): string | null =>
  toldStretches(months).at(-1)?.at(-1)?.month ?? null;
