import { formatYuan, normalText } from '@zhitong/values';
import { awardOf, mostOf, type Award, type InstalmentTerm } from '../benefit/benefit.js';
import { lifeOf, type BenefitLife } from '../benefit/benefit-life.js';
import type { Criterion } from '../criteria/criteria.js';
import { outcomeOf } from '../evaluation/evaluate.js';
import { missingFacts } from '../evaluation/missing-facts.js';
import { nearestMiss } from '../evaluation/nearest-miss.js';
import { factDefinition } from '../facts/facts.js';
import type { Facts } from '../facts/fact-values.js';
import type { MatchablePolicy } from '../matching/match.js';
import { registerBar } from '../policy/register-bar.js';

/** Why a grant that was right when it was made may not be so any more. */
export const DOUBT_CODES = [
  'POLICY_NOT_IN_FORCE',
  'FACTS_UNKNOWN',
  'DEREGISTERED',
  'LICENCE_REVOKED',
  'KIND_CHANGED',
  'NOT_ELIGIBLE',
  'UNDETERMINED',
  'AMOUNT_CHANGED',
  'AMOUNT_UNKNOWN',
  'DISHONESTY_RECORD',
  'UNFULFILLED_JUDGMENT',
  'PLEDGE_BROKEN',
  'AMOUNT_UNDECIDED',
  'EXCLUDED',
  'HAD_BY_PREDECESSOR',
  'ALREADY_HAD',
  'INSTALMENT_CONDITION',
  'INSTALMENT_PERIOD_OVER',
  'ACCOUNT_HOLDER_DIFFERS',
  'ACCOUNT_SHARED',
  'OBJECTION_UPHELD',
  'ASKED_BACK',
] as const;
export type DoubtCode = (typeof DOUBT_CODES)[number];

/** One reason to doubt, with what exactly is the matter: conditions, facts, amounts, in words. */
export interface Doubt {
  readonly code: DoubtCode;
  readonly detail: string;
  /** The instalment that it is about alone, counted from 0; left out of what is about the grant. */
  readonly instalment?: number;
}

/** What a grant is looked at again with: everything as it is at this moment. */
export interface PresentState {
  /** In the version that is in force, or that was the last to be; null when there is none. */
  readonly policy: MatchablePolicy | null;
  /** Null when no facts are held of the enterprise: it is registered no longer. */
  readonly facts: Facts | null;
  /** What the enterprise had under the policy beside this grant, in fen. */
  readonly hadFen: number;
  /** The pledge under which it was approved; null for a grant without an application. */
  readonly pledge: { readonly isBroken: boolean; readonly finding: string; readonly covers: readonly string[] } | null;
  /** The instalment that is to be paid, where it has a term of its own; null otherwise. */
  readonly instalment: (Pick<InstalmentTerm, 'until' | 'when'> & { readonly index: number }) | null;
  /** The account to which it is paid, with the registered name and who else is paid to it; null before it is known. */
  readonly account: {
    readonly holder: string;
    readonly registeredName: string | null;
    readonly sharedWith: readonly string[];
  } | null;
  /** Policies that exclude this one and under which the enterprise holds a grant. */
  readonly heldBeside: readonly string[];
  /** An enterprise that it goes on from was given the benefit, for the same time or once, before it passed on. */
  readonly hadByPredecessor: boolean;
  /** By the rule in force it was had already: another grant of the policy was made before it, or paid before. */
  readonly hadAlready: boolean;
  /** Demands to pay money back: of this grant any, of the enterprise's others those that are overdue; by their ids. */
  readonly askedBack: readonly string[];
  /** Objections to it that were upheld. */
  readonly upheld: readonly UpheldObjection[];
}

/** An objection that was upheld, and why. */
export interface UpheldObjection {
  readonly id: string;
  readonly reason: string;
}

/** The part of a grant that is looked at again. */
export interface DoubtedGrant {
  readonly life: BenefitLife;
  readonly amountFen: number;
  /** Set where an officer has decided on the amount: what was due by the facts then, in fen, null where nobody knew. */
  readonly decidedOn: { readonly dueFen: number | null } | null;
  /** A part of it is paid, with which its amount was settled. */
  readonly isPartPaid: boolean;
  /** Doubts that an officer has seen and decided on, by `doubtKey`. */
  readonly decided: readonly string[];
}

/** What identifies a doubt: another detail or another instalment is another doubt, which is decided on anew. */
export const doubtKey = ({ code, detail, instalment }: Doubt): string =>
  instalment === undefined ? `${code}:${detail}` : `${code} ${String(instalment + 1)}:${detail}`;

/** The doubt that an upheld objection [异议成立] is, whatever the grant waited for when it was decided. */
export const objectionDoubt = ({ id, reason }: UpheldObjection): Doubt => ({
  code: 'OBJECTION_UPHELD',
  detail: `${id}: ${reason}`,
});

/**
 * Decides a grant again by the facts, the version and the records of this moment, as its maker decided it: eligible,
 * the kind, the amount, nothing held that excludes it; beside that, no bar of the register, no open record of serious
 * dishonesty [严重失信] and no broken pledge. Answers what is in doubt that no officer has decided on, which decisions
 * still stand, since a decision lasts as long as what it was on, the amount of this moment, and the most that may be
 * decided on.
 */
export function doubtsAbout(
  grant: DoubtedGrant,
  present: PresentState,
): {
  readonly doubts: readonly Doubt[];
  readonly standing: readonly string[];
  readonly amountFen: number | null;
  readonly mostFen?: number | undefined;
} {
  const { policy, facts, pledge, heldBeside, upheld } = present;
  const doubts: Doubt[] = upheld.map(objectionDoubt);
  const doubt = (code: DoubtCode, detail = ''): void => void doubts.push({ code, detail });
  const byRegister = facts === null ? null : registerBar(facts.values);
  if (byRegister !== null) doubt(byRegister);
  if (facts?.values['dishonestyRecord'] === true) doubt('DISHONESTY_RECORD');
  // Who applies under a pledge has fulfilled every judgment, see `decideApplication`.
  if (pledge !== null && facts?.values['hasUnfulfilledJudgment'] === true) doubt('UNFULFILLED_JUDGMENT');
  if (pledge?.isBroken === true) doubt('PLEDGE_BROKEN', pledge.finding);
  if (present.askedBack.length > 0) doubt('ASKED_BACK', present.askedBack.join(', '));
  if (present.hadByPredecessor) doubt('HAD_BY_PREDECESSOR');
  if (present.hadAlready) doubt('ALREADY_HAD');
  if (heldBeside.length > 0) doubt('EXCLUDED', heldBeside.join(', '));
  doubts.push(...accountDoubts(present.account));
  let amountFen: number | null = null;
  let mostFen: number | undefined;
  if (policy === null) doubt('POLICY_NOT_IN_FORCE');
  else if (facts === null) doubt('FACTS_UNKNOWN');
  else {
    const conditions = { facts, policy, covered: pledge?.covers ?? [] };
    const due = present.instalment;
    // A later instalment with conditions of its own asks for those, and for the others no more.
    const open =
      grant.isPartPaid && due !== null && due.when.length > 0 ? [] : eligibilityDoubts(policy.criteria, conditions);
    doubts.push(...open);
    if (due !== null) doubts.push(...instalmentDoubts(due, conditions));
    const life = lifeOf(policy.benefit.kind);
    if (life !== grant.life) doubt('KIND_CHANGED', `${grant.life} -> ${life}`);
    const award = awardOf(policy.benefit, { facts, referenceDate: policy.referenceDate }, present.hadFen);
    amountFen = award.known ? award.fen : null;
    mostFen = mostToDecideFen(policy, award, present.hadFen);
    const isPaidStill = grant.life === 'PAYMENT' && life === 'PAYMENT';
    // Of who is not to have it at all, or not as money, the amount is no matter.
    if (open.length === 0 && isPaidStill && !grant.isPartPaid) doubts.push(...amountDoubts(grant, award));
  }
  const isDecided = (one: Doubt): boolean => grant.decided.includes(doubtKey(one));
  return {
    doubts: doubts.filter((one) => !isDecided(one)),
    standing: doubts.filter(isDecided).map(doubtKey),
    amountFen,
    mostFen,
  };
}

/** The most that an officer may decide on: the limit of this enterprise, or what the policy gives anybody at most. */
function mostToDecideFen({ benefit }: MatchablePolicy, award: Award, hadFen: number): number | undefined {
  if (!award.known && award.mostFen !== undefined) return award.mostFen;
  const most = mostOf(benefit);
  return most === null ? undefined : Math.max(0, most - (benefit.topUpDifference ? hadFen : 0));
}

/** What is in doubt about an amount. One that was decided on holds for what was known then, and within the limit. */
function amountDoubts({ amountFen, decidedOn }: Pick<DoubtedGrant, 'amountFen' | 'decidedOn'>, award: Award): Doubt[] {
  const changed = (due: string): Doubt => ({ code: 'AMOUNT_CHANGED', detail: `${formatYuan(amountFen)} -> ${due}` });
  if (award.known)
    return award.fen === amountFen || award.fen === decidedOn?.dueFen ? [] : [changed(formatYuan(award.fen))];
  if (award.mostFen !== undefined) {
    const limit = `<= ${formatYuan(award.mostFen)}`;
    if (decidedOn === null) return [{ code: 'AMOUNT_UNDECIDED', detail: limit }];
    return amountFen <= award.mostFen ? [] : [changed(limit)];
  }
  return decidedOn?.dueFen === null ? [] : [{ code: 'AMOUNT_UNKNOWN', detail: award.missing.map(labelOf).join(', ') }];
}

/** What is in doubt about an instalment that is to be paid: its own conditions, and its last day. */
function instalmentDoubts(
  { index: instalment, when, until }: NonNullable<PresentState['instalment']>,
  conditions: Parameters<typeof eligibilityDoubts>[1],
): Doubt[] {
  const isOver = until !== null && until < conditions.policy.referenceDate;
  return [
    ...eligibilityDoubts(when, conditions).map(({ code, detail }) => ({
      code: 'INSTALMENT_CONDITION' as const,
      detail: code === 'UNDETERMINED' ? `? ${detail}` : detail,
      instalment,
    })),
    ...(isOver ? [{ code: 'INSTALMENT_PERIOD_OVER' as const, detail: until, instalment }] : []),
  ];
}

/** Names are compared without regard to width, spaces and brackets' forms. */
const comparable = (name: string): string => normalText(name).replaceAll(/\s/g, '');

function accountDoubts(account: PresentState['account']): Doubt[] {
  if (account === null) return [];
  const { holder, registeredName, sharedWith } = account;
  const differs = registeredName !== null && comparable(holder) !== comparable(registeredName);
  return [
    ...(differs ? [{ code: 'ACCOUNT_HOLDER_DIFFERS' as const, detail: `${holder} / ${registeredName}` }] : []),
    ...(sharedWith.length === 0 ? [] : [{ code: 'ACCOUNT_SHARED' as const, detail: sharedWith.join(', ') }]),
  ];
}

/** Why an enterprise does not, or not certainly, meet criteria; a pledge stands in for the facts that it covers. */
export function eligibilityDoubts(
  criteria: readonly Criterion[],
  {
    facts,
    policy: { referenceDate },
    covered,
  }: { facts: Facts; policy: Pick<MatchablePolicy, 'referenceDate'>; covered: readonly string[] },
): Doubt[] {
  const situation = { facts, referenceDate };
  switch (outcomeOf(criteria, situation)) {
    case 'MET':
      return [];
    case 'NOT_MET':
      return [
        {
          code: 'NOT_ELIGIBLE',
          detail: nearestMiss(criteria, situation)
            .map(({ message }) => message)
            .join('; '),
        },
      ];
    case 'UNKNOWN': {
      const open = missingFacts(criteria, situation).all.filter((fact) => !covered.includes(fact));
      return open.length === 0 ? [] : [{ code: 'UNDETERMINED', detail: open.map(labelOf).join(', ') }];
    }
  }
}

const labelOf = (fact: string): string => factDefinition(fact)?.label ?? fact;
