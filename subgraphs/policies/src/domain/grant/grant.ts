import { addDays, type LegalDay } from '@zhitong/values';

/** Where a grant stands [免申即享的各环节]. */
export const GRANT_STATUSES = [
  'IDENTIFIED',
  'NOTIFIED',
  'CONFIRMED',
  'PUBLICISED',
  'APPROVED',
  'PAYING',
  'PAID',
  'RETURNED',
  'CLOSED',
  'WITHDRAWN',
] as const;
export type GrantStatus = (typeof GRANT_STATUSES)[number];

/** What can be done with a grant. SETTLE and RETURN are what the bank reports. */
export const GRANT_MOVES = [
  'NOTIFY',
  'CONFIRM',
  'PUBLICISE',
  'APPROVE',
  'PAY',
  'SETTLE',
  'RETURN',
  'CLOSE',
  'WITHDRAW',
] as const;
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

/**
 * The moves that are possible where a grant stands. Settled money can come back wherever the grant stands by then [退汇]:
 * banks find weeks later that an account was closed or renamed.
 * @param paid a part of the grant is settled and has not come back.
 */
export const legalMoves = (status: GrantStatus, paid = false): readonly GrantMove[] =>
  paid && !MOVES[status].includes('RETURN') ? [...MOVES[status], 'RETURN'] : MOVES[status];

/** What a move is decided on. Money in whole fen. */
export interface GrantState {
  readonly status: GrantStatus;
  readonly instalmentsFen: readonly number[];
  /** Instalments that were settled, the first ones; some of them may have come back. */
  readonly settled: number;
  /**
   * Those of the settled instalments, counted from 0, that came back and are not paid again; left out while none did.
   */
  readonly returned?: readonly number[];
  /** Money of another instalment came back while one was under way: the account is put right before the next order. */
  readonly accountInDoubt?: boolean;
  /** Last day of the public notice; null before it. */
  readonly publicUntil: LegalDay | null;
  /** The grant holds a share of the budget. */
  readonly reserved: boolean;
}

/** What a move makes of a grant. */
export type GrantDecision =
  | {
      readonly ok: true;
      readonly status: GrantStatus;
      readonly settled: number;
      readonly returned: readonly number[];
      readonly accountInDoubt: boolean;
      readonly publicUntil: LegalDay | null;
      readonly reserved: boolean;
      /** Fen to take from the budget; negative gives back. */
      readonly reserveFen: number;
      /** Fen that were paid by this move; negative came back. */
      readonly paidFen: number;
      /** Instalment, counted from 0, for which an order goes to the bank. */
      readonly orderInstalment: number | null;
    }
  | {
      readonly ok: false;
      readonly reason: 'ILLEGAL_MOVE' | 'STILL_PUBLIC' | 'NOTHING_TO_PAY';
      readonly legal: readonly GrantMove[];
    };

const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);

/** Fen of a grant that are settled and did not come back. */
const paidFenOf = ({ instalmentsFen, settled, returned = [] }: GrantState): number =>
  sum(instalmentsFen.filter((_, index) => index < settled && !returned.includes(index)));

/** The instalment that is paid next: the earliest that came back, else the first that was never settled. */
const nextInstalment = ({ settled, returned = [] }: GrantState): number => Math.min(settled, ...returned);

/**
 * Decides a move of the exempt-from-application procedure: identified, notified, account confirmed, shown in public for
 * its days, approved (which takes the whole amount from the budget), paid instalment by instalment, closed.
 * @param publicityDays days of the public notice [公示期]; the grant can be approved on the day after the last.
 * @param instalment what the bank reports about, counted from 0; the next one to be paid when left out.
 */
export function decideMove(
  grant: GrantState,
  move: GrantMove,
  {
    today,
    publicityDays,
    instalment = nextInstalment(grant),
  }: { today: LegalDay; publicityDays: number; instalment?: number },
): GrantDecision {
  const { settled, publicUntil, reserved, instalmentsFen, returned = [], accountInDoubt = false } = grant;
  const paidFen = paidFenOf(grant);
  const legal = legalMoves(grant.status, paidFen > 0);
  if (!legal.includes(move)) return { ok: false, reason: 'ILLEGAL_MOVE', legal };
  const amountFen = sum(instalmentsFen);
  const unpaidFen = amountFen - paidFen;
  const same = {
    ok: true,
    settled,
    returned,
    accountInDoubt,
    publicUntil,
    reserved,
    reserveFen: 0,
    paidFen: 0,
    orderInstalment: null,
  } as const;
  switch (move) {
    case 'NOTIFY':
      return { ...same, status: 'NOTIFIED' };
    case 'CONFIRM':
      return { ...same, status: grant.status === 'RETURNED' ? 'APPROVED' : 'CONFIRMED' };
    case 'PUBLICISE':
      return { ...same, status: 'PUBLICISED', publicUntil: addDays(today, publicityDays - 1) };
    case 'APPROVE':
      if (publicUntil !== null && today <= publicUntil) return { ok: false, reason: 'STILL_PUBLIC', legal };
      return { ...same, status: 'APPROVED', reserved: true, reserveFen: amountFen };
    case 'PAY':
      if (unpaidFen === 0) return { ok: false, reason: 'NOTHING_TO_PAY', legal };
      return { ...same, status: 'PAYING', orderInstalment: nextInstalment(grant) };
    case 'SETTLE':
      return decideSettlement(grant, same, instalment);
    case 'RETURN':
      return decideReturn(grant, { ...same, legal }, instalment);
    case 'CLOSE':
      return { ...same, status: 'CLOSED' };
    case 'WITHDRAW':
      return { ...same, status: 'WITHDRAWN', reserved: false, reserveFen: reserved ? -unpaidFen : 0 };
  }
}

/** The decision of a move that changes nothing but where the grant stands. */
type Unchanged = Omit<Extract<GrantDecision, { ok: true }>, 'status'>;

function decideSettlement(
  { instalmentsFen }: GrantState,
  { settled: before, returned: back, accountInDoubt, ...same }: Unchanged,
  instalment: number,
): GrantDecision {
  const settled = Math.max(before, instalment + 1);
  const returned = back.filter((index) => index !== instalment);
  const isPaid = settled === instalmentsFen.length && returned.length === 0;
  const status = accountInDoubt ? 'RETURNED' : isPaid ? 'PAID' : 'APPROVED';
  return { ...same, status, settled, returned, accountInDoubt: false, paidFen: instalmentsFen[instalment] ?? 0 };
}

/**
 * Money came back: of the order under way, or of one that was settled before. What was settled is unpaid again and
 * stays in the budget for the enterprise, until it is withdrawn; of a grant that was withdrawn in part it goes back to
 * the budget.
 */
function decideReturn(
  { status, instalmentsFen }: GrantState,
  { legal, ...same }: Unchanged & { readonly legal: readonly GrantMove[] },
  instalment: number,
): GrantDecision {
  const wasSettled = instalment < same.settled && !same.returned.includes(instalment);
  if (!wasSettled)
    return status === 'PAYING'
      ? { ...same, status: 'RETURNED', accountInDoubt: false }
      : { ok: false, reason: 'ILLEGAL_MOVE', legal };
  const partFen = instalmentsFen[instalment] ?? 0;
  const back = { ...same, returned: [...same.returned, instalment], paidFen: -partFen };
  if (status === 'WITHDRAWN') return { ...back, status, reserveFen: -partFen };
  return status === 'PAYING' ? { ...back, status, accountInDoubt: true } : { ...back, status: 'RETURNED' };
}

/** The period of a grant: `ALL` for a benefit that is had once, else the year of the day. */
export const grantPeriodOn = (period: 'ONCE' | 'YEAR', day: LegalDay): string =>
  period === 'ONCE' ? 'ALL' : day.slice(0, 4);

const ACCOUNT = /^\d{8,30}$/;

/** Why an account number cannot be used, or null: digits only, 8 to 30 of them, blanks allowed between. */
export const accountProblem = (number: string): string | null =>
  ACCOUNT.test(number.replace(/[\s-]/g, '')) ? null : 'an account number has 8 to 30 digits';

/** An account number as it may be shown: the last four digits. */
export const maskedAccount = (number: string): string => `****${number.replace(/[\s-]/g, '').slice(-4)}`;
