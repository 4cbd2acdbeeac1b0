import { formatYuan, normalText } from '@zhitong/values';
import { awardOf, type InstalmentTerm } from '../benefit/benefit.js';
import type { BenefitLife } from '../benefit/benefit-life.js';
import type { Criterion } from '../criteria/criteria.js';
import { outcomeOf } from '../evaluation/evaluate.js';
import { missingFacts } from '../evaluation/missing-facts.js';
import { nearestMiss } from '../evaluation/nearest-miss.js';
import { factDefinition } from '../facts/facts.js';
import type { Facts } from '../facts/fact-values.js';
import type { MatchablePolicy } from '../matching/match.js';

/** Why a grant that was right when it was made may not be so any more. */
export const DOUBT_CODES = [
  'POLICY_NOT_IN_FORCE',
  'FACTS_UNKNOWN',
  'NOT_ELIGIBLE',
  'UNDETERMINED',
  'AMOUNT_CHANGED',
  'AMOUNT_UNKNOWN',
  'DISHONESTY_RECORD',
  'PLEDGE_BROKEN',
  'AMOUNT_UNDECIDED',
  'EXCLUDED',
  'HAD_BY_PREDECESSOR',
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
  readonly instalment: Pick<InstalmentTerm, 'until' | 'when'> | null;
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
  /** An officer has decided on the amount: it is not worked out any more. */
  readonly isAmountDecided: boolean;
  /** A part of it is paid, with which its amount was settled. */
  readonly isPartPaid: boolean;
  /** Doubts that an officer has seen and decided on, by `doubtKey`. */
  readonly decided: readonly string[];
}

/** What identifies a doubt: another detail is another doubt, which is decided on anew. */
export const doubtKey = ({ code, detail }: Doubt): string => `${code}:${detail}`;

/** The doubt that an upheld objection [异议成立] is, whatever the grant waited for when it was decided. */
export const objectionDoubt = ({ id, reason }: UpheldObjection): Doubt => ({
  code: 'OBJECTION_UPHELD',
  detail: `${id}: ${reason}`,
});

/**
 * Decides a grant again by the facts, the version and the records of this moment, as its maker decided it: eligible,
 * the amount, nothing held that excludes it; beside that, no open record of serious dishonesty [严重失信] and no broken
 * pledge. Answers what is in doubt that no officer has decided on, and the amount of this moment.
 */
export function doubtsAbout(
  grant: DoubtedGrant,
  present: PresentState,
): { readonly doubts: readonly Doubt[]; readonly amountFen: number | null; readonly mostFen?: number | undefined } {
  const { policy, facts, pledge, heldBeside, upheld } = present;
  const doubts: Doubt[] = upheld.map(objectionDoubt);
  const doubt = (code: DoubtCode, detail = ''): void => void doubts.push({ code, detail });
  if (facts?.values['dishonestyRecord'] === true) doubt('DISHONESTY_RECORD');
  if (pledge?.isBroken === true) doubt('PLEDGE_BROKEN', pledge.finding);
  if (present.askedBack.length > 0) doubt('ASKED_BACK', present.askedBack.join(', '));
  if (present.hadByPredecessor) doubt('HAD_BY_PREDECESSOR');
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
    if (due !== null)
      for (const { code, detail } of eligibilityDoubts(due.when, conditions))
        doubt('INSTALMENT_CONDITION', code === 'UNDETERMINED' ? `? ${detail}` : detail);
    if (due !== null && due.until !== null && due.until < policy.referenceDate)
      doubt('INSTALMENT_PERIOD_OVER', due.until);
    const award = awardOf(policy.benefit, { facts, referenceDate: policy.referenceDate }, present.hadFen);
    amountFen = award.known ? award.fen : null;
    mostFen = award.known ? undefined : award.mostFen;
    // Of who is not to have it at all, the amount is no matter.
    if (open.length === 0 && grant.life === 'PAYMENT' && !grant.isAmountDecided && !grant.isPartPaid) {
      if (mostFen !== undefined) doubt('AMOUNT_UNDECIDED', `<= ${formatYuan(mostFen)}`);
      else if (!award.known) doubt('AMOUNT_UNKNOWN', award.missing.map(labelOf).join(', '));
      else if (award.fen !== grant.amountFen)
        doubt('AMOUNT_CHANGED', `${formatYuan(grant.amountFen)} -> ${formatYuan(award.fen)}`);
    }
  }
  return { doubts: doubts.filter((one) => !grant.decided.includes(doubtKey(one))), amountFen, mostFen };
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
