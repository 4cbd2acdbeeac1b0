import type { Fen, LegalDay } from '@zhitong/values';

/** What happens to a demand to pay a grant back, as the policies department tells it. */
export const CLAIM_STEPS = ['DEMANDED', 'RECEIVED', 'RECOVERED', 'WITHDRAWN', 'OVERDUE'] as const;
export type ClaimStepKind = (typeof CLAIM_STEPS)[number];

/** One step of a claim, kept for good. */
export interface ClaimStep {
  readonly kind: ClaimStepKind;
  /** Day in Shanghai. */
  readonly on: LegalDay;
  /** What had come by then. */
  readonly received: Fen;
}

/** What an enterprise owes to the government: a grant that is asked back (追回). Amounts in fen. */
export interface GovernmentClaim {
  /** Number of the demand. */
  readonly id: string;
  readonly uscc: string;
  /** Code of the department that paid and asks back. */
  readonly department: string;
  readonly grant: string;
  readonly policy: string;
  readonly reason: string;
  readonly amount: Fen;
  /** In order of their days. */
  readonly instalments: readonly { readonly dueOn: LegalDay; readonly amount: Fen }[];
  /** The earliest first. */
  readonly steps: readonly ClaimStep[];
}

export type ClaimState = 'OPEN' | 'OVERDUE' | 'REPAID' | 'WITHDRAWN';

export interface ClaimPosition {
  readonly state: ClaimState;
  readonly demandedOn: LegalDay;
  readonly received: Fen;
  readonly outstanding: Fen;
  /** Was due before the day and has not come. */
  readonly overdue: Fen;
}

/**
 * A claim on a day; null before it was made. What is overdue follows from the instalments, so that it does not wait for
 * anybody to tell of it: what comes counts towards the earliest, and an instalment is overdue from the day after its
 * due day.
 */
export function claimPosition({ amount, instalments, steps }: GovernmentClaim, on: LegalDay): ClaimPosition | null {
  const happened = steps.filter((step) => step.on <= on);
  const [first] = happened;
  if (first === undefined) return null;
  const received = happened.reduce((most, step) => Math.max(most, step.received), 0);
  const base = { demandedOn: first.on, received };
  if (happened.some(({ kind }) => kind === 'WITHDRAWN'))
    return { ...base, state: 'WITHDRAWN', outstanding: 0, overdue: 0 };
  if (happened.some(({ kind }) => kind === 'RECOVERED') || received >= amount)
    return { ...base, state: 'REPAID', outstanding: 0, overdue: 0 };
  const due = instalments.reduce((sum, each) => sum + (each.dueOn < on ? each.amount : 0), 0);
  const overdue = Math.max(0, due - received);
  return { ...base, state: overdue > 0 ? 'OVERDUE' : 'OPEN', outstanding: amount - received, overdue };
}

/** Whether something of a claim is overdue on a day. */
export const isClaimOverdue = (claim: GovernmentClaim, on: LegalDay): boolean =>
  claimPosition(claim, on)?.state === 'OVERDUE';

/**
 * Whether a claim is shown for a day: to whom history is no need only what is owed on it and still today.
 */
export const isClaimShown = (
  claim: GovernmentClaim,
  { on, today }: { readonly on: LegalDay; readonly today: LegalDay },
  needsHistory: boolean,
): boolean => {
  const isOwed = (day: LegalDay): boolean => (claimPosition(claim, day)?.outstanding ?? 0) > 0;
  return needsHistory ? claimPosition(claim, on) !== null : isOwed(on) && isOwed(today);
};
