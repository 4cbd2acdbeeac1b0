import type { FactSheet } from './fact-sheet.js';

/** Facts of the register that are kept without a history; for an earlier day they are returned as recorded now. */
const WITHOUT_HISTORY = [
  'scale',
  'industryCode',
  'registeredRegion',
  'registeredProvince',
  'isDeregistered',
  'abnormalOperationListed',
];

/**
 * The sheet of an earlier day: what has no history keeps today's day in `dates`, so that nobody takes it for a record
 * of the time.
 */
export function sheetOfEarlierDay(sheet: FactSheet, today: string): FactSheet {
  return { ...sheet, dates: { ...sheet.dates, ...Object.fromEntries(WITHOUT_HISTORY.map((fact) => [fact, today])) } };
}
