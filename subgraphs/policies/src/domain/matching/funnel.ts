import type { RowOutcomes } from '../evaluation/bulk.js';
import { both, countRows, either, without, type RowSet } from '../evaluation/row-set.js';

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

/** Counts, table by table, which criterion cuts how many. */
export interface Funnel {
  /** Adds a table's rows by the outcome of each criterion, in the order of the policy. */
  add(everyone: RowSet, outcomes: readonly RowOutcomes[]): void;
  steps(): FunnelStep[];
}

/**
 * A funnel over criteria of these texts. Memory does not grow with the enterprises, so that a city streams through it.
 */
export function funnelOf(texts: readonly string[]): Funnel {
  const counts = texts.map((text) => ({ text, before: 0, refused: 0, unknown: 0, after: 0, aloneRefuses: 0 }));
  return {
    add(everyone, outcomes) {
      let once: RowSet = new Uint32Array(everyone.length);
      let twice: RowSet = new Uint32Array(everyone.length);
      for (const { unmet } of outcomes) {
        twice = either(twice, both(once, unmet));
        once = either(once, unmet);
      }
      let possible = everyone;
      for (const [index, { met, unmet }] of outcomes.entries()) {
        const step = counts[index];
        if (step === undefined) continue;
        step.before += countRows(possible);
        step.refused += countRows(both(possible, unmet));
        possible = without(possible, unmet);
        step.unknown += countRows(without(possible, met));
        step.after += countRows(possible);
        step.aloneRefuses += countRows(without(unmet, twice));
      }
    },
    steps: () => counts.map((step) => ({ ...step })),
  };
}
