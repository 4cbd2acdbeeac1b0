import {
  addDays,
  dayInShanghai,
  startOfDayInShanghai,
  type LegalDay,
  addWorkingDays,
  type WorkingCalendar,
} from '@zhitong/values';
import type { Author, CaseChange, CaseEvent, Intake, Party } from '../domain/case-event.js';
import type { CaseView } from '../domain/case-view.js';
import { applyEvent, replay } from '../domain/history.js';
import { judgeMove } from '../domain/lifecycle.js';
import { unnoticedLastDays } from '../domain/overdue.js';

const NUMBER_TO_COME = 'SQ0000-000000';
const MINUTE = 60_000;

/**
 * Writes the history of one demo case. Every event passes the state machine, so that the demo city holds nothing that
 * the product would not have allowed; what would happen after the end of the demo is not written.
 */
export class Timeline {
  readonly #events: CaseEvent[];
  #view: CaseView;
  #isOver = false;

  constructor(
    private readonly calendar: WorkingCalendar,
    intake: Intake,
    by: Author,
    receivedAt: Date,
    private readonly endsAt: Date,
  ) {
    this.#events = [
      { caseNumber: NUMBER_TO_COME, seq: 1, at: receivedAt.toISOString(), by, change: { type: 'SUBMITTED', intake } },
    ];
    this.#view = replay(this.#events);
  }

  get view(): CaseView {
    return this.#view;
  }

  get events(): readonly CaseEvent[] {
    return this.#events;
  }

  /** The day of the last event. */
  get day(): LegalDay {
    return dayInShanghai(this.#view.updatedAt);
  }

  /** The working day `count` working days after `day`; on a calendar that is not published yet, calendar days. */
  workingDay(day: LegalDay, count: number): LegalDay {
    const found = addWorkingDays(this.calendar, day, count);
    return found.known ? found.value : addDays(day, count);
  }

  /**
   * Something happens on `day` at `minute` of the day, never before what happened last. Brings in first what the
   * overdue job would have done.
   */
  happen(day: LegalDay, minute: number, by: Author, change: CaseChange): void {
    this.#escalateOverdue(day);
    this.#write(day, minute, by, change);
  }

  /** Lets time pass up to a day without anybody acting. */
  wait(day: LegalDay): void {
    this.#escalateOverdue(day);
  }

  #escalateOverdue(day: LegalDay): void {
    for (const { clock, dueOn, isProvisional } of unnoticedLastDays(this.#view, this.calendar)) {
      if (dueOn >= day || isProvisional) continue;
      this.#write(
        addDays(dueOn, 1),
        5,
        { sub: 'system', party: 'SYSTEM', department: null, uscc: null },
        { type: 'OVERDUE_ESCALATED', clock, dueOn },
      );
    }
  }

  #write(day: LegalDay, minute: number, by: Author, change: CaseChange): void {
    const at = new Date(
      Math.max(startOfDayInShanghai(day).getTime() + minute * MINUTE, Date.parse(this.#view.updatedAt) + MINUTE),
    );
    this.#isOver ||= at > this.endsAt;
    if (this.#isOver || change.type === 'SUBMITTED') return;
    const verdict = judgeMove(this.#view, change.type, [by.party]);
    if (!verdict.legal) throw new Error(`The demo makes an illegal move: ${verdict.reason}.`);
    const event: CaseEvent = {
      caseNumber: NUMBER_TO_COME,
      seq: this.#view.version + 1,
      at: at.toISOString(),
      by,
      change,
    };
    this.#view = applyEvent(this.#view, event);
    this.#events.push(event);
  }

  /** True when the demo ended before the last thing that was to happen. */
  isCut(): boolean {
    return this.#isOver;
  }
}

/** Somebody of the demo city. */
export const author = (party: Party, part: Partial<Author> = {}): Author => {
  const { department = null, uscc = null } = part;
  return { sub: `demo-${(department ?? uscc ?? party).toLowerCase()}`, party, department, uscc };
};
