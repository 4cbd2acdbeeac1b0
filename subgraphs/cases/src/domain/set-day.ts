import { addDays, addWorkingDays, isWorkingDay, type LegalDay, type WorkingCalendar } from '@zhitong/values';
import { said } from './refusal-words.js';
import type { InputFault } from './satisfaction.js';

/**
 * What is wrong with a last day that somebody sets: it lies in the past, or nobody works on it, so that it would pass
 * without effect. A day beyond the published calendar is taken as it is.
 */
export function lastDayFaults(
  dueOn: LegalDay,
  { calendar, today }: { readonly calendar: WorkingCalendar; readonly today: LegalDay },
): InputFault[] {
  if (dueOn < today) return [{ path: ['dueOn'], ...said('DAY_PAST', { day: dueOn }) }];
  const worked = isWorkingDay(calendar, dueOn);
  if (!worked.known || worked.value) return [];
  const next = addWorkingDays(calendar, addDays(dueOn, -1), 1);
  const words = next.known
    ? said('NO_WORKING_DAY_NEXT', { day: dueOn, next: next.value })
    : said('NO_WORKING_DAY', { day: dueOn });
  return [{ path: ['dueOn'], ...words }];
}
