import { priorYearFacts, type FactSheet, type YearFacts } from './fact-sheet.js';
import type { FactValue } from './fact-vocabulary.js';

/** Facts of the register that are kept without a history; for an earlier day they are returned as recorded now. */
const WITHOUT_HISTORY = [
  'scale',
  'industryCode',
  'registeredRegion',
  'registeredProvince',
  'isDeregistered',
  'abnormalOperationListed',
];

interface RecordedYear {
  readonly year: number;
  readonly asOf: string;
  readonly values: Readonly<Record<string, FactValue>>;
}

/**
 * The figures that counted on a day, with those of the year before that growth is measured against; null when there
 * were none.
 * @param years the newest years whose figures stand for a day on or before it, newest first.
 */
export function figuresOf([newest, before]: readonly RecordedYear[]): (YearFacts & { readonly year: number }) | null {
  if (newest === undefined) return null;
  const { year, asOf, values } = newest;
  return { year, asOf, values, prior: before?.year === year - 1 ? priorYearFacts(before.values) : {} };
}

/**
 * The sheet of an earlier day: what has no history keeps today's day in `dates`, so that nobody takes it for a record
 * of the time.
 */
export function sheetOfEarlierDay(sheet: FactSheet, today: string): FactSheet {
  return { ...sheet, dates: { ...sheet.dates, ...Object.fromEntries(WITHOUT_HISTORY.map((fact) => [fact, today])) } };
}
