import type { LegalDay, WorkingCalendar } from '@zhitong/values';
import { contactClock, decidingClock, type CaseView } from './case-view.js';
import { lastDayInTime, readClock, type Clock } from './deadline.js';

/**
 * What the database needs to count and find cases without reading their clocks. Derived from view and calendar alone,
 * so it is written again whenever the view is, and when a new year's calendar appears.
 */
export interface CaseFigures {
  /** The case is overdue on every day after this one if nothing happens; null when nothing runs. */
  readonly lastDayInTime: LegalDay | null;
  /** The deciding clock has run out of the known calendar. */
  readonly isDueDayUnknown: boolean;
  /** Answered on or before the due day; null while unanswered or when the calendar does not reach so far. */
  readonly answeredInTime: boolean | null;
  /** Last day for the first contact while it is still missing. */
  readonly lastDayForContact: LegalDay | null;
}

/** The figures of a case after its last event. */
export function caseFigures(view: CaseView, calendar: WorkingCalendar): CaseFigures {
  const deciding = decidingClock(view);
  const contact = contactClock(view);
  return {
    lastDayInTime: deciding && lastDayInTime(deciding, calendar),
    isDueDayUnknown: deciding !== null && readClock(deciding, calendar, dayOfLastEvent(deciding)).unknownDay !== null,
    answeredInTime: view.resolvedOn === null ? null : inTime(deciding, calendar),
    lastDayForContact: contact && lastDayInTime(contact, calendar),
  };
}

const dayOfLastEvent = (clock: Clock): LegalDay =>
  clock.stoppedOn ?? clock.pauses.at(-1)?.to ?? clock.pauses.at(-1)?.from ?? clock.startedOn;

function inTime(clock: Clock | null, calendar: WorkingCalendar): boolean | null {
  if (clock?.stoppedOn == null) return null;
  const { isOverdue } = readClock(clock, calendar, clock.stoppedOn);
  return isOverdue === null ? null : !isOverdue;
}
