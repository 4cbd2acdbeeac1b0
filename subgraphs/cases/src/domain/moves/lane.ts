import type { LegalDay, Said, WorkingCalendar } from '@zhitong/values';
import type { LaneClock } from '../case-event.js';
import { decidingClock, type CaseView } from '../case-view.js';
import { lastDayInTime, readClock, startClock } from '../deadline.js';
import { said } from '../refusal-words.js';
import type { ServiceTerms } from '../service-terms.js';
import type { Lane } from '../taxonomy.js';

/** What becomes of the answer clock in another lane, or why the lane stays. */
export type LaneVerdict =
  | { readonly ok: true; readonly clock: LaneClock | null }
  | { readonly ok: false; readonly path: 'lane' | 'caseNumber'; readonly why: Said };

/**
 * The answer clock by the terms of another lane. A longer term counts from the assignment, so that a change buys no
 * time twice; a shorter one counts from today, and only where the answer is due earlier by it. What is overdue keeps
 * its term.
 */
export function laneVerdict(
  view: CaseView,
  lane: Lane,
  { terms, calendar, today }: { terms: ServiceTerms; calendar: WorkingCalendar; today: LegalDay },
): LaneVerdict {
  if (view.assignment?.lane === lane) return { ok: false, path: 'lane', why: said('LANE_ALREADY', { lane }) };
  if (lane === 'JOINT' && view.assignment?.assisting.length === 0)
    return { ok: false, path: 'lane', why: said('JOINT_NEEDS_ASSISTING') };
  const clock = decidingClock(view);
  if (clock === null) return { ok: true, clock: null };
  if (readClock(clock, calendar, today).isOverdue === true)
    return { ok: false, path: 'caseNumber', why: said('OVERDUE_KEEPS_TERM') };
  const answerDays = terms.answerDays[lane];
  if (answerDays >= clock.budget) {
    // A lane that shortened the term began its clock anew: that day is no beginning for a longer one.
    const from =
      view.assignedOn === null || view.assignedOn === clock.startedOn ? {} : { countedFrom: view.assignedOn };
    return { ok: true, clock: { answerDays, isAnew: false, ...from } };
  }
  const [due, anew] = [
    lastDayInTime(clock, calendar),
    lastDayInTime(startClock('ANSWER', 0, today, answerDays), calendar),
  ];
  return { ok: true, clock: due !== null && anew !== null && anew >= due ? null : { answerDays, isAnew: true } };
}
