import { allFacts, factInYear, factNamed } from './facts.js';

/** The year of a fact that a criterion asks for, relative to the year of the decision, or one year [上年度, 本年度]. */
export type AskedYear = 'PREVIOUS' | 'CURRENT' | number;

export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2100;

/** The name of a fact in the year that is asked, when `year` is that of the decision. */
export const factAsked = (fact: string, asked: AskedYear | undefined, year: number): string =>
  asked === undefined ? fact : factInYear(fact, yearAsked(asked, year));

export const yearAsked = (asked: AskedYear, year: number): number =>
  typeof asked === 'number' ? asked : asked === 'PREVIOUS' ? year - 1 : year;

/** The figures of earlier years in a sheet, by name with the year; what cannot be used is left out. */
export function readYears<Value>(
  sheet: Record<string, unknown>,
  isUsable: (fact: string, value: unknown) => value is Value,
): Record<string, Value> | undefined {
  const told = sheet['earlier'];
  if (typeof told !== 'object' || told === null) return undefined;
  const years: Record<string, Value> = {};
  for (const [year, figures] of Object.entries(told as Record<string, unknown>)) {
    if (!/^\d{4}$/.test(year) || typeof figures !== 'object' || figures === null) continue;
    for (const [fact, value] of Object.entries(figures as Record<string, unknown>))
      if (hasYears(fact) && isUsable(fact, value)) years[factInYear(fact, Number(year))] = value;
  }
  return Object.keys(years).length === 0 ? undefined : years;
}

/** How many years before the newest one of which it has a record the register tells figures of. */
const YEARS_TOLD = 2;

/** Whether figures of a year are told no longer: the newest record may be of the year before the decision. */
export const isToldNoLonger = (asked: AskedYear | undefined, decidedIn: number): boolean =>
  typeof asked === 'number' && asked < decidedIn - 1 - YEARS_TOLD;

/** Whether a fact is a figure of a year, so that its year can be asked. */
export function hasYears(fact: string): boolean {
  const definition = factNamed(fact);
  return definition !== null && definition.type !== 'RECORDS' && !WITHOUT_YEARS.has(fact);
}

/**
 * What stands for a day and not for a year: what the register tells of itself, what the credit department and the
 * grants tell, and the figures that are of the year before already.
 */
const WITHOUT_YEARS: ReadonlySet<string> = new Set([
  ...`honours honourFirstTime firstTimeHonours honoursOfThisYear honoursOfLastYear scale industryCode registeredRegion
    registeredProvince registeredOn isDeregistered isLicenceRevoked abnormalOperationListed dishonestyRecord hasUnfulfilledJudgment
    creditReviewPassed priorAwardSamePolicy policiesHad`.split(/\s+/),
  ...allFacts().flatMap(({ priorYear, since }) => [priorYear, since].filter((name) => name !== null)),
]);
