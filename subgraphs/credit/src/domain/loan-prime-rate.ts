import type { LegalDay } from '@zhitong/values';


/** One publication of the one-year loan prime rate (1年期贷款市场报价利率, LPR). */
export interface LoanPrimeRate {
  readonly publishedOn: LegalDay;
  /** Hundredths of a per cent a year: 310 is 3.10 %. */
  readonly basisPoints: number;
}

export interface LoanPrimeRateTable {
  /** In order of publication; only the days on which the rate changed. */
  readonly rates: readonly LoanPrimeRate[];
  /** The last publication day up to which the table is known to be complete. */
  readonly knownThrough: LegalDay;
}

/** The one-year LPR as published by the National Interbank Funding Centre since its reform of August 2019. */
export const ONE_YEAR_LPR: LoanPrimeRateTable = {
  rates: [
    { publishedOn: '2019-08-20', basisPoints: 425 },
    { publishedOn: '2019-09-20', basisPoints: 420 },
    { publishedOn: '2019-11-20', basisPoints: 415 },
    { publishedOn: '2020-02-20', basisPoints: 405 },
    { publishedOn: '2020-04-20', basisPoints: 385 },
    { publishedOn: '2021-12-20', basisPoints: 380 },
    { publishedOn: '2022-01-20', basisPoints: 370 },
    { publishedOn: '2022-08-22', basisPoints: 365 },
    { publishedOn: '2023-06-20', basisPoints: 355 },
    { publishedOn: '2023-08-21', basisPoints: 345 },
    { publishedOn: '2024-07-22', basisPoints: 335 },
    { publishedOn: '2024-10-21', basisPoints: 310 },
    { publishedOn: '2025-05-20', basisPoints: 300 },
  ],
  knownThrough: '2025-10-20',
};

/** The rate in force on a day, and whether the table is known to reach that far; null before the first publication. */
export function loanPrimeRateOn(table: LoanPrimeRateTable, date: LegalDay): (LoanPrimeRate & { readonly isCertain: boolean }) | null {
  const rate = table.rates.findLast(({ publishedOn }) => publishedOn <= date);
  // A publication is in force until the next one, about a month later; beyond that the table may lack a change.
  return rate ? { ...rate, isCertain: date <= table.knownThrough } : null;
}
