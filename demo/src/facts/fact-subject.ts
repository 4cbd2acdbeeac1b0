import type { YearFigures } from './figures.js';
import type { IndustryUse } from '../industries.js';
import type { DemoHonour, FactValue, LegalForm, RegistrationStatus, StatCategory } from '../types.js';

/** The facts of one enterprise and year while they are gathered. Keys are the names of the fact vocabulary. */
export type FactSheet = Record<string, FactValue>;

/** What the facts of an enterprise are derived from. */
export interface FactSubject {
  readonly use: IndustryUse;
  readonly legalForm: LegalForm;
  readonly industryCode: string;
  readonly regionCode: string;
  readonly registeredOn: string;
  readonly status: RegistrationStatus;
  readonly honours: readonly DemoHonour[];
  /** The list that the enterprise is on, null below designated size; with the number of newest years on it. */
  readonly statCategory: StatCategory | null;
  readonly yearsOnList: number;
  /** Newest first. */
  readonly figures: readonly YearFigures[];
  readonly traits: Traits;
}

/** Properties that stay the same over the years. */
export interface Traits {
  /** Share of revenue spent on research, 0 for most. */
  readonly researchShare: number;
  /** Share of revenue that crosses the border, 0 for most. */
  readonly tradeShare: number;
  /** Insured employees as a share of all. */
  readonly insuredShare: number;
  readonly rents: boolean;
}

/** Departments that hold the facts; what a department does not know of an enterprise is absent from all years. */
export type FactSource = 'STATISTICS' | 'TAX' | 'SOCIAL_INSURANCE' | 'INDUSTRY' | 'FINANCE' | 'PROPERTY';

/** One enterprise in one year, `back` years before the newest. */
export interface FactYearSubject extends FactSubject {
  readonly now: YearFigures;
  /** The year before, or null for a first year. */
  readonly before: YearFigures | null;
  readonly back: number;
}

/** A share as a percentage with at most two decimals. */
export const percent = (part: number, whole: number): number => Math.round((part / whole) * 10_000) / 100;

/** Whole yuan. */
export const yuan = (amount: number): number => Math.round(amount);
