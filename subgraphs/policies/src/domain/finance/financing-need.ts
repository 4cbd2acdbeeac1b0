import { addYears, includesDay, isLegalDay, type LegalDay } from '@zhitong/values';
import { isTerm, MOST_MONTHS, type LoanProduct } from './loan-product.js';
import { shown } from '../problem.js';
import { said, type Said } from '../refusal-words.js';
import { fenOfText } from './loan-amount.js';

/** What an enterprise wants to borrow. Amount in fen, term in months; of use until `latestDay`, that day included. */
export interface FinancingNeed {
  readonly amountFen: number;
  readonly purpose: string;
  readonly termMonths: number;
  readonly latestDay: LegalDay;
}

/** Where a need stands: taken back, past its latest day, or open. Only an open one is shown to banks. */
export type NeedState = 'OPEN' | 'EXPIRED' | 'WITHDRAWN';

const YEARS_AHEAD = 2;

/** Reads a need, its amount in yuan as text. What is wrong comes with the name of the value. Never throws. */
export function readNeed(
  { amount, ...rest }: Omit<FinancingNeed, 'amountFen'> & { readonly amount: string },
  today: LegalDay,
): FinancingNeed | { readonly wrong: string; readonly why: Said } {
  const amountFen = fenOfText(amount);
  if (amountFen === null || amountFen === 0)
    return { wrong: 'amount', why: said('NEED_AMOUNT', { value: shown(amount) }) };
  if (!isTerm(rest.termMonths))
    return {
      wrong: 'termMonths',
      why: said('NEED_TERM', { value: shown(rest.termMonths), most: MOST_MONTHS }),
    };
  const last = addYears(today, YEARS_AHEAD);
  if (!isLegalDay(rest.latestDay) || rest.latestDay < today || rest.latestDay > last)
    return { wrong: 'latestDay', why: said('NEED_DAY', { value: shown(rest.latestDay), today, last }) };
  return { ...rest, amountFen };
}

/** Where a need stands on a day. */
export function needState(
  { withdrawn, latestDay }: { readonly withdrawn: boolean; readonly latestDay: LegalDay },
  today: LegalDay,
): NeedState {
  if (withdrawn) return 'WITHDRAWN';
  return latestDay < today ? 'EXPIRED' : 'OPEN';
}

/**
 * True when a product that is offered on the day suits a need in amount and term; what the enterprise is, is another
 * question.
 */
export const suits = (
  {
    minimumFen,
    maximumFen,
    termMonths,
    window,
  }: Pick<LoanProduct, 'minimumFen' | 'maximumFen' | 'termMonths' | 'window'>,
  need: Pick<FinancingNeed, 'amountFen' | 'termMonths'>,
  day: LegalDay,
): boolean =>
  includesDay(window, day) &&
  need.amountFen >= minimumFen &&
  need.amountFen <= maximumFen &&
  need.termMonths <= termMonths;

/** Id of the consent for one need and one product. */
export const consentIdOf = (needId: string, productId: string): string => `${needId}:${productId}`;

export const FINANCING_NEED_MOVES = ['GIVE_CONSENT', 'WITHDRAW_CONSENT', 'WITHDRAW'] as const;
export type FinancingNeedMove = (typeof FINANCING_NEED_MOVES)[number];

/**
 * What the enterprise can do with its need: a consent is taken back at any time, everything else while the need stands.
 * @param hasConsent whether a consent for it stands
 */
export function financingNeedMoves(
  state: NeedState,
  { hasConsent }: { readonly hasConsent: boolean },
): FinancingNeedMove[] {
  const may: Readonly<Record<FinancingNeedMove, boolean>> = {
    GIVE_CONSENT: state === 'OPEN',
    WITHDRAW_CONSENT: hasConsent,
    WITHDRAW: state === 'OPEN',
  };
  return FINANCING_NEED_MOVES.filter((move) => may[move]);
}
