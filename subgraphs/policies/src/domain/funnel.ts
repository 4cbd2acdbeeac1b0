import type { Day } from './calendar-day.js';
import { compileCriteria } from './compile.js';
import type { Criterion } from './criteria.js';
import type { Facts } from './fact-values.js';
import { wordingOf } from './wording.js';

/** One step of the funnel: what one more criterion leaves of the enterprises before it. */
export interface FunnelStep {
  readonly text: string;
  /** Enterprises that every criterion before this one leaves possible: met, or not known. */
  readonly before: number;
  /** Of those, enterprises that this criterion refuses. */
  readonly refused: number;
  /** Of those, enterprises for which a fact is missing here. */
  readonly unknown: number;
  /** Left for the next criterion. */
  readonly after: number;
  /** Enterprises of the whole city that this criterion alone refuses: it and no other stands in their way. */
  readonly aloneRefuses: number;
}

/** Counts, enterprise by enterprise, which criterion cuts how many. */
export interface Funnel {
  add(values: Facts['values']): void;
  steps(): FunnelStep[];
}

/**
 * A funnel over the criteria in the order of the policy. Memory does not grow with the enterprises, so that a city streams
 * through it.
 */
export function funnelOf(criteria: readonly Criterion[], referenceDate: Day): Funnel {
  const deciders = criteria.map((criterion) => compileCriteria([criterion], referenceDate));
  const counts = criteria.map((criterion) => ({ text: wordingOf(criterion), before: 0, refused: 0, unknown: 0, after: 0, aloneRefuses: 0 }));
  return {
    add(values) {
      const outcomes = deciders.map((decide) => decide(values));
      const refusing = outcomes.filter((outcome) => outcome === 'NOT_ELIGIBLE').length;
      let possible = true;
      for (const [index, outcome] of outcomes.entries()) {
        const step = counts[index];
        if (step === undefined) continue;
        if (outcome === 'NOT_ELIGIBLE' && refusing === 1) step.aloneRefuses += 1;
        if (!possible) continue;
        step.before += 1;
        if (outcome === 'UNDETERMINED') step.unknown += 1;
        if (outcome === 'NOT_ELIGIBLE') {
          step.refused += 1;
          possible = false;
        } else {
          step.after += 1;
        }
      }
    },
    steps: () => counts.map((step) => ({ ...step })),
  };
}
