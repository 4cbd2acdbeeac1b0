import type { LegalDay } from '@zhitong/values';
import { awardOf, type Benefit } from '../benefit/benefit.js';
import { factsOfBenefitOn } from '../policy/facts-of-policy.js';
import type { Facts } from '../facts/fact-values.js';

/** Amounts of one policy in fen; null where nobody knows it. */
export interface BulkAmount {
  /** What decides the amount, facts by name with the year where one is asked; nothing else does. */
  readonly facts: readonly string[];
  /** @param hadFen what the enterprise had before, which is taken off where only the difference is paid. */
  of(values: Facts['values'], hadFen?: number): number | null;
}

/**
 * Amounts that are kept at a time, some 100 bytes each; a city has many enterprises with equal facts, but not in every
 * policy.
 */
const MOST_KEPT = 20_000;

/**
 * The amounts of a benefit on one day, as `awardOf` gives them, each worked out once for equal facts: most benefits are
 * the same for everybody or have a few rows, and exact decimals are what matching a city would spend most of its time
 * on.
 */
export function bulkAmount(benefit: Benefit, referenceDate: LegalDay): BulkAmount {
  const facts = factsOfBenefitOn(benefit, referenceDate);
  const kept = new Map<string, number | null>();
  const workedOut = (values: Facts['values'], hadFen = 0): number | null => {
    const award = awardOf(benefit, { facts: { values, dates: {} }, referenceDate }, hadFen);
    return award.known ? award.fen : null;
  };
  return {
    facts,
    of: (values, hadFen = 0) => {
      // Nobody else's, whatever the facts.
      if (hadFen > 0) return workedOut(values, hadFen);
      const key = facts.length === 0 ? '' : JSON.stringify(facts.map((fact) => values[fact] ?? null));
      const known = kept.get(key);
      if (known !== undefined) return known;
      const fen = workedOut(values);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, fen);
      return fen;
    },
  };
}
