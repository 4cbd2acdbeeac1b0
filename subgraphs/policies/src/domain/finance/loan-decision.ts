import type { Criterion } from '../criteria/criteria.js';
import { evaluate, type Evaluation, type Situation } from '../evaluation/evaluate.js';
import type { EligibilityFilters, MongoFilter } from '../evaluation/to-mongo-filter.js';
import { BARRING_FACTS, registerBar, type RegisterBar } from '../policy/register-bar.js';

/** An enterprise under the criteria of a loan product, and what bars it where it would not fail them. */
export interface LoanDecision {
  readonly evaluation: Evaluation;
  readonly bar: RegisterBar | null;
}

/** Decides on a loan product as on a policy: whom the register bars is for no bank, whatever the product asks. */
export function decideLoan(criteria: readonly Criterion[], situation: Situation): LoanDecision {
  const evaluation = evaluate(criteria, situation);
  const bar = evaluation.outcome === 'NOT_ELIGIBLE' ? null : registerBar(situation.facts.values);
  return bar === null ? { evaluation, bar } : { evaluation: { ...evaluation, outcome: 'NOT_ELIGIBLE' }, bar };
}

/** The same among stored facts: filters of criteria with those whom the register bars among the not eligible. */
export function withRegisterBar({ eligible, undetermined, notEligible }: EligibilityFilters): EligibilityFilters {
  const barred: MongoFilter[] = BARRING_FACTS.map((fact) => ({ [`values.${fact}`]: true }));
  return {
    eligible: { $and: [eligible, { $nor: barred }] },
    undetermined: { $and: [undetermined, { $nor: barred }] },
    notEligible: { $or: [notEligible, ...barred] },
  };
}
