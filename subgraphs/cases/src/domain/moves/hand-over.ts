import type { LegalDay, WorkingCalendar } from '@zhitong/values';
import type { Assignment } from '../case-event.js';
import type { CaseView } from '../case-view.js';
import { readClock } from '../deadline.js';
import { handedOn } from './steps.js';

/**
 * So many times the coordinator alone gives a case from one department to another; the last of them brings it to the
 * joint meeting, which decides from then on (recordMeetingDecision).
 */
export const MOST_TRANSFERS = 3;

/**
 * An assignment with the working days that its department has left for the answer: what it used when it had the case in
 * hands before is not given once more, whatever the lane is now; what was granted to it then still counts. 0 where
 * nothing is left: the answer is due on the day itself. A department that comes to the case newly has the whole term.
 */
export function withWhatIsLeft(
  view: CaseView,
  assignment: Assignment,
  { calendar, today }: { readonly calendar: WorkingCalendar; readonly today: LegalDay },
): Assignment {
  const before = handedOn(view, today).filter(({ lead }) => lead === assignment.lead);
  const last = before.at(-1);
  if (last === undefined) return assignment;
  const used = before.map(({ clock }) => {
    const { workingDaysLeft } = readClock(clock, calendar, today);
    // Beyond the published calendar nobody knows how many days were used: none is given once more.
    return workingDaysLeft === null ? clock.budget : clock.budget - workingDaysLeft;
  });
  const left = assignment.answerDays + last.extendedBy - used.reduce((sum, days) => sum + days, 0);
  return { ...assignment, answerDays: Math.max(0, left) };
}
