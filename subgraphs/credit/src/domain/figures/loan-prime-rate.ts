import {
  isBlank,
  addDays,
  datedFigure,
  isLegalDay,
  parsePercent,
  successive,
  valueOn,
  type BasisPoints,
  type DatedFigure,
  type LegalDay,
} from '@zhitong/values';

/** The one-year loan prime rate on a day (1年期贷款市场报价利率, LPR). */
export interface LoanPrimeRate {
  readonly publishedOn: LegalDay;
  readonly basisPoints: BasisPoints;
  /** False where a newer publication may be missing. */
  readonly isCertain: boolean;
}

/** A publication of the rate, with where it was published. */
export interface PublishedRate {
  readonly from: LegalDay;
  readonly value: BasisPoints;
  readonly source: string;
}

/** Only those that changed the rate are listed. */
const published = (from: LegalDay, value: BasisPoints): PublishedRate => ({
  from,
  value,
  source: `全国银行间同业拆借中心受权公布贷款市场报价利率（LPR）公告，${from}`,
});

/**
 * The one-year LPR in hundredths of a per cent, as published by the National Interbank Funding Centre since its reform
 * of August 2019 (中国人民银行公告〔2019〕第15号). A publication is in force until the next one, about a month later.
 */
const BUILT_IN: readonly PublishedRate[] = [
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
];
/** Last publication that was looked at when the table was written; later ones are added by the command. */
const BUILT_IN_THROUGH: LegalDay = '2026-01-20';

/**
 * The one-year LPR with the publications that were added since, in order of their days. It is known up to the last of
 * them.
 */
export function oneYearLpr(added: readonly PublishedRate[]): DatedFigure<BasisPoints> {
  return datedFigure({
    name: 'loanPrimeRateOneYear',
    label: '1年期贷款市场报价利率',
    unit: '‱',
    completeThrough: added.at(-1)?.from ?? BUILT_IN_THROUGH,
    values: successive([...BUILT_IN, ...added]),
  });
}

/** The one-year LPR as the release has it. */
export const ONE_YEAR_LPR: DatedFigure<BasisPoints> = oneYearLpr([]);

/**
 * A publication comes about the 20th of each month; so long after the last one that is known another one is missing.
 */
const LONGEST_BETWEEN_PUBLICATIONS_DAYS = 35;

/** What to say when the figure ends before `today`; null while it is known. */
export function lprEndsText({ completeThrough }: DatedFigure<BasisPoints>, today: LegalDay): string | null {
  if (completeThrough === null || addDays(completeThrough, LONGEST_BETWEEN_PUBLICATIONS_DAYS) >= today) return null;
  return `The table of the loan prime rate ends on ${completeThrough}: late interest of later contracts is uncertain. Add what was published since: npm run credit -- add-lpr --published <day> --percent <rate> --source <where>.`;
}

/**
 * A publication to add, or why it cannot be.
 * @param figure what is known so far
 */
export function publicationToAdd(
  {
    published: from,
    percent,
    source,
  }: { readonly published: string; readonly percent: string; readonly source: string },
  figure: DatedFigure<BasisPoints>,
  today: LegalDay,
): PublishedRate | { readonly fault: string } {
  const value = parsePercent(percent);
  if (!isLegalDay(from)) return { fault: `--published is ${from}; write a day as YYYY-MM-DD.` };
  if (from > today) return { fault: `--published is ${from}, which has not come yet: today is ${today}.` };
  if (figure.completeThrough !== null && from <= figure.completeThrough)
    return { fault: `--published is ${from}, and the table is known through ${figure.completeThrough} already.` };
  if (value === null || value > MOST_BASIS_POINTS)
    return {
      fault: `--percent is ${percent}; write a yearly rate in per cent with at most two decimals, such as 3.00.`,
    };
  if (isBlank(source)) return { fault: '--source says where it was published.' };
  return { from, value, source };
}

/** A quarter: no loan prime rate of China was ever near it, and what lies above is a slip of the pen. */
const MOST_BASIS_POINTS: BasisPoints = 2_500;

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
