import { Decimal } from 'decimal.js';
import type { LegalDay } from '@zhitong/values';
import { checkOf, type Bound, type Check } from '../criteria/check.js';
import type { Criterion, Test } from '../criteria/criteria.js';
import { neededOf } from '../criteria/fold.js';
import { outcomeOfOne, type Situation } from './evaluate.js';
import { factDefinition } from '../facts/facts.js';
import { wordingOf, writeActual, writeExpected } from '../criteria/wording.js';

/** One thing that would have to be different for an enterprise to be eligible. */
export interface Shortfall {
  /** The criterion in the words of the policy. */
  readonly text: string;
  readonly fact: string;
  readonly expected: string;
  readonly actual: string | null;
  /** How far off, where it can be counted: "12" with unit 人. A decimal in a string, always positive. */
  readonly difference: string | null;
  readonly unit: string;
  /** For people [还差12人]. */
  readonly message: string;
}

interface Way {
  readonly shortfalls: readonly Shortfall[];
  /** How far off in all, each distance as a share of what is asked: breaks ties between ways with as many changes. */
  readonly distance: number;
}

/**
 * The nearest way to eligibility of an enterprise that is not eligible: the fewest criteria that would have to change,
 * and among equally few those that are nearest by number. Facts not known are taken to turn out well, and are not
 * listed. Empty when the enterprise is eligible or undetermined.
 */
export function nearestMiss(criteria: readonly Criterion[], situation: Situation): readonly Shortfall[] {
  const root: Criterion = { kind: 'all', of: criteria, text: '' };
  return outcomeOfOne(root, situation) === 'NOT_MET' ? nearestWay(root, true, situation).shortfalls : [];
}

const NOTHING: Way = { shortfalls: [], distance: 0 };

function nearestWay(criterion: Criterion, wanted: boolean, situation: Situation): Way {
  const outcome = outcomeOfOne(criterion, situation);
  if (outcome === 'UNKNOWN' || (outcome === 'MET') === wanted) return NOTHING;
  if (criterion.kind === 'test') return missOf(criterion, wanted, situation);
  if (criterion.kind === 'not') return nearestWay(criterion.of, !wanted, situation);
  const ways = criterion.of.map((member) => nearestWay(member, wanted, situation)).sort(nearerFirst);
  const taken = ways.slice(0, neededOf(criterion, wanted));
  return {
    shortfalls: taken.flatMap(({ shortfalls }) => shortfalls),
    distance: taken.reduce((sum, { distance }) => sum + distance, 0),
  };
}

const nearerFirst = (one: Way, other: Way): number =>
  one.shortfalls.length - other.shortfalls.length || one.distance - other.distance;

function missOf(test: Test, wanted: boolean, { facts, referenceDate }: Situation): Way {
  const check = checkOf(test, referenceDate);
  const unit = factDefinition(check.fact)?.unit ?? '';
  const gap = wanted ? gapOf(check, facts.values[check.fact]) : null;
  const expected = wanted ? writeExpected(check) : `非(${writeExpected(check)})`;
  const actual = writeActual(check, facts.values);
  const shortfall: Shortfall = {
    text: wordingOf(test),
    fact: test.fact,
    expected,
    actual,
    difference: gap?.difference ?? null,
    unit: gap === null ? '' : unit,
    message:
      gap === null
        ? `${wordingOf(test)}:需${expected},现为${actual ?? '未知'}`
        : `${wordingOf(test)}:${gap.tooLow ? '还差' : '超出'}${gap.difference}${unit}`,
  };
  return { shortfalls: [shortfall], distance: gap?.share ?? 1 };
}

interface Gap {
  readonly difference: string;
  readonly tooLow: boolean;
  readonly share: number;
}

function gapOf(check: Check, value: unknown): Gap | null {
  if (check.kind !== 'range' || typeof value !== 'number') return null;
  const { low, high } = check;
  if (isNumber(low) && (value < low.value || (!low.inclusive && value === low.value)))
    return gap(low.value, value, true);
  return isNumber(high) ? gap(high.value, value, false) : null;
}

const isNumber = (bound: Bound | null): bound is Bound & { readonly value: Exclude<Bound['value'], LegalDay> } =>
  typeof bound?.value === 'number';

function gap(asked: number, value: number, tooLow: boolean): Gap {
  const difference = new Decimal(asked).minus(value).abs();
  return {
    difference: difference.toFixed(),
    tooLow,
    share: Math.min(1, difference.dividedBy(Decimal.max(1, Math.abs(asked))).toNumber()),
  };
}
