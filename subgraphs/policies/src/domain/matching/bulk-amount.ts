import type { LegalDay } from '@zhitong/values';
import { awardOf, isNothingLeft, type Benefit } from '../benefit/benefit.js';
import { factsOfBenefitOn } from '../policy/facts-of-policy.js';
import type { Facts, FactValue } from '../facts/fact-values.js';

/** Amounts of one policy in fen; null where nobody knows it. */
export interface BulkAmount {
  /** What decides the amount, facts by name with the year where one is asked; nothing else does. */
  readonly facts: readonly string[];
  /**
   * @param hadFen what the enterprise had before, which is taken off where only the difference is paid; 0 with it above
   *   zero means that nothing is left, of a limit, too.
   */
  of(values: Facts['values'], hadFen?: number): number | null;
}

/**
 * Amounts that are kept at a time, some 100 bytes each; a city has many enterprises with equal facts, but not in every
 * policy.
 */
const MOST_KEPT = 20_000;

/** What is equal for equal facts: of one single value that value itself, which most formulas ask for. */
function keyOfFacts(facts: readonly string[]): (values: Facts['values']) => FactValue | undefined {
  const [only] = facts;
  if (only === undefined) return () => undefined;
  const together = (values: Facts['values']): string => JSON.stringify(facts.map((fact) => values[fact] ?? null));
  if (facts.length > 1) return together;
  return (values) => {
    const value = values[only];
    return typeof value === 'object' ? together(values) : value;
  };
}

/**
 * The amounts of a benefit on one day, as `awardOf` gives them, each worked out once for equal facts: most benefits are
 * the same for everybody or have a few rows, and exact decimals are what matching a city would spend most of its time
 * on.
 */
export function bulkAmount(benefit: Benefit, referenceDate: LegalDay): BulkAmount {
  const facts = factsOfBenefitOn(benefit, referenceDate);
  const kept = new Map<FactValue | undefined, number | null>();
  const keyOf = keyOfFacts(facts);
  const workedOut = (values: Facts['values'], hadFen = 0): number | null => {
    const award = awardOf(benefit, { facts: { values, dates: {} }, referenceDate }, hadFen);
    if (award.known) return award.fen;
    return isNothingLeft(award, hadFen) ? 0 : null;
  };
  return {
    facts,
    of: (values, hadFen = 0) => {
      // Nobody else's, whatever the facts.
      if (hadFen > 0) return workedOut(values, hadFen);
      const key = keyOf(values);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const fen = workedOut(values);
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, fen);
      return fen;
    },
  };
}
