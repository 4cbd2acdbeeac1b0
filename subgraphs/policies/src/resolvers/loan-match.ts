import { badUserInput, connectionOf, parsePage } from '@zhitong/kit';
import { dayInShanghai } from '@zhitong/values';
import type { Eligibility } from '../domain/evaluation/evaluate.js';
import type { Facts } from '../domain/facts/fact-values.js';
import { withYears } from '../domain/facts/facts-in-years.js';
import { yearsOfCriteria } from '../domain/policy/facts-of-policy.js';
import { decideLoan } from '../domain/finance/loan-decision.js';
import { needState, suits } from '../domain/finance/financing-need.js';
import { missingFacts } from '../domain/evaluation/missing-facts.js';
import { nearestMiss } from '../domain/evaluation/nearest-miss.js';
import { said } from '../domain/refusal-words.js';
import type { Context } from '../context.js';
import type { EnterpriseMatchedLoanProductsArgs, LoanMatchResolvers } from '../generated/resolvers-types.js';
import type { LoanMatchConnectionRows } from '../records.js';
import { rowsOnPage } from '../memory/rows-on-page.js';
import { definitionOf } from './policy-match.js';

const RANK = { ELIGIBLE: 0, UNDETERMINED: 1, NOT_ELIGIBLE: 2 } as const;
const BEST_FIRST = [
  { field: 'rank', direction: 1 },
  { field: 'product.yearlyRateBasisPoints', direction: 1 },
  { field: 'product.id', direction: 1 },
] as const;

/** The loan products of today that one enterprise matches by its facts, eligible ones first, then the lowest rate. */
export async function loanMatches({
  uscc,
  facts,
  args: { need: needId, outcomes, onlyBarred, ...args },
  context,
}: {
  uscc: string;
  facts: Facts;
  args: EnterpriseMatchedLoanProductsArgs;
  context: Context;
}): Promise<LoanMatchConnectionRows> {
  const { loaders, clock } = context;
  const referenceDate = dayInShanghai(clock.now());
  const page = parsePage(args, {
    list: { list: 'matchedLoanProducts', uscc, needId, outcomes, onlyBarred },
    keys: BEST_FIRST.length,
  });
  const need = typeof needId === 'string' ? await loaders.financingNeed.load(needId) : undefined;
  if (need === null || (need !== undefined && (need.uscc !== uscc || needState(need, referenceDate) !== 'OPEN')))
    throw badUserInput(said('NO_OPEN_NEED', { uscc, need: JSON.stringify(needId?.slice(0, 60)) }), ['need']);
  const wanted: ReadonlySet<Eligibility> = new Set(outcomes ?? [onlyBarred === true ? 'NOT_ELIGIBLE' : 'ELIGIBLE']);
  const rows = (await loaders.openLoanProducts(referenceDate)).flatMap((product) => {
    if (need !== undefined && !suits(product, need, referenceDate)) return [];
    const known = withYears(facts, yearsOfCriteria(product.criteria, referenceDate));
    const { evaluation, bar } = decideLoan(product.criteria, { facts: known, referenceDate });
    return wanted.has(evaluation.outcome) && (onlyBarred !== true || bar !== null)
      ? [{ rank: RANK[evaluation.outcome], product, evaluation, bar, facts: known, referenceDate }]
      : [];
  });
  return connectionOf({
    rows: rowsOnPage(rows, page, [
      ({ rank }) => rank,
      ({ product }) => product.yearlyRateBasisPoints,
      ({ product }) => product.id,
    ]),
    page,
    sort: BEST_FIRST,
    totalCount: rows.length,
  });
}

export const LoanMatch: LoanMatchResolvers = {
  outcome: ({ evaluation }) => evaluation.outcome,
  bar: ({ bar }) => (bar === null ? null : { reason: bar, policy: null }),
  criteria: ({ evaluation }) => [...evaluation.criteria],
  missingFacts: ({ product, facts, referenceDate }) =>
    missingFacts(product.criteria, { facts, referenceDate }).toBeEligible.flatMap((fact) => definitionOf(fact)),
  nearestMiss: ({ product, facts, referenceDate }) => [...nearestMiss(product.criteria, { facts, referenceDate })],
};
