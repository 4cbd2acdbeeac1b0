import { addDays, formatYuan, isLegalDay, type Fen, type LegalDay } from '@zhitong/values';
import type { Problem } from '../problem.js';

export interface PlanInstalment {
  readonly no: number;
  readonly dueOn: LegalDay;
  readonly amount: Fen;
}

/** The two that agree on a plan. */
export type PlanSide = 'DEBTOR' | 'CREDITOR';
export type PlanAnswer = 'ACCEPT' | 'DECLINE';

/** One step of a plan, kept for good. */
export interface PlanStep {
  readonly kind: 'PROPOSED' | 'ACCEPTED' | 'DECLINED' | 'WITHDRAWN';
  readonly side: PlanSide;
  /** Day in Shanghai. */
  readonly on: LegalDay;
  /** RFC 3339 in UTC. */
  readonly recordedAt: string;
  readonly recordedBy: string;
  /** Code of the official's department; null for the enterprise. */
  readonly department: string | null;
  readonly reason: string;
}

/** A version of a debt's repayment plan (还款计划), from its proposal on. */
export interface PlanVersion {
  /** Counted from 1. */
  readonly no: number;
  readonly instalments: readonly PlanInstalment[];
  /** What was paid of the debt when it was proposed, which does not count towards it. */
  readonly paidBefore: Fen;
  /** The first is the proposal. Empty for a plan of the register from before plans had two sides. */
  readonly steps: readonly PlanStep[];
}

export type PlanState = 'PROPOSED' | 'IN_FORCE' | 'SUPERSEDED' | 'DECLINED' | 'WITHDRAWN';

/** What holds a debt's plans: `plan` is that of the register before plans had two sides and versions. */
export interface Planned {
  readonly plan: readonly PlanInstalment[];
  readonly plans?: readonly PlanVersion[];
}

const total = (instalments: readonly PlanInstalment[]): Fen => instalments.reduce((sum, { amount }) => sum + amount, 0);

/** All versions, the earliest first; that of the former register is number 0. */
export const planVersions = ({ plan, plans = [] }: Planned, principal: Fen): readonly PlanVersion[] =>
  plan.length === 0 ? plans : [{ no: 0, instalments: plan, paidBefore: principal - total(plan), steps: [] }, ...plans];

/** The versions as they were at the end of a day. */
export const versionsOn = (versions: readonly PlanVersion[], day: LegalDay): readonly PlanVersion[] =>
  versions.flatMap((version) => {
    const steps = version.steps.filter(({ on }) => on <= day);
    return steps.length === 0 && version.steps.length > 0 ? [] : [{ ...version, steps }];
  });

const stepOf = ({ steps }: PlanVersion, kind: PlanStep['kind']): PlanStep | undefined =>
  steps.find((step) => step.kind === kind);

/** From which day a version is in force; null while it is not agreed. That of the former register always was. */
export const agreedOn = (version: PlanVersion): LegalDay | null =>
  version.steps.length === 0 ? '0001-01-01' : (stepOf(version, 'ACCEPTED')?.on ?? null);

/** The version in force on a day: the last one that both sides had agreed to by then. */
export const planInForce = (versions: readonly PlanVersion[], day: LegalDay): PlanVersion | null =>
  versions.findLast((version) => (agreedOn(version) ?? '9999-12-31') <= day) ?? null;

/** The proposal that waits for an answer; null when none does. */
export const openProposal = (versions: readonly PlanVersion[]): PlanVersion | null =>
  versions.find(({ steps }) => steps.at(-1)?.kind === 'PROPOSED') ?? null;

/** What became of a version by a day. */
export function planState(version: PlanVersion, versions: readonly PlanVersion[], day: LegalDay): PlanState {
  if (agreedOn(version) !== null) return planInForce(versions, day)?.no === version.no ? 'IN_FORCE' : 'SUPERSEDED';
  const last = version.steps.at(-1)?.kind;
  return last === 'DECLINED' || last === 'WITHDRAWN' ? last : 'PROPOSED';
}

export interface PlanPosition {
  readonly version: PlanVersion;
  /** Sum of the instalments: what was owed when the plan was proposed. */
  readonly planned: Fen;
  /** What the plan wanted paid before the day. */
  readonly dueByNow: Fen;
  /** Paid beyond what was paid before the plan. */
  readonly paid: Fen;
  readonly isBehind: boolean;
  readonly nextDueOn: LegalDay | null;
}

/**
 * How the plan in force is kept on a day; null while none is. A plan is over what was owed when it was proposed, so
 * what had been paid before does not count towards it; where such an earlier payment is reversed later, what is paid
 * then makes up for it first. Nobody is behind who owes nothing any more: a plan can be over more than is owed, where a
 * cost that it held was reversed.
 * @param paid all that was paid of the debt by the day
 * @param owed what is owed on the day and not disputed, with interest and costs
 */
export function planPosition(
  versions: readonly PlanVersion[],
  { paid, owed }: { readonly paid: Fen; readonly owed: Fen },
  asOf: LegalDay,
): PlanPosition | null {
  const version = planInForce(versions, asOf);
  if (version === null) return null;
  const { instalments, paidBefore } = version;
  const dueByNow = total(instalments.filter(({ dueOn }) => dueOn < asOf));
  const since = Math.max(0, paid - paidBefore);
  let reached = 0;
  const next = instalments.find((instalment) => {
    reached += instalment.amount;
    return reached > since;
  });
  return {
    version,
    planned: total(instalments),
    dueByNow,
    paid: since,
    isBehind: since < dueByNow && owed > 0,
    nextDueOn: owed > 0 ? (next?.dueOn ?? null) : null,
  };
}

export type PlanFault = Problem<
  | 'NOT_A_DATE'
  | 'PLAN_EMPTY'
  | 'PLAN_TOO_MANY'
  | 'PLAN_OUT_OF_ORDER'
  | 'PLAN_IN_THE_PAST'
  | 'PLAN_TOO_LONG'
  | 'PLAN_OTHER_SUM'
>;

/** How many days after its proposal a plan may end unless the city says otherwise: three years, the project's own. */
export const LONGEST_PLAN_DAYS = 1_095;
/** Instalments of one plan. The project's own limit. */
const MOST_INSTALMENTS = 120;

/**
 * The first reason why instalments make no plan; null when they do: in order of their days, from today on and up to the
 * latest day that the city allows, and exactly what is owed and not disputed.
 * @param longestDays how far away the last day may lie
 */
export function planFault(
  instalments: readonly PlanInstalment[],
  { owed, today, longestDays }: { readonly owed: Fen; readonly today: LegalDay; readonly longestDays: number },
): PlanFault | null {
  const latest = addDays(today, longestDays);
  const path = ['instalments'];
  if (instalments.length === 0) return { code: 'PLAN_EMPTY', path, message: 'a plan has one instalment at least' };
  if (instalments.length > MOST_INSTALMENTS)
    return {
      code: 'PLAN_TOO_MANY',
      path,
      message: `a plan has ${MOST_INSTALMENTS} instalments at most`,
      details: { most: MOST_INSTALMENTS },
    };
  for (const [index, { dueOn: date, amount }] of instalments.entries()) {
    const at = (code: PlanFault['code'], message: string): PlanFault => ({
      code,
      path: [...path, String(index)],
      message,
      details: { date, today, latest },
    });
    if (!isLegalDay(date)) return at('NOT_A_DATE', `"${date}" is not a date`);
    if (amount < 1 || date <= (instalments[index - 1]?.dueOn ?? ''))
      return at('PLAN_OUT_OF_ORDER', 'instalments are more than zero and in order of due date');
    if (date < today) return at('PLAN_IN_THE_PAST', `${date} is over; a plan begins today at the earliest`);
    if (date > latest)
      return at('PLAN_TOO_LONG', `${date} is after ${latest}, the latest day of a plan that is agreed today`);
  }
  const [planned, left] = [formatYuan(total(instalments)), formatYuan(owed)];
  return total(instalments) === owed
    ? null
    : {
        code: 'PLAN_OTHER_SUM',
        path,
        message: `the plan adds up to ${planned}, and ${left} is owed and not disputed`,
        details: { planned, owed: left },
      };
}

export type AnswerRefusal = Problem<'UNKNOWN_PLAN' | 'NOT_OPEN' | 'OTHER_SIDE'>;

/** What an answer is, or why it cannot be given: the other side accepts or declines, the proposer withdraws. */
export function answerStep(
  versions: readonly PlanVersion[],
  { no, answer, side }: { readonly no: number; readonly answer: PlanAnswer; readonly side: PlanSide },
): { readonly kind: PlanStep['kind'] } | AnswerRefusal {
  const at = (code: AnswerRefusal['code'], message: string): AnswerRefusal => ({
    code,
    path: ['plan'],
    message,
    details: { plan: no },
  });
  const version = versions.find((each) => each.no === no && each.steps.length > 0);
  if (!version) return at('UNKNOWN_PLAN', `the debt has no plan ${no} that was proposed`);
  if (version.steps.at(-1)?.kind !== 'PROPOSED') return at('NOT_OPEN', `plan ${no} was answered already`);
  const isOwn = stepOf(version, 'PROPOSED')?.side === side;
  if (answer === 'DECLINE') return { kind: isOwn ? 'WITHDRAWN' : 'DECLINED' };
  return isOwn ? at('OTHER_SIDE', `plan ${no} is accepted by the other side`) : { kind: 'ACCEPTED' };
}

/** The day on which a version was proposed; null for that of the former register. */
export const proposedOn = (version: PlanVersion): LegalDay | null => stepOf(version, 'PROPOSED')?.on ?? null;
