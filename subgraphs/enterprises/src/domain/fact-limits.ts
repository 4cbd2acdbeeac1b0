/** What the values of a fact are limited to beside its kind. */
export type FactLimit =
  | { readonly values: readonly string[] }
  /** Both ends are allowed. */
  | { readonly least: number; readonly most: number };

/**
 * Facts that have a closed list of values; the same words stand in the vocabulary that policies ask by, which a test
 * compares. 规下 is every enterprise that stands on none of the statistics bureau's lists.
 */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  statCategory: ['规上工业', '规上服务业', '限上批发', '限上商贸', '建筑业', '房地产', '大个体', '规下'],
  sector: ['工业', '服务业', '农业', '建筑业'],
  taxCreditGrade: ['A', 'B', 'M', 'C', 'D'],
  vatTaxpayerType: ['small-scale', 'general'],
  utilityUserType: ['residential', 'non-residential'],
};

/** More people than any enterprise has: figures above were typed into the wrong column or lost their point. */
const MOST_PEOPLE = 10_000_000;
const MOST_MONTHS = 1_200;
const MOST_YEARS = 200;
const MOST_PERCENT_OF_GROWTH = 1_000_000;
/** Ten trillion, in yuan beyond any enterprise: more was typed in another unit. Policies calculate with no more. */
const MOST_NUMBER = 10_000_000_000_000;

const people = { least: 0, most: MOST_PEOPLE };
const months = { least: 0, most: MOST_MONTHS };
const years = { least: 0, most: MOST_YEARS };
const share = { least: 0, most: 100 };
const growth = { least: -100, most: MOST_PERCENT_OF_GROWTH };
const RANGES: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  employees: people,
  insuredEmployees: people,
  hiredGraduates: people,
  hiredUnemployedYouth16to24: people,
  hiredPovertyAlleviated: people,
  jobsCreated12m: people,
  hireSocialInsuranceMonths: months,
  unemploymentInsuranceMonthsPaid: months,
  hireStableMonths: months,
  yearsAboveScale: years,
  laborContractYears: years,
  loanYears: years,
  layoffRatePct: share,
  vatLevyRatePct: share,
  newKeyGroupHiresPct: growth,
  retailGrowthPct: growth,
  revenueGrowthPct: growth,
  valueAddedGrowthPct: growth,
  outputQoQGrowthPct: growth,
  // Attributes of hires and loans.
  people,
  insuredMonths: months,
  stableMonths: months,
  contractYears: years,
  years,
};
const NUMBER = { least: -MOST_NUMBER, most: MOST_NUMBER };
const OF_KIND: Readonly<Record<string, FactLimit>> = {
  money: NUMBER,
  number: NUMBER,
  integer: { least: 0, most: MOST_NUMBER },
};

/** What a fact, or an attribute of the items of one, is limited to; null where its kind says all. */
export function limitOf(fact: string, kind: string): FactLimit | null {
  const values = LISTS[fact];
  if (values !== undefined) return { values };
  return RANGES[fact] ?? OF_KIND[kind] ?? null;
}

/** Whether a value lies within a limit. */
export function isWithin(value: unknown, limit: FactLimit | null): boolean {
  if (limit === null) return true;
  if ('values' in limit) return typeof value === 'string' && limit.values.includes(value);
  return typeof value === 'number' && value >= limit.least && value <= limit.most;
}
