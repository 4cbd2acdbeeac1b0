import { grantedPart, type GrantedPart } from './granted-part.js';
import { awardOf, isNothingLeft } from '../benefit/benefit.js';
import type { MatchablePolicy } from '../matching/match.js';
import type { Facts, FactValue } from '../facts/fact-values.js';
import { factDefinition, yearOfFact } from '../facts/facts.js';
import { missingFacts } from '../evaluation/missing-facts.js';
import { nearestMiss } from '../evaluation/nearest-miss.js';
import { parameterName } from '../parameters/parameters.js';
import { registerBar, type RegisterBar } from '../policy/register-bar.js';

/** Why an application under a pledge is not open to an enterprise. */
export type ApplicationRefusal =
  | 'CREDIT_UNKNOWN'
  | RegisterBar
  | 'DISHONESTY_RECORD'
  | 'UNFULFILLED_JUDGMENT'
  | 'NOT_ELIGIBLE'
  | 'AMOUNT_UNKNOWN'
  | 'NOTHING_LEFT'
  | 'PARAMETER_WITHOUT_VALUE';

/** The decision on an application under a pledge [承诺制]: at once, or why not. */
export type ApplicationDecision =
  | {
      readonly ok: true;
      readonly part: GrantedPart;
      /** Facts that nobody has reported and that the pledge stands in for; checked later. */
      readonly pledgedFacts: readonly string[];
    }
  | { readonly ok: false; readonly reason: ApplicationRefusal; readonly messages: readonly string[] };

const no = (reason: ApplicationRefusal, messages: readonly string[] = []): ApplicationDecision => ({
  ok: false,
  reason,
  messages,
});

/**
 * Decides an application by commitment-based approval [告知承诺制]: open to an applicant that the register does not bar,
 * without an open record of serious dishonesty and without a judgment that it has not fulfilled, which must both be
 * known. The pledge stands in for facts that nobody has reported; a fact that is reported and fails is not cured by it,
 * and no applicant can vouch for a figure of the policy itself that has no value today, nor for its own figure of a
 * year in which it was not there.
 * @param hadFen what the applicant had under the policy before: taken off where only the difference is paid.
 */
export function decideApplication(policy: MatchablePolicy, facts: Facts, hadFen = 0): ApplicationDecision {
  const { dishonestyRecord, hasUnfulfilledJudgment } = facts.values;
  const byRegister = registerBar(facts.values);
  if (byRegister !== null) return no(byRegister);
  if (dishonestyRecord === true) return no('DISHONESTY_RECORD');
  if (hasUnfulfilledJudgment === true) return no('UNFULFILLED_JUDGMENT');
  if (dishonestyRecord !== false || hasUnfulfilledJudgment !== false) return no('CREDIT_UNKNOWN');
  const situation = { facts, referenceDate: policy.referenceDate };
  if (policy.decide(facts.values) === 'NOT_ELIGIBLE')
    return no(
      'NOT_ELIGIBLE',
      nearestMiss(policy.criteria, situation).map(({ message }) => message),
    );
  const open = missingFacts(policy.criteria, situation).all;
  const withoutValue = open.filter((fact) => parameterName(fact) !== null);
  if (withoutValue.length > 0) return no('PARAMETER_WITHOUT_VALUE', withoutValue);
  const before = open.filter((fact) => isBeforeRegistration(fact, facts.values['registeredOn']));
  if (before.length > 0) return no('NOT_ELIGIBLE', before.map(labelOf));
  const award = awardOf(policy.benefit, situation, hadFen);
  if (isNothingLeft(award, hadFen)) return no('NOTHING_LEFT');
  const part = grantedPart(policy.benefit, award);
  // Money is approved at once, so its amount must be known: of a limit somebody decides.
  if (part === null || (!('life' in part) && part.amountFen === 0))
    return no('AMOUNT_UNKNOWN', award.known ? [] : award.missing.map(labelOf));
  return { ok: true, part, pledgedFacts: open };
}

/** Whether a fact is a figure of a year that was over when the enterprise was registered. */
const isBeforeRegistration = (fact: string, registeredOn: FactValue | undefined): boolean => {
  const asked = yearOfFact(fact);
  return asked !== null && typeof registeredOn === 'string' && asked.year < Number(registeredOn.slice(0, 4));
};

/** The pledge that the applicant signs, word for word. */
export function pledgeText({
  enterprise,
  policyTitle,
  pledgedFacts,
}: {
  enterprise: string;
  policyTitle: string;
  pledgedFacts: readonly string[];
}): string {
  const covered =
    pledgedFacts.length === 0 ? '' : `尚无部门记录的事项(${pledgedFacts.map(labelOf).join('、')})均符合政策要求,`;
  return `${enterprise}申请《${policyTitle}》,承诺所填信息真实,符合全部申报条件,${covered}并接受事后核查;如有不实,愿退回资金,并同意记入信用记录。`;
}

const labelOf = (fact: string): string => factDefinition(fact)?.label ?? fact;
