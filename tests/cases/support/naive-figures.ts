import { isWeekend, type LegalDay } from '@zhitong/values';
import type { CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';

/** The figures of a month as a clerk would count them, with nothing of the program that is tested. */
export interface NaiveFigures {
  received: number;
  assigned: number;
  resolved: number;
  closed: number;
  rated: number;
  satisfied: number;
  answeredInTime: number;
  missed: number;
  standing: number;
  notWithdrawn: number;
  contactedInTime: number;
  contactMissed: number;
  overdue: number;
  escalated: number;
}

/** What somebody owes: from when, how many working days, when the enterprise had to be waited for. */
interface Duty {
  from: LegalDay;
  budget: number;
  readonly pauses: { readonly from: LegalDay; to: LegalDay | null }[];
  /** More days were asked for, and nobody has ruled on it. */
  isAsking: boolean;
  /** Its missed day has been counted. */
  isMissed: boolean;
}

const begun = (from: LegalDay, budget: number, pauses: Duty['pauses'] = []): Duty => ({
  from,
  budget,
  pauses,
  isAsking: false,
  isMissed: false,
});

/** The days of two years are asked for millions of times. */
function remembered(dayFrom: (text: string) => LegalDay): (text: string) => LegalDay {
  const days = new Map<string, LegalDay>();
  return (text) => {
    const known = days.get(text) ?? dayFrom(text);
    days.set(text, known);
    return known;
  };
}

const dayOf = remembered((at) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10));
const next = remembered((day) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10));

/** The last day in time, counted day by day: the first day never counts, days of asking and waiting neither. */
function dueDay(
  from: LegalDay,
  budget: number,
  asked: readonly { from: LegalDay; to: LegalDay | null }[],
  isOff: (day: LegalDay) => boolean,
): LegalDay | null {
  let left = budget;
  let day = from;
  while (left > 0) {
    day = next(day);
    if (asked.some((pause) => day >= pause.from && (pause.to === null || day < pause.to))) {
      if (asked.some((pause) => day >= pause.from && pause.to === null)) return null;
      continue;
    }
    if (!isOff(day)) left -= 1;
  }
  return day;
}

/** Counts the figures of a department, or a category, and a month by what had happened by the end of its last day. */
export function naiveFigures(
  histories: readonly (readonly CaseEvent[])[],
  {
    from,
    to,
    department,
    category,
    holidays,
    makeUp,
  }: {
    from: LegalDay;
    to: LegalDay;
    department?: string;
    category?: string;
    holidays: ReadonlySet<LegalDay>;
    makeUp: ReadonlySet<LegalDay>;
  },
): NaiveFigures {
  const isOff = (day: LegalDay): boolean => !makeUp.has(day) && (isWeekend(day) || holidays.has(day));
  const inMonth = (day: LegalDay): boolean => day >= from && day <= to;
  const sum: NaiveFigures = {
    received: 0,
    assigned: 0,
    resolved: 0,
    closed: 0,
    rated: 0,
    satisfied: 0,
    answeredInTime: 0,
    missed: 0,
    standing: 0,
    notWithdrawn: 0,
    contactedInTime: 0,
    contactMissed: 0,
    overdue: 0,
    escalated: 0,
  };
  for (const whole of histories) {
    const known = whole.filter(({ at }) => dayOf(at) <= to);
    if (known.length === 0) continue;
    let lead: string | null = null;
    let about = '';
    let state: 'open' | 'answered' | 'withdrawn' | 'declined' = 'open';
    /** Grades of the present answer: whose, and what they were counted as. */
    let grades: { isOwn: boolean; rated: number; satisfied: number } | null = null;
    let closings = 0;
    let apart: { duty: Duty | null; contact: Duty | null } | null = null;
    const current: { duty: Duty | null } = { duty: null };
    /** The first word with the enterprise that the department owes. */
    const contact: { duty: Duty | null } = { duty: null };
    let isRaised = false;
    const isOurs = (): boolean => (department === undefined ? about === category : lead === department);
    const end = (day: LegalDay, isAnswer: boolean): void => {
      const { duty } = current;
      current.duty = null;
      if (duty === null) return;
      const due = dueDay(
        duty.from,
        duty.budget,
        duty.pauses.map((pause) => ({ ...pause, to: pause.to ?? day })),
        isOff,
      );
      if (!isOurs() || due === null) return;
      if (day > due && inMonth(due) && !duty.isMissed) sum.missed += 1;
      duty.isMissed ||= day > due;
      if (day <= due && isAnswer && inMonth(day)) sum.answeredInTime += 1;
    };
    const endContact = (day: LegalDay, isContact: boolean): void => {
      const { duty } = contact;
      contact.duty = null;
      const due = duty === null ? null : dueDay(duty.from, duty.budget, [], isOff);
      if (duty === null || due === null || !isOurs()) return;
      if (day > due && inMonth(due) && !duty.isMissed) sum.contactMissed += 1;
      duty.isMissed ||= day > due;
      if (day <= due && isContact && inMonth(day)) sum.contactedInTime += 1;
    };
    for (const { at, by, change } of known) {
      const day = dayOf(at);
      const begin = (budget: number): void => void (current.duty = begun(day, budget));
      const reopen = (budget: number): void => {
        state = 'open';
        grades = null;
        begin(budget);
      };
      switch (change.type) {
        case 'SUBMITTED':
          about = change.intake.category;
          begin(change.intake.triageDays);
          break;
        case 'ASSIGNED':
        case 'RULED':
        case 'TRANSFERRED':
          end(day, false);
          endContact(day, false);
          lead = change.assignment.lead;
          if (isOurs() && inMonth(day)) sum.assigned += 1;
          begin(change.assignment.answerDays);
          contact.duty = begun(day, change.assignment.contactDays);
          break;
        case 'CONTACTED':
          endContact(day, true);
          break;
        case 'ESCALATED':
          isRaised = true;
          break;
        case 'OVERDUE_ESCALATED':
          isRaised ||= !change.clock.startsWith('FIRST_CONTACT');
          break;
        case 'RETURNED':
          end(day, false);
          endContact(day, false);
          lead = null;
          begin(change.triageDays);
          break;
        case 'RECATEGORISED':
          about = change.category;
          break;
        case 'LANE_CHANGED': {
          const { duty } = current;
          if (duty === null || change.clock === null) break;
          const { answerDays, isAnew, countedFrom = duty.from } = change.clock;
          if (isAnew) {
            end(day, false);
            current.duty = begun(day, answerDays, duty.pauses);
          } else Object.assign(duty, { budget: answerDays, from: countedFrom });
          break;
        }
        case 'EXTENSION_REQUESTED':
          if (current.duty) current.duty.isAsking = true;
          break;
        case 'EXTENSION_RULED':
          if (current.duty === null) break;
          current.duty.isAsking = false;
          if (change.granted) current.duty.budget += change.workingDays;
          break;
        case 'PAUSED':
          endContact(day, true);
          current.duty?.pauses.push({ from: day, to: null });
          break;
        case 'SUPPLEMENTED':
        case 'RESUMED':
          for (const pause of current.duty?.pauses ?? []) pause.to ??= day;
          break;
        case 'RESOLVED':
        case 'ANSWERED_DIRECTLY':
          if (isOurs() && inMonth(day)) sum.resolved += 1;
          end(day, true);
          endContact(day, true);
          state = 'answered';
          break;
        case 'RATED': {
          const isOwn = by.party === 'ENTERPRISE';
          // The enterprise's own grades take the place of those that somebody took down for it.
          if (isOwn && grades !== null && !grades.isOwn) {
            sum.rated -= grades.rated;
            sum.satisfied -= grades.satisfied;
          }
          const rated = isOurs() && inMonth(day) ? 1 : 0;
          grades = { isOwn, rated, satisfied: change.process >= 3 && change.result >= 3 ? rated : 0 };
          sum.rated += grades.rated;
          sum.satisfied += grades.satisfied;
          break;
        }
        case 'REOPENED':
          reopen(change.answerDays);
          break;
        case 'CHECK_FOUND':
          if (change.outcome === 'NOT_RESOLVED') reopen(change.answerDays);
          break;
        case 'CLOSED':
          closings = isOurs() && inMonth(day) ? 1 : 0;
          sum.closed += closings;
          break;
        case 'CLOSE_UNDONE':
          sum.closed -= closings;
          break;
        case 'WITHDRAWN':
        case 'DECLINED':
          end(day, false);
          endContact(day, false);
          state = change.type === 'WITHDRAWN' ? 'withdrawn' : 'declined';
          break;
        case 'MERGED':
          apart = { duty: current.duty, contact: contact.duty };
          end(day, false);
          endContact(day, false);
          state = 'withdrawn';
          break;
        case 'MERGE_UNDONE':
          current.duty = apart?.duty ?? null;
          contact.duty = apart?.contact ?? null;
          state = 'open';
          break;
        default:
          break;
      }
    }
    const owed = current.duty;
    const first = known[0];
    const isReceived = first !== undefined && isOurs() && inMonth(dayOf(first.at));
    if (owed !== null && isOurs()) {
      const waitingFrom = owed.pauses.find(({ to: until }) => until === null)?.from;
      const due =
        waitingFrom === undefined
          ? dueDay(owed.from, owed.budget, owed.pauses, isOff)
          : dueBefore(owed, waitingFrom, isOff);
      if (due !== null && due <= to && inMonth(due) && !owed.isMissed && !owed.isAsking) sum.missed += 1;
      // Whether it is unanswered after its day does not depend on what was asked for.
      if (due !== null && due <= to && isReceived) sum.overdue += 1;
    }
    if (contact.duty !== null && isOurs() && !contact.duty.isMissed) {
      const due = dueDay(contact.duty.from, contact.duty.budget, [], isOff);
      if (due !== null && due <= to && inMonth(due)) sum.contactMissed += 1;
    }
    if (isReceived) {
      sum.received += 1;
      if (isRaised) sum.escalated += 1;
      if (state !== 'withdrawn') sum.notWithdrawn += 1;
      if (state === 'answered') sum.standing += 1;
    }
  }
  return sum;
}

/** The due day of a duty that waits: only one that had passed when the enterprise was asked. */
function dueBefore(
  owed: { from: LegalDay; budget: number; pauses: { from: LegalDay; to: LegalDay | null }[] },
  waitingFrom: LegalDay,
  isOff: (day: LegalDay) => boolean,
): LegalDay | null {
  const due = dueDay(
    owed.from,
    owed.budget,
    owed.pauses.filter(({ to }) => to !== null),
    isOff,
  );
  return due !== null && due < waitingFrom ? due : null;
}
