import {
  addDays,
  BASIS_POINTS_OF_ONE,
  type BasisPoints,
  type DatedFigure,
  daysBetween,
  divideHalfUp,
  type ExactRate,
  type Fen,
  figureOn,
  formatPercent,
  type LegalDay,
} from '@zhitong/values';
import { loanPrimeRateOn } from '../figures/loan-prime-rate.js';
import { citation, STATUTORY_DAILY_RATE } from '../figures/sme-payment.js';
import { regulationFor, type PurchaseContract } from './payment-term.js';

/**
 * An agreed yearly rate is spread over 365 days, leap years included: the enterprise is never worse off by the
 * calendar.
 */
export const DAYS_OF_A_YEAR = 365n;

export interface Payment {
  readonly paidOn: LegalDay;
  readonly amount: Fen;
}

export type RateBasis = 'AGREED' | 'LPR_FLOOR' | 'STATUTORY' | 'NONE';

/** A rate per day. */
export interface LateInterestRate extends ExactRate {
  readonly basis: RateBasis;
  /** In words for the reader, Chinese. */
  readonly text: string;
  /** False where the floor was taken from a loan prime rate table that may lack a newer publication. */
  readonly isCertain: boolean;
}

export interface InterestPeriod {
  readonly from: LegalDay;
  readonly to: LegalDay;
  readonly days: number;
  readonly principal: Fen;
}

export interface LateInterest {
  readonly rate: LateInterestRate;
  /** Days in default on which something was unpaid. */
  readonly days: number;
  readonly amount: Fen;
  readonly periods: readonly InterestPeriod[];
}

/**
 * The rate of late interest. An agreed rate counts, but never below the one-year LPR at the signing of the contract;
 * where nothing is agreed, 0.05 % a day. Outside the regulation only an agreed rate counts.
 */
export function lateInterestRate(contract: PurchaseContract, lpr: DatedFigure<BasisPoints>): LateInterestRate {
  const edition = regulationFor(contract);
  const agreed = contract.agreedRateBasisPoints;
  const yearly = (basisPoints: BasisPoints): ExactRate => ({
    numerator: BigInt(basisPoints),
    denominator: BASIS_POINTS_OF_ONE * DAYS_OF_A_YEAR,
  });
  if (agreed === null) {
    return edition
      ? {
          basis: 'STATUTORY',
          numerator: BigInt(figureOn(STATUTORY_DAILY_RATE, contract.signedOn)),
          denominator: BASIS_POINTS_OF_ONE,
          text: `每日万分之五，${citation(edition, edition.interestArticle)}`,
          isCertain: true,
        }
      : {
          basis: 'NONE',
          numerator: 0n,
          denominator: 1n,
          text: '合同未约定，且不适用《保障中小企业款项支付条例》',
          isCertain: true,
        };
  }
  if (!edition)
    return { basis: 'AGREED', ...yearly(agreed), text: `合同约定年利率${formatPercent(agreed)}%`, isCertain: true };
  const floor = loanPrimeRateOn(lpr, contract.signedOn);
  const source = citation(edition, edition.interestArticle);
  if (floor && agreed < floor.basisPoints) {
    const text = `合同约定年利率${formatPercent(agreed)}%低于合同订立时1年期LPR ${formatPercent(floor.basisPoints)}%（${floor.publishedOn}公布），按后者计，${source}`;
    return { basis: 'LPR_FLOOR', ...yearly(floor.basisPoints), text, isCertain: floor.isCertain };
  }
  return {
    basis: 'AGREED',
    ...yearly(agreed),
    text: `合同约定年利率${formatPercent(agreed)}%，${source}`,
    isCertain: floor?.isCertain ?? false,
  };
}

/**
 * Simple interest to the day: the first day of default is the day after `dueOn`, the last one counted is `asOf`; a
 * payment still bears interest on the day on which it is made. Rounded half up to the fen once, on the total.
 */
export function lateInterest(
  debt: { readonly principal: Fen; readonly dueOn: LegalDay; readonly payments: readonly Payment[] },
  rate: LateInterestRate,
  asOf: LegalDay,
): LateInterest {
  const periods: InterestPeriod[] = [];
  let principal = debt.principal;
  let from = addDays(debt.dueOn, 1);
  const close = (to: LegalDay) => {
    if (principal > 0 && from <= to) periods.push({ from, to, days: daysBetween(from, to) + 1, principal });
    if (from <= to) from = addDays(to, 1);
  };
  const payments = debt.payments.filter(({ paidOn }) => paidOn <= asOf).sort((a, b) => (a.paidOn < b.paidOn ? -1 : 1));
  for (const { paidOn, amount } of payments) {
    close(paidOn);
    principal -= amount;
  }
  close(asOf);
  const fenDays = periods.reduce((sum, period) => sum + BigInt(period.principal) * BigInt(period.days), 0n);
  const days = periods.reduce((sum, period) => sum + period.days, 0);
  return { rate, days, amount: divideHalfUp(fenDays * rate.numerator, rate.denominator), periods };
}
