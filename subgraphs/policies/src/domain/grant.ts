import { daysBack, type Day } from './calendar-day.js';

/** Where a grant stands [免申即享的各环节]. */
export const GRANT_STATUSES = ['IDENTIFIED', 'NOTIFIED', 'CONFIRMED', 'PUBLICISED', 'APPROVED', 'PAYING', 'PAID', 'RETURNED', 'CLOSED', 'WITHDRAWN'] as const;
export type GrantStatus = (typeof GRANT_STATUSES)[number];

/** What can be done with a grant. SETTLE and RETURN are what the bank reports. */
export const GRANT_MOVES = ['NOTIFY', 'CONFIRM', 'PUBLICISE', 'APPROVE', 'PAY', 'SETTLE', 'RETURN', 'CLOSE', 'WITHDRAW'] as const;
export type GrantMove = (typeof GRANT_MOVES)[number];

const MOVES: Readonly<Record<GrantStatus, readonly GrantMove[]>> = {
  IDENTIFIED: ['NOTIFY', 'WITHDRAW'],
  NOTIFIED: ['CONFIRM', 'WITHDRAW'],
  CONFIRMED: ['PUBLICISE', 'WITHDRAW'],
  PUBLICISED: ['APPROVE', 'WITHDRAW'],
  APPROVED: ['PAY', 'WITHDRAW'],
  PAYING: ['SETTLE', 'RETURN'],
  PAID: ['CLOSE'],
  /** The money came back: the enterprise puts its account right, which needs no second public notice. */
  RETURNED: ['CONFIRM', 'WITHDRAW'],
  CLOSED: [],
  WITHDRAWN: [],
};

/** The moves that are possible where a grant stands. */
export const legalMoves = (status: GrantStatus): readonly GrantMove[] => MOVES[status];

/** What a move is decided on. Money in whole fen. */
export interface GrantState {
  readonly status: GrantStatus;
  readonly instalmentsFen: readonly number[];
  /** Instalments that were settled. */
  readonly settled: number;
  /** Last day of the public notice; null before it. */
  readonly publicUntil: Day | null;
  /** The grant holds a share of the budget. */
  readonly reserved: boolean;
}

/** What a move makes of a grant. */
export type GrantDecision =
  | {
      readonly ok: true;
      readonly status: GrantStatus;
      readonly settled: number;
      readonly publicUntil: Day | null;
      readonly reserved: boolean;
      /** Fen to take from the budget; negative gives back. */
      readonly reserveFen: number;
      /** Fen that were paid by this move. */
      readonly paidFen: number;
      /** Instalment, counted from 0, for which an order goes to the bank. */
      readonly orderInstalment: number | null;
    }
  | { readonly ok: false; readonly reason: 'ILLEGAL_MOVE' | 'STILL_PUBLIC' | 'NOTHING_TO_PAY'; readonly legal: readonly GrantMove[] };

/**
 * Decides a move of the exempt-from-application procedure: identified, notified, account confirmed, shown in public for its
 * days, approved (which takes the whole amount from the budget), paid instalment by instalment, closed.
 * @param publicityDays days of the public notice [公示期]; the grant can be approved on the day after the last.
 */
export function decideMove(grant: GrantState, move: GrantMove, { today, publicityDays }: { today: Day; publicityDays: number }): GrantDecision {
  const legal = legalMoves(grant.status);
  if (!legal.includes(move)) return { ok: false, reason: 'ILLEGAL_MOVE', legal };
  const amountFen = grant.instalmentsFen.reduce((sum, part) => sum + part, 0);
  const unpaidFen = grant.instalmentsFen.slice(grant.settled).reduce((sum, part) => sum + part, 0);
  const same = { ok: true, settled: grant.settled, publicUntil: grant.publicUntil, reserved: grant.reserved, reserveFen: 0, paidFen: 0, orderInstalment: null } as const;
  switch (move) {
    case 'NOTIFY':
      return { ...same, status: 'NOTIFIED' };
    case 'CONFIRM':
      return { ...same, status: grant.status === 'RETURNED' ? 'APPROVED' : 'CONFIRMED' };
    case 'PUBLICISE':
      return { ...same, status: 'PUBLICISED', publicUntil: daysBack(today, 1 - publicityDays, 'DAYS') };
    case 'APPROVE':
      if (grant.publicUntil !== null && today <= grant.publicUntil) return { ok: false, reason: 'STILL_PUBLIC', legal };
      return { ...same, status: 'APPROVED', reserved: true, reserveFen: amountFen };
    case 'PAY':
      if (unpaidFen === 0) return { ok: false, reason: 'NOTHING_TO_PAY', legal };
      return { ...same, status: 'PAYING', orderInstalment: grant.settled };
    case 'SETTLE': {
      const settled = grant.settled + 1;
      return { ...same, status: settled < grant.instalmentsFen.length ? 'APPROVED' : 'PAID', settled, paidFen: grant.instalmentsFen[grant.settled] ?? 0 };
    }
    case 'RETURN':
      return { ...same, status: 'RETURNED' };
    case 'CLOSE':
      return { ...same, status: 'CLOSED' };
    case 'WITHDRAW':
      return { ...same, status: 'WITHDRAWN', reserved: false, reserveFen: grant.reserved ? -unpaidFen : 0 };
  }
}

/** The period of a grant: `ALL` for a benefit that is had once, else the year of the day. */
export const grantPeriodOn = (period: 'ONCE' | 'YEAR', day: Day): string => (period === 'ONCE' ? 'ALL' : day.slice(0, 4));

const ACCOUNT = /^\d{8,30}$/;

/** Why an account number cannot be used, or null: digits only, 8 to 30 of them, blanks allowed between. */
export const accountProblem = (number: string): string | null => (ACCOUNT.test(number.replace(/[\s-]/g, '')) ? null : 'an account number has 8 to 30 digits');

/** An account number as it may be shown: the last four digits. */
export const maskedAccount = (number: string): string => `****${number.replace(/[\s-]/g, '').slice(-4)}`;
