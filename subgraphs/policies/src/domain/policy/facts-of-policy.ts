import type { LegalDay } from '@zhitong/values';
import { amountsOf, conditionsOf, factsOfAmount, type Benefit, type StatedBenefit } from '../benefit/benefit.js';
import { factOfFormula } from '../benefit/formula-facts.js';
import { factInYear, yearOfFact } from '../facts/facts.js';
import { isToldNoLonger } from '../facts/year-facts.js';
import { checkOf, factsOfCheck } from '../criteria/check.js';
import { leavesOf, type Criterion, type StatedCriterion, type Test } from '../criteria/criteria.js';
import { appliedCriteria, type WhoGetsIt } from './applied-criteria.js';
import { testLike } from '../parameters/stated-criteria.js';
import { BARRING_FACTS } from './register-bar.js';

/** Any day does: the reference date moves bounds, never the facts that are asked. */
const SOME_DAY = '2000-01-01';

/** Facts that the criteria ask for, in whichever year, each once. */
export const factsOfCriteria = (criteria: readonly StatedCriterion[]): string[] => [
  ...new Set(leavesOf(criteria).flatMap((leaf) => factsOfCheck(checkOf(withoutYear(testLike(leaf)), SOME_DAY)))),
];

const withoutYear = ({ year: _, ...test }: Test): Test => test;

/** Facts that criteria ask for on a day, by name with the year where one is asked, each once. */
const factsAskedOn = (criteria: readonly Criterion[], referenceDate: LegalDay): string[] =>
  leavesOf(criteria).flatMap((leaf) => (leaf.kind === 'test' ? factsOfCheck(checkOf(leaf, referenceDate)) : []));

const inSingleYears = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name) => yearOfFact(name) !== null)),
];

/** Facts in single years that criteria ask for on a day, each once; mostly none. */
export const yearsOfCriteria = (criteria: readonly Criterion[], referenceDate: LegalDay): string[] =>
  inSingleYears(factsAskedOn(criteria, referenceDate));

/** The same of a policy, whose formulas name years too. */
export const yearsOfPolicy = (
  { criteria, benefit }: { readonly criteria: readonly Criterion[]; readonly benefit: Benefit },
  referenceDate: LegalDay,
): string[] =>
  inSingleYears([
    ...factsAskedOn([...criteria, ...conditionsOf(benefit)], referenceDate),
    ...amountsOf(benefit).flatMap(factsOfAmount),
  ]);

/** Facts that decide the amount of a benefit, in whichever year, each once. */
export const factsOfBenefit = (benefit: StatedBenefit): string[] => [
  ...new Set([
    ...factsOfCriteria(benefit.tiers.flatMap(({ when }) => when)),
    ...amountsOf(benefit).flatMap(factsOfAmount).map(factOfFormula),
  ]),
];

/** What decides the amount of a benefit on a day: facts by name with the year where one is asked, each once. */
export const factsOfBenefitOn = (benefit: Benefit, referenceDate: LegalDay): string[] => [
  ...new Set([
    ...factsAskedOn(
      benefit.tiers.flatMap(({ when }) => when),
      referenceDate,
    ),
    ...amountsOf(benefit).flatMap(factsOfAmount),
  ]),
];

/**
 * Facts for which a policy asks and that nobody tells, each once: of years that the register tells no longer. What asks
 * for them stays undetermined.
 */
export const factsWithoutSource = (
  { criteria, benefit }: Pick<WhoGetsIt, 'criteria'> & { readonly benefit: StatedBenefit },
  decidedIn: number,
): string[] => [
  ...new Set(
    [
      ...leavesOf([...criteria, ...conditionsOf(benefit)]),
      ...amountsOf(benefit)
        .flatMap(factsOfAmount)
        .flatMap((name) => yearOfFact(name) ?? []),
    ].flatMap(({ fact, year }) =>
      typeof year === 'number' && isToldNoLonger(year, decidedIn) ? [factInYear(fact, year)] : [],
    ),
  ),
];

/**
 * Every fact that can change a policy's outcome or amount, sorted: the index from a fact to the policies it can affect.
 * That the register bars an enterprise changes that of every policy.
 */
export const factsOfPolicy = (policy: WhoGetsIt & { readonly benefit: StatedBenefit }): string[] =>
  factsDeciding({ criteria: appliedCriteria(policy), benefit: policy.benefit });

/** The same of a policy that is ready for matching, whose criteria ask for the region already. */
export const factsDeciding = ({
  criteria,
  benefit,
}: {
  readonly criteria: readonly StatedCriterion[];
  readonly benefit: StatedBenefit;
}): string[] => [...new Set([...BARRING_FACTS, ...factsOfCriteria(criteria), ...factsOfBenefit(benefit)])].sort();
