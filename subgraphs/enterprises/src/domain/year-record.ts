import { applyFacts, priorYearFacts } from './fact-sheet.js';
import type { FactValue } from './fact-vocabulary.js';

/** The first year of which figures are kept. */
export const EARLIEST_YEAR = 1990;

type Values = Readonly<Record<string, FactValue>>;

/** The figures of one year as they stand after one record. */
export interface YearRecord {
  readonly uscc: string;
  readonly year: number;
  /** Counts the records of this enterprise and year from 1. */
  readonly revision: number;
  readonly asOf: string;
  readonly values: Record<string, FactValue>;
}

/** The newest year's figures of an enterprise, and of the year before what growth is measured against. */
export interface LatestFacts {
  readonly year: number;
  readonly asOf: string;
  readonly values: Record<string, FactValue>;
  readonly prior: Record<string, FactValue>;
}

/** Facts to record of one year: values replace, null withdraws. */
export interface YearChange {
  readonly uscc: string;
  readonly year: number;
  readonly facts: Readonly<Record<string, FactValue | null>>;
}

/**
 * Records facts of one year on top of what stands: the year's next revision, and the enterprise's current figures where
 * the year is its newest or the one that the newest is measured against.
 * @param previous the newest record of that year; null when there is none
 * @param before values of the newest record of the year before; null when there is none
 * @returns the record to append, and the current figures to write; null where they stay
 */
export function recordYear(
  { uscc, year, facts }: YearChange,
  {
    previous,
    before,
    latest,
  }: {
    readonly previous: { readonly revision: number; readonly values: Values } | null;
    readonly before: Values | null;
    readonly latest: LatestFacts | null;
  },
): { readonly record: YearRecord; readonly latest: LatestFacts | null } {
  const values = applyFacts(previous?.values ?? {}, facts);
  const asOf = `${String(year)}-12-31`;
  const record = { uscc, year, revision: (previous?.revision ?? 0) + 1, asOf, values };
  if (year >= (latest?.year ?? 0))
    return { record, latest: { year, asOf, values, prior: priorYearFacts(before ?? {}) } };
  return { record, latest: latest?.year === year + 1 ? { ...latest, prior: priorYearFacts(values) } : null };
}
