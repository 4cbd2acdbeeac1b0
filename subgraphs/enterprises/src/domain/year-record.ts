import type { LegalDay } from '@zhitong/values';
import { applyFacts } from './fact-sheet.js';
import type { FactValue } from './fact-vocabulary.js';
import { figuresOf, type Figures, type RecordedYear } from './figures.js';
import type { Origin } from './origin.js';

/** The first year of which figures are kept. */
export const EARLIEST_YEAR = 1990;

/** The figures of one year as they stand after one record. */
export interface YearRecord extends RecordedYear {
  readonly uscc: string;
  /** Counts the records of this enterprise and year from 1. */
  readonly revision: number;
  readonly values: Record<string, FactValue>;
  readonly origins: Record<string, Origin>;
}

/** Facts to record of one year: values replace, null withdraws. */
export interface YearChange {
  readonly uscc: string;
  readonly year: number;
  readonly facts: Readonly<Record<string, FactValue | null>>;
}

/** What of an enterprise stands before a record. */
export interface StandingFigures {
  /** The newest record of every year. */
  readonly years: readonly (RecordedYear & { readonly revision: number })[];
  /** Its current figures. */
  readonly latest: Figures | null;
}

/**
 * Records facts of one year on top of what stands: the year's next revision, and the enterprise's current figures.
 * @param origin who records them, and when
 * @returns the record to append, and the current figures to write; null where they stay
 */
export function recordYear(
  { uscc, year, facts }: YearChange,
  { years, latest }: StandingFigures,
  origin: Origin,
): { readonly record: YearRecord; readonly latest: Figures | null } {
  const previous = years.find((one) => one.year === year);
  const values = applyFacts(previous?.values ?? {}, facts);
  const record: YearRecord = {
    uscc,
    year,
    revision: (previous?.revision ?? 0) + 1,
    asOf: dayOfFigures(year, origin.on),
    values,
    origin,
    origins: earlierOrigins(previous, { values, facts }),
  };
  const figures = figuresOf([record, ...years.filter((one) => one.year !== year)]);
  return { record, latest: isSame(figures, latest) ? null : figures };
}

/**
 * The day that figures of a year stand for: its last one, or of a year that runs the day on which they are recorded.
 */
function dayOfFigures(year: number, recordedOn: LegalDay): LegalDay {
  const end = `${String(year)}-12-31`;
  return recordedOn < end ? recordedOn : end;
}

/** Of the figures that stay from the record before, who recorded them. */
function earlierOrigins(
  previous: RecordedYear | undefined,
  { values, facts }: { readonly values: YearRecord['values']; readonly facts: YearChange['facts'] },
): Record<string, Origin> {
  if (previous === undefined) return {};
  const stay = Object.keys(values).filter((fact) => !Object.hasOwn(facts, fact));
  return Object.fromEntries(
    stay.flatMap((fact) => {
      const origin = previous.origins?.[fact] ?? previous.origin;
      return origin === undefined ? [] : [[fact, origin]];
    }),
  );
}

/** Equal whatever order the facts were recorded in. */
const isSame = (one: Figures | null, other: Figures | null): boolean => canonical(one) === canonical(other);

const canonical = (figures: Figures | null): string =>
  JSON.stringify(figures, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
