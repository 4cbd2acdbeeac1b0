import { datedFigure, successive, valueOn, type BasisPoints, type DatedFigure, type LegalDay } from '@zhitong/values';

/** The one-year loan prime rate on a day (1年期贷款市场报价利率, LPR). */
export interface LoanPrimeRate {
  readonly publishedOn: LegalDay;
  readonly basisPoints: BasisPoints;
  /** False where a newer publication may be missing. */
  readonly isCertain: boolean;
}

/** A publication; only those that changed the rate are listed. */
const published = (from: LegalDay, value: BasisPoints) => ({
  from,
  value,
  source: `全国银行间同业拆借中心受权公布贷款市场报价利率（LPR）公告，${from}`,
});

/**
 * The one-year LPR in hundredths of a per cent, as published by the National Interbank Funding Centre since its reform
 * of August 2019 (中国人民银行公告〔2019〕第15号). A publication is in force until the next one, about a month later.
 */
export const ONE_YEAR_LPR: DatedFigure<BasisPoints> = datedFigure({
  name: 'loanPrimeRateOneYear',
  label: '1年期贷款市场报价利率',
  unit: '‱',
  completeThrough: '2025-10-20',
  values: successive([
    published('2019-08-20', 425),
    published('2019-09-20', 420),
    published('2019-11-20', 415),
    published('2020-02-20', 405),
    published('2020-04-20', 385),
    published('2021-12-20', 380),
    published('2022-01-20', 370),
    published('2022-08-22', 365),
    published('2023-06-20', 355),
    published('2023-08-21', 345),
    published('2024-07-22', 335),
    published('2024-10-21', 310),
    published('2025-05-20', 300),
  ]),
});

/** The rate in force on a day, and whether the figure is known to reach that far; null before the first publication. */
export function loanPrimeRateOn(figure: DatedFigure<BasisPoints>, day: LegalDay): LoanPrimeRate | null {
  const rate = valueOn(figure, day);
  if (rate?.from == null) return null;
  return {
    publishedOn: rate.from,
    basisPoints: rate.value,
    isCertain: figure.completeThrough === null || day <= figure.completeThrough,
  };
}
