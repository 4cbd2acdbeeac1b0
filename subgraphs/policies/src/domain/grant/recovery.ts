import { said, type Said } from '../refusal-words.js';
import { addDays, isLegalDay, isWeekend, isWorkingDay, type LegalDay, type WorkingCalendar } from '@zhitong/values';

/**
 * Where a demand to pay a grant back stands [追回]: proposed by one officer, demanded or rejected by another one, all
 * of it back, or withdrawn by a third.
 */
export const RECOVERY_STATES = ['PROPOSED', 'REJECTED', 'DEMANDED', 'RECOVERED', 'WITHDRAWN'] as const;
export type RecoveryState = (typeof RECOVERY_STATES)[number];

/** States of demands that were made to the enterprise; of a proposal it learns nothing before that. */
export const DEMANDED_STATES: readonly RecoveryState[] = ['DEMANDED', 'RECOVERED', 'WITHDRAWN'];

/** What an officer decides on a proposal, or later on the demand. */
export const RECOVERY_DECISIONS = ['DEMAND', 'REJECT', 'WITHDRAW'] as const;
export type RecoveryDecision = (typeof RECOVERY_DECISIONS)[number];

/** A part of what is asked back, in fen, and the last day on which it is paid in time. */
export interface RecoveryInstalment {
  readonly dueOn: LegalDay;
  readonly fen: number;
}

/** One step of a demand, kept for good. */
export interface RecoveryStep {
  readonly kind: 'PROPOSED' | 'DEMANDED' | 'REJECTED' | 'WITHDRAWN';
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
}

/** What is asked back of a grant, and what has come, in fen. */
export interface Recovery {
  readonly state: RecoveryState;
  readonly amountFen: number;
  readonly instalments: readonly RecoveryInstalment[];
  readonly receivedFen: number;
  readonly steps: readonly RecoveryStep[];
}

/** Ten years: a later day is a slip of the pen. The project's own limit. */
const MOST_DAYS = 3_653;

const total = (instalments: readonly RecoveryInstalment[]): number =>
  instalments.reduce((sum, { fen }) => sum + fen, 0);

/** Beyond the published calendar weekends are the only days off. */
const isWorked = (calendar: WorkingCalendar, day: LegalDay): boolean => {
  const answer = isWorkingDay(calendar, day);
  return answer.known ? answer.value : !isWeekend(day);
};

/** What of a proposal cannot be, and why. */
export interface RecoveryFault extends Said {
  /** The instalment, counted from 0; null for all of them. */
  readonly instalment: number | null;
}

/**
 * What is wrong with a proposal to ask money back, or null: more than was paid and neither came back nor is asked back
 * already; an instalment of nothing; days that are over, days off (no bank books on them), in no order or beyond ten
 * years.
 * @param leftFen what is paid of the grant and can still be asked back.
 */
export function proposalFault(
  instalments: readonly RecoveryInstalment[],
  { leftFen, today, calendar }: { leftFen: number; today: LegalDay; calendar: WorkingCalendar },
): RecoveryFault | null {
  for (const [instalment, { dueOn, fen }] of instalments.entries()) {
    const fault = (words: Said): RecoveryFault => ({ instalment, ...words });
    if (fen <= 0) return fault(said('INSTALMENT_OF_NOTHING'));
    if (!isLegalDay(dueOn) || dueOn <= today) return fault(said('NO_DAY_TO_COME', { day: dueOn }));
    if (dueOn > addDays(today, MOST_DAYS)) return fault(said('DAY_TOO_FAR', { day: dueOn }));
    if (!isWorked(calendar, dueOn)) return fault(said('DAY_OFF', { day: dueOn }));
    if (dueOn <= (instalments[instalment - 1]?.dueOn ?? '')) return fault(said('DAY_NOT_AFTER', { day: dueOn }));
  }
  return total(instalments) <= leftFen ? null : { instalment: null, ...said('ASKED_BACK_TOO_MUCH') };
}

/** What demands take of a grant's paid money: all of one that stands, of a withdrawn one what came. In fen. */
export const askedBackFen = (recoveries: readonly Pick<Recovery, 'state' | 'amountFen' | 'receivedFen'>[]): number =>
  recoveries.reduce(
    (sum, { state, amountFen, receivedFen }) =>
      sum + (state === 'REJECTED' ? 0 : state === 'WITHDRAWN' ? receivedFen : amountFen),
    0,
  );

/** Why a decision on a demand cannot be made. */
export type RecoveryRefusal =
  | { readonly reason: 'ILLEGAL_STATE' }
  /** Two persons for money: the one who has to be somebody else. */
  | { readonly reason: 'SAME_PERSON'; readonly by: string };

/**
 * Decides on a demand. Nobody decides on what he proposed; who withdraws a demand [撤回追回], which lets money go, has
 * neither proposed nor made it.
 */
export function decideRecovery(
  { state, steps }: Pick<Recovery, 'state' | 'steps'>,
  decision: RecoveryDecision,
  sub: string,
):
  | { readonly ok: true; readonly state: 'DEMANDED' | 'REJECTED' | 'WITHDRAWN' }
  | ({ readonly ok: false } & RecoveryRefusal) {
  const from: RecoveryState = decision === 'WITHDRAW' ? 'DEMANDED' : 'PROPOSED';
  if (state !== from) return { ok: false, reason: 'ILLEGAL_STATE' };
  if (steps.some(({ by }) => by === sub)) return { ok: false, reason: 'SAME_PERSON', by: sub };
  return { ok: true, state: decision === 'DEMAND' ? 'DEMANDED' : decision === 'REJECT' ? 'REJECTED' : 'WITHDRAWN' };
}

/**
 * The first instalment whose day is over or runs out today, or null: whoever were asked for it now would be late from
 * the beginning, so that it is not demanded.
 */
export const lateInstalment = (
  { instalments }: Pick<Recovery, 'instalments'>,
  today: LegalDay,
): RecoveryInstalment | null => instalments.find(({ dueOn }) => dueOn <= today) ?? null;

/** Who made a demand, and so does not note what comes of it; null before it is made. */
export const demandedBy = ({ steps }: Pick<Recovery, 'steps'>): string | null =>
  steps.find(({ kind }) => kind === 'DEMANDED')?.by ?? null;

/** What can be done with a demand: what is decided on it, and noting what came. */
export type RecoveryMove = RecoveryDecision | 'RECORD';

/** What a person can do with a demand today, who may decide on it and note what comes. */
export function recoveryMoves(
  recovery: Pick<Recovery, 'state' | 'steps' | 'instalments'>,
  { sub, today, mayDecide, mayRecord }: { sub: string; today: LegalDay; mayDecide: boolean; mayRecord: boolean },
): RecoveryMove[] {
  const decisions = RECOVERY_DECISIONS.filter(
    (decision) =>
      mayDecide &&
      decideRecovery(recovery, decision, sub).ok &&
      (decision !== 'DEMAND' || lateInstalment(recovery, today) === null),
  );
  const records = mayRecord && recovery.state === 'DEMANDED' && demandedBy(recovery) !== sub;
  return [...decisions, ...(records ? (['RECORD'] as const) : [])];
}

/** What is overdue on a day: was due before it and has not come. What comes counts towards the earliest instalment. */
export function overdueFen(
  { state, instalments, receivedFen }: Pick<Recovery, 'state' | 'instalments' | 'receivedFen'>,
  today: LegalDay,
): number {
  if (state !== 'DEMANDED') return 0;
  return Math.max(0, total(instalments.filter(({ dueOn }) => dueOn < today)) - receivedFen);
}

/** The first day on which something of a demand is overdue, unless more comes; null when all of it has come. */
export function overdueFrom(instalments: readonly RecoveryInstalment[], receivedFen: number): LegalDay | null {
  const open = instalments.findIndex((_, index) => total(instalments.slice(0, index + 1)) > receivedFen);
  const dueOn = instalments[open]?.dueOn;
  return dueOn === undefined ? null : addDays(dueOn, 1);
}
