import { includesDay, type LegalDay, rangesOverlap, rangeText } from '@zhitong/values';
import { formulaProblem, parametersOfAmount, type Amount } from '../benefit/benefit.js';
import { membersOf, type StatedCriterion } from '../criteria/criteria.js';
import { hasValueWithin, windowOf, type Parameters } from '../parameters/parameters.js';
import type { PolicyContent } from './policy.js';
import type { Problem } from '../problem.js';
import { said } from '../refusal-words.js';
import { parametersOfPolicy } from '../parameters/resolve-parameters.js';
import { parametersOfTest } from '../parameters/stated-criteria.js';

/** Values of parameters with which a policy is looked at; a figure that is set every year has fewer in a century. */
const MOST_DAYS = 100;

/** A parameter where a policy names it. */
interface Use {
  readonly place: string;
  readonly name: string;
  /** It stands in a formula, so it must be a number. */
  readonly inFormula: boolean;
}

/**
 * What is wrong with the dated parameters that a policy names, each with its place: unknown ones and days in formulas,
 * and parameters that have no value on any day of the policy's window. (In criteria, names and types are looked at when
 * they are read.)
 */
export function parameterProblems(policy: PolicyContent, parameters: Parameters): Problem[] {
  return usesIn(policy).flatMap(({ place, name, inFormula }): Problem[] => {
    const parameter = parameters.get(name);
    if (parameter === undefined)
      return [
        {
          place,
          code: 'UNKNOWN_PARAMETER',
          ...said('UNKNOWN_PARAMETER', { name }),
        },
      ];
    if (inFormula && parameter.type === 'DATE')
      return [{ place, code: 'WRONG_TYPE', ...said('DAY_IN_FORMULA', { name }) }];
    if (hasValueWithin(parameter, policy.window)) return [];
    const values = parameter.values.map((value) => rangeText(windowOf(value))).join(', ');
    return [
      {
        place,
        code: 'PARAMETER_WITHOUT_VALUE',
        ...said('PARAMETER_NEVER_HAS_VALUE', {
          name,
          window: rangeText(policy.window),
          values: values === '' ? 'none at all' : `values for ${values}`,
          valuesInChinese: values === '' ? '尚无任何数值' : `现有数值的期间为 ${values}`,
        }),
      },
    ];
  });
}

/**
 * Days on which the policy is looked at: the reference date, and one for each value that a parameter of it has within
 * its window.
 */
export function telltaleDays(policy: PolicyContent, parameters: Parameters, referenceDate: LegalDay): LegalDay[] {
  const { window } = policy;
  const values = parametersOfPolicy(policy)
    .flatMap((name) => parameters.get(name)?.values ?? [])
    .filter((value) => rangesOverlap(windowOf(value), window));
  const days = values.map(({ from }) => (window.from !== null && window.from > from ? window.from : from));
  return [
    ...new Set([
      ...(values.length === 0 || includesDay(window, referenceDate) ? [referenceDate] : []),
      ...days.sort().reverse(),
    ]),
  ].slice(0, MOST_DAYS);
}

function usesIn({ criteria, benefit }: PolicyContent): Use[] {
  const inAmount = (amount: Amount | null, place: string): Use[] =>
    amount === null || formulaProblem(amount) !== null
      ? []
      : parametersOfAmount(amount).map((name) => ({ place, name, inFormula: true }));
  return [
    ...usesInList(criteria, 'criteria'),
    ...inAmount(benefit.amount, 'benefit.formula'),
    ...inAmount(benefit.taxPayable ?? null, 'benefit.tax_payable_formula'),
    ...(benefit.terms ?? []).flatMap(({ when }, index) =>
      usesInList(when, `benefit.instalment_terms[${String(index)}].when`),
    ),
    ...benefit.tiers.flatMap(({ when, amount }, index) => {
      const place = `benefit.tiers[${String(index)}]`;
      return [...usesInList(when, `${place}.when`), ...inAmount(amount, `${place}.formula`)];
    }),
  ];
}

const usesInList = (criteria: readonly StatedCriterion[], place: string): Use[] =>
  criteria.flatMap((criterion, index) => usesInCriterion(criterion, `${place}[${String(index)}]`));

const GROUP_KEY = { all: 'allOf', any: 'anyOf', atLeast: 'of' } as const;

function usesInCriterion(criterion: StatedCriterion, place: string): Use[] {
  switch (criterion.kind) {
    case 'test':
      return [];
    case 'parameterTest':
      return parametersOfTest(criterion).map((name) => ({ place: `${place}.value`, name, inFormula: false }));
    case 'not':
      return usesInCriterion(criterion.of, `${place}.not[0]`);
    case 'all':
    case 'any':
    case 'atLeast':
      return usesInList(membersOf(criterion), `${place}.${GROUP_KEY[criterion.kind]}`);
  }
}
