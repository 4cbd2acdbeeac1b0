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
}

/** What a department owes: from when, how many working days, when it had to wait for the enterprise. */
interface Duty {
  readonly from: LegalDay;
  readonly budget: number;
  readonly pauses: { readonly from: LegalDay; to: LegalDay | null }[];
  readonly of: string | null;
}

const dayOf = (at: string): LegalDay => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
const next = (day: LegalDay): LegalDay => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

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

/** Counts one department's figures of a month by what had happened by the end of its last day. */
export function naiveFigures(
  histories: readonly (readonly CaseEvent[])[],
  {
    from,
    to,
    department,
    holidays,
    makeUp,
  }: {
    from: LegalDay;
    to: LegalDay;
    department: string;
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
  };
  for (const whole of histories) {
    const known = whole.filter(({ at }) => dayOf(at) <= to);
    if (known.length === 0) continue;
    let lead: string | null = null;
    let state: 'open' | 'answered' | 'withdrawn' = 'open';
    const current: { duty: Duty | null } = { duty: null };
    const end = (day: LegalDay, isAnswer: boolean): void => {
      const { duty } = current;
      if (duty === null) return;
      const due = dueDay(
        duty.from,
        duty.budget,
        duty.pauses.map((pause) => ({ ...pause, to: pause.to ?? day })),
        isOff,
      );
      if (duty.of === department && due !== null) {
        if (day > due && inMonth(due)) sum.missed += 1;
        if (day <= due && isAnswer && inMonth(day)) sum.answeredInTime += 1;
      }
      current.duty = null;
    };
    for (const { at, change } of known) {
      const day = dayOf(at);
      const begin = (budget: number): void => void (current.duty = { from: day, budget, pauses: [], of: lead });
      switch (change.type) {
        case 'SUBMITTED':
          begin(change.intake.triageDays);
          break;
        case 'ASSIGNED':
          end(day, false);
          lead = change.assignment.lead;
          if (lead === department && inMonth(day)) sum.assigned += 1;
          begin(change.assignment.answerDays);
          break;
        case 'RETURNED':
          end(day, false);
          lead = null;
          begin(change.triageDays);
          break;
        case 'PAUSED':
          current.duty?.pauses.push({ from: day, to: null });
          break;
        case 'SUPPLEMENTED':
          for (const pause of current.duty?.pauses ?? []) pause.to ??= day;
          break;
        case 'RESOLVED':
          if (lead === department && inMonth(day)) sum.resolved += 1;
          end(day, true);
          state = 'answered';
          break;
        case 'RATED':
          if (lead === department && inMonth(day)) {
            sum.rated += 1;
            if (change.process >= 3 && change.result >= 3) sum.satisfied += 1;
          }
          break;
        case 'REOPENED':
          state = 'open';
          begin(change.answerDays);
          break;
        case 'CLOSED':
          if (lead === department && inMonth(day)) sum.closed += 1;
          break;
        case 'WITHDRAWN':
          end(day, false);
          state = 'withdrawn';
          break;
        default:
          break;
      }
    }
    const owed = current.duty;
    if (owed !== null && owed.of === department) {
      const waitingFrom = owed.pauses.find(({ to: until }) => until === null)?.from;
      const due =
        waitingFrom === undefined
          ? dueDay(owed.from, owed.budget, owed.pauses, isOff)
          : dueBefore(owed, waitingFrom, isOff);
      if (due !== null && due <= to && inMonth(due)) sum.missed += 1;
    }
    const first = known[0];
    if (first !== undefined && lead === department && inMonth(dayOf(first.at))) {
      sum.received += 1;
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
