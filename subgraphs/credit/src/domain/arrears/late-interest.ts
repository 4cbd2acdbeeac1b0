import {
  BASIS_POINTS_OF_ONE,
  type BasisPoints,
  type DatedFigure,
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
  /** All that has run up, what was paid of it included. */
  readonly amount: Fen;
  readonly paid: Fen;
  readonly outstanding: Fen;
  readonly periods: readonly InterestPeriod[];
  /** What it would be at another rate that a court may take; null where there is no such question. */
  readonly alternative: { readonly rate: LateInterestRate; readonly amount: Fen } | null;
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
 * What interest would be at the one-year LPR at signing, where the contract names no rate that counts: a court may find
 * so of a clause that is void (法释〔2024〕11号) and of contracts from before the regulation, so a person decides. Null
 * where a rate was agreed or no LPR is known.
 */
export function alternativeRate(contract: PurchaseContract, lpr: DatedFigure<BasisPoints>): LateInterestRate | null {
  const isOpen = contract.paysWhenPaid === true || regulationFor(contract) === null;
  if (contract.agreedRateBasisPoints !== null || !isOpen) return null;
  const rate = loanPrimeRateOn(lpr, contract.signedOn);
  return (
    rate && {
      basis: 'LPR_FLOOR',
      numerator: BigInt(rate.basisPoints),
      denominator: BASIS_POINTS_OF_ONE * DAYS_OF_A_YEAR,
      text: `合同订立时1年期LPR ${formatPercent(rate.basisPoints)}%（${rate.publishedOn}公布），供比较，由人判断`,
      isCertain: rate.isCertain,
    }
  );
}

/**
 * Interest on an amount for days: fen times days, at a rate a day, rounded half up to the fen once.
 * @param fenDays whole fen times whole days
 */
export const interestOn = (fenDays: bigint, { numerator, denominator }: ExactRate): Fen =>
  divideHalfUp(fenDays * numerator, denominator);
