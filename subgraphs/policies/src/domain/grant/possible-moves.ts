import type { LegalDay } from '@zhitong/values';
import {
  decideMove,
  GRANT_MOVES,
  legalMoves,
  nextInstalment,
  type GrantDecision,
  type GrantMove,
  type GrantState,
} from './grant.js';

/** Moves for which a grant is looked at again: the notice to the enterprise and to the public, approval, payment. */
export const LOOKED_AT_AGAIN: ReadonlySet<GrantMove> = new Set(['NOTIFY', 'PUBLICISE', 'APPROVE', 'PAY']);

/** What decides beside the grant itself whether a move of it is made now. Money in fen. */
export interface MoveConditions {
  readonly today: LegalDay;
  /** Who moves it, as the token names the person. */
  readonly sub: string;
  /** Last day of a public notice that begins today. */
  readonly noticeFromToday: LegalDay;
  /** Last day of the one that began, by the calendar as it is known now; empty where nobody knows when it began. */
  readonly noticeUntil: LegalDay;
  /** Objections to it that nobody has decided on. */
  readonly openObjections: number;
  /** An officer's proposal to ask its money back waits for another one. */
  readonly isRecoveryProposed: boolean;
  /** What the enterprise has paid back of it. */
  readonly recoveredFen: number;
  /** Who decided that it is paid, and how much. */
  readonly deciders: readonly string[];
  /** From which amount on two persons decide and pay. */
  readonly twoPersonsFromFen: number;
  /** First day on which the next instalment is due; null where it is due at once. */
  readonly dueFrom: LegalDay | null;
  /** A change of the enterprise was reported and is not read yet. */
  readonly isBehind: boolean;
  /** What is left of the budget; null without a limit. */
  readonly budgetLeftFen: number | null;
}

/** A grant of which moves are decided. */
export type MovableGrant = GrantState & {
  readonly amountFen: number;
  readonly paidFen: number;
  readonly account: object | null;
};

/** What a move needs beside the grant. */
export interface MoveInput {
  readonly instalment?: number | undefined;
  readonly amountFen?: number | undefined;
  readonly planned?: readonly number[] | null | undefined;
}

/** Why a move is not made. */
export type Hindrance =
  | Extract<GrantDecision, { ok: false }>['reason']
  | 'NO_ACCOUNT'
  | 'OBJECTION_OPEN'
  | 'RECOVERY_PROPOSED'
  | 'PAID_BACK'
  | 'SAME_PERSON'
  | 'BEHIND'
  | 'NOT_DUE'
  | 'BUDGET_SHORT';

type Tried =
  | { readonly ok: true; readonly decision: Extract<GrantDecision, { ok: true }> }
  | { readonly ok: false; readonly hindrance: Hindrance; readonly reserveFen: number };

/**
 * Decides a move with everything that can refuse it: what a caller is told can be done and what is done when it is
 * tried are decided here alone. Whether the grant is still due is another question: that does not refuse a move but
 * suspends the grant (`doubtsAbout`).
 */
export function tryDecide(grant: MovableGrant, move: GrantMove, input: MoveInput, conditions: MoveConditions): Tried {
  const { today, noticeFromToday, noticeUntil } = conditions;
  const decision = decideMove(grant, move, {
    ...input,
    today,
    noticeUntil: move === 'APPROVE' ? noticeUntil : noticeFromToday,
  });
  if (!decision.ok) return { ok: false, hindrance: decision.reason, reserveFen: 0 };
  const hindrance = hindranceOf(grant, move, decision, conditions);
  return hindrance === null ? { ok: true, decision } : { ok: false, hindrance, reserveFen: decision.reserveFen };
}

function hindranceOf(
  { account, amountFen, paidFen }: MovableGrant,
  move: GrantMove,
  decision: Extract<GrantDecision, { ok: true }>,
  conditions: MoveConditions,
): Hindrance | null {
  const { today, sub, deciders, twoPersonsFromFen, dueFrom, budgetLeftFen, recoveredFen } = conditions;
  if (decision.orderInstalment !== null && account === null) return 'NO_ACCOUNT';
  if (move === 'APPROVE' && conditions.openObjections > 0) return 'OBJECTION_OPEN';
  if (move === 'PAY' && conditions.isRecoveryProposed) return 'RECOVERY_PROPOSED';
  // The bank does not send back what the enterprise has paid back.
  if (decision.paidFen < 0 && paidFen + decision.paidFen < recoveredFen) return 'PAID_BACK';
  if (move === 'PAY' && amountFen >= twoPersonsFromFen && deciders.includes(sub)) return 'SAME_PERSON';
  if (LOOKED_AT_AGAIN.has(move) && conditions.isBehind) return 'BEHIND';
  if (move === 'PAY' && dueFrom !== null && dueFrom > today) return 'NOT_DUE';
  if (decision.reserveFen > 0 && budgetLeftFen !== null && decision.reserveFen > budgetLeftFen) return 'BUDGET_SHORT';
  return null;
}

/** Inputs of which one is accepted where any is: the smallest amount above what is paid, each instalment sent back. */
function inputsFor(grant: MovableGrant, move: GrantMove): readonly MoveInput[] {
  if (move === 'CHANGE_AMOUNT') return [{ amountFen: grant.paidFen + 1 }];
  if (move !== 'RETURN') return [{}];
  const under = grant.status === 'PAYING' ? nextInstalment(grant) : -1;
  return grant.instalmentsFen.flatMap((fen, instalment) =>
    fen > 0 && (instalment < grant.settled || instalment === under) ? [{ instalment }] : [],
  );
}

/** The moves of a grant that are not refused now, of whoever moves it. */
export function possibleMoves(grant: MovableGrant, conditions: MoveConditions): GrantMove[] {
  const legal = legalMoves(grant.status, grant.paidFen > 0, grant.life);
  return GRANT_MOVES.filter(
    (move) =>
      legal.includes(move) && inputsFor(grant, move).some((input) => tryDecide(grant, move, input, conditions).ok),
  );
}
