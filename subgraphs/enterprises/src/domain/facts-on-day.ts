import type { FactSheet } from './fact-sheet.js';
import type { KeptField } from './register/registered-state.js';

/**
 * Facts of the register of which only changes are kept, by the field that they are made of: without a later change it
 * is not known what they were on an earlier day.
 */
const MADE_OF: Readonly<Record<string, KeptField>> = {
  scale: 'scale',
  industryCode: 'industry',
  registeredRegion: 'region',
  registeredProvince: 'region',
  isDeregistered: 'status',
  isLicenceRevoked: 'status',
  abnormalOperationListed: 'status',
};

/**
 * The sheet of an earlier day: what is only known as recorded now keeps today's day in `dates`, so that nobody takes it
 * for a record of the time.
 * @param known fields whose value on the day is known, because a change came later
 */
export function sheetOfEarlierDay(
  sheet: FactSheet,
  today: string,
  known: ReadonlySet<KeptField> = new Set<KeptField>(),
): FactSheet {
  const now = Object.entries(MADE_OF).flatMap(([fact, field]) => (known.has(field) ? [] : [[fact, today] as const]));
  return { ...sheet, dates: { ...sheet.dates, ...Object.fromEntries(now) } };
}
