import { Decimal } from 'decimal.js';
import { type DayRange, FEN_OF_YUAN, type LegalDay, rangesOverlap, rangeText, yuanOfFen } from '@zhitong/values';
import { factsOfAmount, formulaProblem, type Benefit } from '../benefit/benefit.js';
import type { Criterion } from '../criteria/criteria.js';
import { HAD_BEFORE } from './had-before.js';
import { appliedCriteria } from './applied-criteria.js';
import { parameterProblems, telltaleDays } from './parameter-problems.js';
import { NO_PARAMETERS, type Parameters } from '../parameters/parameters.js';
import type { PolicyContent } from './policy.js';
import type { Problem } from '../problem.js';
import { said } from '../refusal-words.js';
import { resolvePolicy } from '../parameters/resolve-parameters.js';
import { isSatisfiable, negated } from '../criteria/satisfiability.js';

/** A published version whose window a new one must not overlap. */
export interface PublishedWindow {
  readonly version: number;
  readonly window: DayRange;
}

/**
 * What is wrong with a version whose types are right: contradictions, rows of the benefit table that nobody can reach,
 * formulas, instalments, its dated parameters, and its window. Where it names parameters it is looked at with each of
 * the values that they have while it applies. Empty when it may be saved.
 */
export function validatePolicy(
  policy: PolicyContent,
  referenceDate: LegalDay,
  parameters: Parameters = NO_PARAMETERS,
): Problem[] {
  const wrongWindow = windowProblems(policy.window);
  const wrongParameters = parameterProblems(policy, parameters);
  if (wrongParameters.length > 0) return [...wrongWindow, ...wrongParameters];
  for (const day of telltaleDays(policy, parameters, referenceDate)) {
    const { criteria, benefit } = resolvePolicy(
      { criteria: appliedCriteria(policy), benefit: policy.benefit },
      parameters,
      day,
    );
    const problems = [
      ...criteriaProblems(criteria, referenceDate),
      ...benefitProblems(benefit, criteria, referenceDate),
    ];
    if (problems.length > 0) return [...wrongWindow, ...problems];
  }
  return wrongWindow;
}

/** Whether a published version leaves its days to another one: a draft for comment [征求意见稿] to what is decided. */
export const givesWay = (published: Pick<PolicyContent, 'stage'>, { stage }: Pick<PolicyContent, 'stage'>): boolean =>
  published.stage === 'DRAFT' && stage === 'FINAL';

/** Problems of publishing a version beside the windows that are published already. */
export function overlapProblems(window: DayRange, published: readonly PublishedWindow[]): Problem[] {
  return published
    .filter((other) => rangesOverlap(window, other.window))
    .map(({ version, window: other }) => ({
      place: 'valid_from',
      code: 'OVERLAPPING_WINDOW',
      ...said('OVERLAPPING_WINDOW', { window: rangeText(window), version, other: rangeText(other) }),
    }));
}

function windowProblems({ from, to }: DayRange): Problem[] {
  if (from === null || to === null || from <= to) return [];
  return [{ place: 'valid_to', code: 'BAD_WINDOW', ...said('BAD_WINDOW', { until: to, from }) }];
}

/**
 * What of criteria nobody can meet, each with its place in the list `criteria`; empty when somebody can meet them
 * together.
 */
export const criteriaProblems = (criteria: readonly Criterion[], referenceDate: LegalDay): Problem[] =>
  contradictions(criteria, 'criteria', referenceDate);

/** The innermost criteria that nobody can meet, each with its place. */
function contradictions(criteria: readonly Criterion[], place: string, referenceDate: LegalDay): Problem[] {
  const inner = criteria.flatMap((criterion, index) =>
    contradictionsIn(criterion, `${place}[${String(index)}]`, referenceDate),
  );
  if (inner.length > 0 || isSatisfiable(criteria, referenceDate)) return inner;
  return [{ place, code: 'CONTRADICTION', ...said('ALL_IMPOSSIBLE') }];
}

function contradictionsIn(criterion: Criterion, place: string, referenceDate: LegalDay): Problem[] {
  switch (criterion.kind) {
    case 'test':
      return isSatisfiable([criterion], referenceDate) ? [] : [{ place, code: 'CONTRADICTION', ...said('IMPOSSIBLE') }];
    case 'all':
      return contradictions(criterion.of, `${place}.allOf`, referenceDate);
    case 'not':
      return contradictionsIn(criterion.of, `${place}.not[0]`, referenceDate);
    case 'any':
    case 'atLeast': {
      const of = criterion.kind === 'any' ? `${place}.anyOf` : `${place}.of`;
      const inner = criterion.of.flatMap((member, index) =>
        contradictionsIn(member, `${of}[${String(index)}]`, referenceDate),
      );
      if (inner.length > 0 || isSatisfiable([criterion], referenceDate)) return inner;
      return [{ place, code: 'CONTRADICTION', ...said('NOT_ENOUGH_POSSIBLE') }];
    }
  }
}

function benefitProblems(benefit: Benefit, criteria: readonly Criterion[], referenceDate: LegalDay): Problem[] {
  const problems: Problem[] = [];
  const formulaAt = (place: string, amount: Benefit['amount']): void => {
    const problem = amount === null ? null : formulaProblem(amount);
    if (problem !== null) problems.push({ place, ...problem });
    else if (amount !== null && factsOfAmount(amount).includes(HAD_BEFORE))
      problems.push({
        place,
        code: 'WRONG_TYPE',
        ...said('HAD_IN_FORMULA', { fact: HAD_BEFORE }),
      });
  };
  formulaAt('benefit.formula', benefit.amount);
  formulaAt('benefit.tax_payable_formula', benefit.taxPayable ?? null);
  const earlier: Criterion[] = [];
  for (const [index, tier] of benefit.tiers.entries()) {
    const place = `benefit.tiers[${String(index)}]`;
    formulaAt(`${place}.formula`, tier.amount);
    const inner = contradictions(tier.when, `${place}.when`, referenceDate);
    problems.push(...inner);
    if (
      inner.length === 0 &&
      !isSatisfiable(
        [...criteria, ...tier.when, ...(tier.additive || benefit.highestOnly ? [] : earlier)],
        referenceDate,
      )
    ) {
      problems.push({
        place,
        code: 'UNREACHABLE_TIER',
        ...said('UNREACHABLE_TIER'),
      });
    }
    if (!tier.additive) earlier.push(negated(tier.when));
  }
  return [...problems, ...instalmentProblems(benefit), ...termProblems(benefit, referenceDate)];
}

/** What is wrong with the terms of instalments: their number, periods that end first, conditions that nobody meets. */
function termProblems({ terms = [], instalments }: Benefit, referenceDate: LegalDay): Problem[] {
  const parts =
    instalments === null ? 1 : (instalments.kind === 'shares' ? instalments.shares : instalments.fen).length;
  const wrongNumber: Problem[] =
    terms.length === 0 || terms.length === parts
      ? []
      : [
          {
            place: 'benefit.instalment_terms',
            code: 'OUT_OF_RANGE',
            ...said('NUMBER_OF_TERMS', { terms: terms.length, parts }),
          },
        ];
  return [
    ...wrongNumber,
    ...terms.flatMap(({ from, until, when }, index): Problem[] => {
      const place = `benefit.instalment_terms[${String(index)}]`;
      const wrongPeriod: Problem[] =
        from === null || until === null || from <= until
          ? []
          : [{ place, code: 'BAD_WINDOW', ...said('TERM_BACKWARDS', { until, from }) }];
      return [...wrongPeriod, ...contradictions(when, `${place}.when`, referenceDate)];
    }),
  ];
}

function instalmentProblems({ instalments, amount, tiers }: Benefit): Problem[] {
  if (instalments === null) return [];
  if (instalments.kind === 'shares') {
    const sum = Decimal.sum(0, ...instalments.shares);
    return sum.equals(1)
      ? []
      : [{ place: 'benefit.instalments', code: 'OUT_OF_RANGE', ...said('SHARES_NOT_WHOLE', { sum: sum.toFixed() }) }];
  }
  const sum = Decimal.sum(0, ...instalments.fen);
  if (amount?.kind !== 'fixed' || tiers.length > 0 || sum.equals(amount.fen)) return [];
  return [
    {
      place: 'benefit.instalments_yuan',
      code: 'OUT_OF_RANGE',
      ...said('INSTALMENTS_NOT_BENEFIT', {
        sum: sum.dividedBy(FEN_OF_YUAN).toFixed(),
        benefit: yuanOfFen(amount.fen),
      }),
    },
  ];
}
