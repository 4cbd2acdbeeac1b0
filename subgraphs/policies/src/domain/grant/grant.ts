import type { LegalDay } from '@zhitong/values';
import type { BenefitLife } from '../benefit/benefit-life.js';
import { said, type Said } from '../refusal-words.js';
import type { Doubt } from './doubts.js';

/** Where a grant stands [免申即享的各环节]. */
export const GRANT_STATUSES = [
  'IDENTIFIED',
  'NOTIFIED',
  'CONFIRMED',
  'PUBLICISED',
  'APPROVED',
  'HANDED_OVER',
  'PAYING',
  'PAID',
  'RETURNED',
  'SUSPENDED',
  'CLOSED',
  'WITHDRAWN',
] as const;
export type GrantStatus = (typeof GRANT_STATUSES)[number];

/**
 * What can be done with a grant. SETTLE and RETURN are what the bank reports; SUSPEND is what comes of a NOTIFY,
 * APPROVE, PAY or HAND_OVER that finds the grant in doubt; KEEP and CHANGE_AMOUNT are decisions of an officer on it.
 */
export const GRANT_MOVES = [
  'NOTIFY',
  'CONFIRM',
  'PUBLICISE',
  'APPROVE',
  'HAND_OVER',
  'PAY',
  'SETTLE',
  'RETURN',
  'SUSPEND',
  'KEEP',
  'CHANGE_AMOUNT',
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
  HANDED_OVER: [],
  PAYING: ['SETTLE', 'RETURN'],
  PAID: ['CLOSE'],
  /** The money came back: the enterprise puts its account right, which needs no second public notice. */
  RETURNED: ['CONFIRM', 'WITHDRAW'],
  /** In doubt: an officer keeps it, changes its amount, or drops it. */
  SUSPENDED: ['KEEP', 'CHANGE_AMOUNT', 'WITHDRAW'],
  CLOSED: [],
  WITHDRAWN: [],
};

/**
 * The same for what is not paid: without an account and an order, handed over [移交] to who grants it (a bank, the tax
 * office, who asks the fee) or certified.
 */
const MOVES_UNPAID: Readonly<Partial<Record<GrantStatus, readonly GrantMove[]>>> = {
  NOTIFIED: ['PUBLICISE', 'WITHDRAW'],
  APPROVED: ['HAND_OVER', 'WITHDRAW'],
  HANDED_OVER: ['CLOSE', 'WITHDRAW'],
  SUSPENDED: ['KEEP', 'WITHDRAW'],
};

/** Where nothing of a grant is to come any more. */
const OVER: ReadonlySet<GrantStatus> = new Set(['HANDED_OVER', 'PAID', 'CLOSED', 'WITHDRAWN']);

/** Whether something of a grant is still to come, before which it is decided again. */
export const isToCome = (status: GrantStatus): boolean => !OVER.has(status);

/**
 * The moves that are possible where a grant stands. Settled money can come back wherever the grant stands by then [退汇]:
 * banks find weeks later that an account was closed or renamed.
 * @param paid a part of the grant is settled and has not come back.
 */
export function legalMoves(status: GrantStatus, paid = false, life: BenefitLife = 'PAYMENT'): readonly GrantMove[] {
  const moves = (life === 'PAYMENT' ? undefined : MOVES_UNPAID[status]) ?? MOVES[status];
  return paid && !moves.includes('RETURN') ? [...moves, 'RETURN'] : moves;
}

/** What a grant is in doubt about, and where it stood when that was found. */
export interface Suspension {
  readonly before: GrantStatus;
  /** The move that was tried. */
  readonly move: GrantMove;
  readonly doubts: readonly Doubt[];
  /** What would be due by the facts of that moment, in fen; null where nobody can say. */
  readonly amountFen: number | null;
  /** The most that may be decided on, in fen; left out where only a formula of the policy says how much. */
  readonly mostFen?: number | undefined;
  readonly at: Date;
}

/** What a move is decided on. Money in whole fen. */
export interface GrantState {
  /** Left out for money. */
  readonly life?: BenefitLife;
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
  /** Last day of the public notice; null before it, and again while a changed amount waits for its own. */
  readonly publicUntil: LegalDay | null;
  /**
   * The amount that the public was shown, in fen, where an officer has changed it since and the new one is not shown
   * and approved yet; null or left out otherwise.
   */
  readonly formerlyShownFen?: number | null;
  /** The grant holds a share of the budget. */
  readonly reserved: boolean;
  /** Set while the grant is SUSPENDED. */
  readonly suspension?: Suspension | null;
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
      readonly formerlyShownFen: number | null;
      readonly reserved: boolean;
      readonly instalmentsFen: readonly number[];
      /** Fen to take from the budget; negative gives back. */
      readonly reserveFen: number;
      /** Fen that were paid by this move; negative came back. */
      readonly paidFen: number;
      /** Instalment, counted from 0, for which an order goes to the bank. */
      readonly orderInstalment: number | null;
    }
  | {
      readonly ok: false;
      readonly reason:
        | 'ILLEGAL_MOVE'
        | 'STILL_PUBLIC'
        | 'NOTHING_TO_PAY'
        | 'AMOUNT_NOT_ABOVE_PAID'
        | 'AMOUNT_ABOVE_LIMIT'
        | 'AMOUNT_UNDECIDED';
      readonly legal: readonly GrantMove[];
    };

const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);

const isPaid = ({ settled, returned = [] }: GrantState, index: number): boolean =>
  index < settled && !returned.includes(index);

/** Fen of a grant that are settled and did not come back. */
const paidFenOf = (grant: GrantState): number => sum(grant.instalmentsFen.filter((_, index) => isPaid(grant, index)));

/** An amount that was shown in public and is changed waits until the new one is shown and approved. */
const waitsForNotice = ({ formerlyShownFen }: GrantState): boolean => typeof formerlyShownFen === 'number';

/**
 * The instalment that is paid next: the earliest of more than nothing that came back or was never settled; the number
 * of instalments when there is none. An instalment of nothing [第三期为零] is passed over: a bank takes no order for it.
 */
export function nextInstalment(grant: GrantState): number {
  const next = grant.instalmentsFen.findIndex((fen, index) => fen > 0 && !isPaid(grant, index));
  return next < 0 ? grant.instalmentsFen.length : next;
}

/**
 * Decides a move of the exempt-from-application procedure: identified, notified, account confirmed, shown in public for
 * its days, approved (which takes the whole amount from the budget), paid instalment by instalment, closed. An amount
 * that is changed after it was shown is shown again, with objections, and approved again before anything more is paid;
 * what the first approval took from the budget stays taken meanwhile. Whether the grant is still due is another
 * question, see `doubtsAbout`.
 * @param noticeUntil last day of a public notice [公示期] that begins today, or of the one that has begun, by the
 *   calendar as it is known now; the grant can be approved on the day after.
 * @param instalment what the bank reports about, counted from 0; the next one to be paid when left out.
 * @param amountFen the amount that an officer decides on, for CHANGE_AMOUNT.
 * @param planned that amount in the instalments that the policy plans; null to share it as the former one was.
 * @param showsReduced whether an amount that is less than the shown one is shown again, too. Unconfirmed: no binding
 *   general source was found on either, so the city decides.
 */
export function decideMove(
  grant: GrantState,
  move: GrantMove,
  {
    today,
    noticeUntil,
    instalment = nextInstalment(grant),
    amountFen: decidedFen = 0,
    planned = null,
    showsReduced = true,
  }: {
    today: LegalDay;
    noticeUntil: LegalDay;
    instalment?: number | undefined;
    amountFen?: number | undefined;
    planned?: readonly number[] | null | undefined;
    showsReduced?: boolean | undefined;
  },
): GrantDecision {
  const { settled, publicUntil, reserved, instalmentsFen, returned = [], accountInDoubt = false } = grant;
  const { formerlyShownFen = null } = grant;
  const paidFen = paidFenOf(grant);
  const legal = legalMoves(grant.status, paidFen > 0, grant.life);
  if (!legal.includes(move)) return { ok: false, reason: 'ILLEGAL_MOVE', legal };
  const amountFen = sum(instalmentsFen);
  const unpaidFen = amountFen - paidFen;
  const same = {
    ok: true,
    settled,
    returned,
    accountInDoubt,
    publicUntil,
    formerlyShownFen,
    reserved,
    instalmentsFen,
    reserveFen: 0,
    paidFen: 0,
    orderInstalment: null,
  } as const;
  switch (move) {
    case 'NOTIFY':
      return { ...same, status: 'NOTIFIED' };
    case 'CONFIRM':
      return { ...same, status: grant.status === 'RETURNED' && !waitsForNotice(grant) ? 'APPROVED' : 'CONFIRMED' };
    case 'PUBLICISE':
      return { ...same, status: 'PUBLICISED', publicUntil: noticeUntil };
    case 'APPROVE':
      if (publicUntil !== null && (today <= publicUntil || today <= noticeUntil))
        return { ok: false, reason: 'STILL_PUBLIC', legal };
      if (grant.life !== undefined && grant.life !== 'PAYMENT') return { ...same, status: 'APPROVED' };
      if (amountFen === 0) return { ok: false, reason: 'AMOUNT_UNDECIDED', legal };
      return {
        ...same,
        status: 'APPROVED',
        formerlyShownFen: null,
        reserved: true,
        reserveFen: reserved ? 0 : amountFen,
      };
    case 'HAND_OVER':
      return { ...same, status: 'HANDED_OVER' };
    case 'PAY':
      if (unpaidFen === 0) return { ok: false, reason: 'NOTHING_TO_PAY', legal };
      return { ...same, status: 'PAYING', orderInstalment: nextInstalment(grant) };
    case 'SETTLE':
      return decideSettlement(same, instalment);
    case 'RETURN':
      return decideReturn(grant, { ...same, legal }, instalment);
    case 'KEEP':
      return { ...same, status: statusBefore(grant) };
    case 'CHANGE_AMOUNT':
      if (decidedFen <= paidFen) return { ok: false, reason: 'AMOUNT_NOT_ABOVE_PAID', legal };
      if (decidedFen > (grant.suspension?.mostFen ?? Number.MAX_SAFE_INTEGER))
        return { ok: false, reason: 'AMOUNT_ABOVE_LIMIT', legal };
      return {
        ...same,
        ...afterChange(grant, { amountFen, decidedFen, showsReduced }),
        instalmentsFen: paidFen === 0 && planned !== null ? planned : cutAgain(grant, decidedFen - paidFen),
        reserveFen: reserved ? decidedFen - amountFen : 0,
      };
    case 'SUSPEND':
      return { ok: false, reason: 'ILLEGAL_MOVE', legal };
    case 'CLOSE':
      return { ...same, status: 'CLOSED' };
    case 'WITHDRAW':
      return {
        ...same,
        status: 'WITHDRAWN',
        formerlyShownFen: null,
        reserved: false,
        reserveFen: reserved ? -unpaidFen : 0,
      };
  }
}

const statusBefore = ({ status, suspension }: GrantState): GrantStatus => suspension?.before ?? status;

/** Where a grant stands whose amount was changed: where it stood, or before its notice where another one was shown. */
function afterChange(
  grant: GrantState,
  { amountFen, decidedFen, showsReduced }: { amountFen: number; decidedFen: number; showsReduced: boolean },
): Pick<GrantState, 'status' | 'publicUntil'> & { readonly formerlyShownFen: number | null } {
  const { publicUntil, formerlyShownFen = null } = grant;
  const before = statusBefore(grant);
  const isShown = publicUntil !== null && (before === 'PUBLICISED' || before === 'APPROVED');
  const isOther = showsReduced ? decidedFen !== amountFen : decidedFen > amountFen;
  return isShown && isOther
    ? { status: 'CONFIRMED', publicUntil: null, formerlyShownFen: amountFen }
    : { status: before, publicUntil, formerlyShownFen };
}

/**
 * The instalments with so much in all left to pay: what is paid stays, the others share the rest as they shared the
 * former one, each rounded down to the fen and the last taking what is left.
 */
function cutAgain(grant: GrantState, leftFen: number): number[] {
  const open = grant.instalmentsFen.flatMap((fen, index) => (isPaid(grant, index) ? [] : [{ fen, index }]));
  const before = BigInt(sum(open.map(({ fen }) => fen)));
  const parts = open.map(({ fen }) => (before === 0n ? 0 : Number((BigInt(leftFen) * BigInt(fen)) / before)));
  const last = open.findLastIndex(({ fen }) => fen > 0 || before === 0n);
  const rest = leftFen - sum(parts);
  const shares = new Map(open.map(({ index }, at) => [index, (parts[at] ?? 0) + (at === last ? rest : 0)]));
  return grant.instalmentsFen.map((fen, index) => shares.get(index) ?? fen);
}

/** The decision of a move that changes nothing but where the grant stands. */
type Unchanged = Omit<Extract<GrantDecision, { ok: true }>, 'status'>;

function decideSettlement(
  { settled: before, returned: back, accountInDoubt, ...same }: Unchanged,
  instalment: number,
): GrantDecision {
  const { instalmentsFen } = same;
  const reached = Math.max(before, instalment + 1);
  const nextDue = instalmentsFen.findIndex((fen, index) => index >= reached && fen > 0);
  const settled = nextDue < 0 ? instalmentsFen.length : nextDue;
  const returned = back.filter((index) => index !== instalment);
  const isDone = settled === instalmentsFen.length && returned.length === 0;
  const status = accountInDoubt ? 'RETURNED' : isDone ? 'PAID' : 'APPROVED';
  return { ...same, status, settled, returned, accountInDoubt: false, paidFen: instalmentsFen[instalment] ?? 0 };
}

/**
 * Money came back: of the order under way, or of one that was settled before. What was settled is unpaid again and
 * stays in the budget for the enterprise, until it is withdrawn; of a grant that was withdrawn in part it goes back to
 * the budget.
 */
function decideReturn(
  { status }: GrantState,
  { legal, ...same }: Unchanged & { readonly legal: readonly GrantMove[] },
  instalment: number,
): GrantDecision {
  const wasSettled = instalment < same.settled && !same.returned.includes(instalment);
  if (!wasSettled)
    return status === 'PAYING'
      ? { ...same, status: 'RETURNED', accountInDoubt: false }
      : { ok: false, reason: 'ILLEGAL_MOVE', legal };
  const partFen = same.instalmentsFen[instalment] ?? 0;
  const back = {
    ...same,
    // A notice that was under way begins anew once the account is put right.
    publicUntil: same.formerlyShownFen === null ? same.publicUntil : null,
    returned: [...same.returned, instalment],
    paidFen: -partFen,
  };
  if (status === 'WITHDRAWN') return { ...back, status, reserveFen: -partFen };
  return status === 'PAYING' ? { ...back, status, accountInDoubt: true } : { ...back, status: 'RETURNED' };
}

/** The period of a grant: `ALL` for a benefit that is had once, else the year of the day. */
export const grantPeriodOn = (period: 'ONCE' | 'YEAR', day: LegalDay): string =>
  period === 'ONCE' ? 'ALL' : day.slice(0, 4);

const ACCOUNT = /^\d{8,30}$/;

/** Why an account number cannot be used, or null: digits only, 8 to 30 of them, blanks allowed between. */
export const accountProblem = (number: string): Said | null =>
  ACCOUNT.test(number.replace(/[\s-]/g, '')) ? null : said('BAD_ACCOUNT');

/** An account number as it may be shown: the last four digits. */
export const maskedAccount = (number: string): string => `****${number.replace(/[\s-]/g, '').slice(-4)}`;
