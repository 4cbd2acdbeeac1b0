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

/**
 * Moves for which a grant is looked at again: the notice to the enterprise and to the public, approval, and payment or
 * what is in its place where nothing is paid.
 */
export const LOOKED_AT_AGAIN: ReadonlySet<GrantMove> = new Set(['NOTIFY', 'PUBLICISE', 'APPROVE', 'PAY', 'HAND_OVER']);

/** Moves by which somebody reports what came of an order. */
const REPORTS: ReadonlySet<GrantMove> = new Set(['SETTLE', 'RETURN']);

/** What decides beside the grant itself whether a move of it is made now. Money in fen. */
export interface MoveConditions {
  readonly today: LegalDay;
  /** Who moves it, as the token names the person. */
  readonly sub: string;
  /** It is moved by a machine that passes on what the bank or the treasury says, which is nobody's second person. */
  readonly isMachine: boolean;
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
  /** Who sent the last order of an instalment, counted from 0; empty where none was sent. */
  readonly sendersOf: (instalment: number) => readonly string[];
  /** From which amount on two persons decide and pay, and pay and report what came of it. */
  readonly twoPersonsFromFen: number;
  /** First day on which the next instalment is due; null where it is due at once. */
  readonly dueFrom: LegalDay | null;
  /** A change of the enterprise was reported and is not read yet. */
  readonly isBehind: boolean;
  /** What is left of the budget; null without a limit. */
  readonly budgetLeftFen: number | null;
  /** Whether an amount that is less than the shown one is shown again, see `decideMove`. */
  readonly showsReduced: boolean;
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
  | 'SENT_BY_SAME_PERSON'
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
  const { today, noticeFromToday, noticeUntil, showsReduced } = conditions;
  const decision = decideMove(grant, move, {
    ...input,
    today,
    showsReduced,
    noticeUntil: move === 'APPROVE' ? noticeUntil : noticeFromToday,
  });
  if (!decision.ok) return { ok: false, hindrance: decision.reason, reserveFen: 0 };
  const { instalment = nextInstalment(grant) } = input;
  const hindrance = hindranceOf(grant, { move, instalment }, decision, conditions);
  return hindrance === null ? { ok: true, decision } : { ok: false, hindrance, reserveFen: decision.reserveFen };
}

function hindranceOf(
  { account, amountFen, paidFen }: MovableGrant,
  { move, instalment }: { move: GrantMove; instalment: number },
  decision: Extract<GrantDecision, { ok: true }>,
  conditions: MoveConditions,
): Hindrance | null {
  const { today, sub, deciders, twoPersonsFromFen, dueFrom, budgetLeftFen, recoveredFen } = conditions;
  const ofTwoPersons = amountFen >= twoPersonsFromFen;
  if (decision.orderInstalment !== null && account === null) return 'NO_ACCOUNT';
  if (move === 'APPROVE' && conditions.openObjections > 0) return 'OBJECTION_OPEN';
  if (move === 'PAY' && conditions.isRecoveryProposed) return 'RECOVERY_PROPOSED';
  // The bank does not send back what the enterprise has paid back.
  if (decision.paidFen < 0 && paidFen + decision.paidFen < recoveredFen) return 'PAID_BACK';
  if (move === 'PAY' && ofTwoPersons && deciders.includes(sub)) return 'SAME_PERSON';
  // 会计法 (2017) 37: whoever hands money out does not keep the accounts of it. So, too, nobody sends an order that
  // was paid once more by reporting that it came back.
  if (REPORTS.has(move) && ofTwoPersons && !conditions.isMachine && conditions.sendersOf(instalment).includes(sub))
    return 'SENT_BY_SAME_PERSON';
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
