import type { LegalDay } from '@zhitong/values';
import { checkOf, type Check } from '../criteria/check.js';
import type { Test } from '../criteria/criteria.js';
import { wordingOf, writeExpected } from '../criteria/wording.js';
import { factDefinition, yearOfFact } from '../facts/facts.js';

/** What a test asks on one day: the same for every enterprise. */
export interface AskedTest {
  readonly day: LegalDay;
  readonly check: Check;
  readonly text: string;
  /** What was asked, for example `≥ 30人`. */
  readonly expected: string;
  /** The authority whose record counts. */
  readonly source: string | null;
  readonly year: number | null;
}

const kept = new WeakMap<Test, AskedTest>();

/** What a test asks on a day, worked out once while the day stays: its reasons are given for many enterprises. */
export function askedOn(test: Test, day: LegalDay): AskedTest {
  const known = kept.get(test);
  if (known?.day === day) return known;
  const check = checkOf(test, day);
  const asked: AskedTest = {
    day,
    check,
    text: wordingOf(test),
    expected: writeExpected(check),
    source: factDefinition(check.fact)?.source ?? null,
    year: yearOfFact(check.fact)?.year ?? null,
  };
  kept.set(test, asked);
  return asked;
}
