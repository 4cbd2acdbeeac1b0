import { addDays, dayInShanghai, type LegalDay, type WorkingCalendar } from '@zhitong/values';
import type { CaseEvent } from '../case-event.js';
import { contactClock, decidingClock, isAnsweredElsewhere, isOpen, type CaseView } from '../case-view.js';
import { dueOn, lastDayInTime, type Clock } from '../deadline.js';
import { applyEvent, replay } from '../history.js';
import { isPromiseBroken } from '../promises/promised-time.js';
import { isSatisfied } from '../satisfaction.js';
import { assembleFigures, type FigureName, type Figures } from './statistics.js';

/**
 * One thing that figures count, with the days on which it was known. What was known on a day stays what was known on
 * it: a fact that no longer holds gets its `until`, and is not taken away.
 */
export interface CaseFact {
  readonly figure: FigureName;
  /** Of a rate, whether the case counts in the numerator; null for a count. */
  readonly met: boolean | null;
  /** The day by which it belongs to a period. */
  readonly on: LegalDay;
  /** Known at the end of this day and later. */
  readonly since: LegalDay;
  /** From the end of this day on it no longer holds; null while it does. */
  readonly until: LegalDay | null;
  /** What comes about because a day passed: it counts when this day is over. */
  readonly after: LegalDay | null;
  /** Whose it is: the department that led when it came about; null for the desk. */
  readonly department: string | null;
  readonly category: string;
  /** Matter of the catalogue that the case was about; left out where it was about none. */
  readonly serviceItem?: string;
  /** Of `promiseBroken` twice the working days that the matter took. */
  readonly actualHalfDays?: number;
}

type Standing = Omit<CaseFact, 'since' | 'until'> & { readonly since?: LegalDay };

/** One run of a clock that a department, or the desk, answers for. */
interface Duty {
  readonly clock: Clock;
  readonly figure: 'onTime' | 'response';
  readonly whose: Pick<CaseFact, 'department' | 'category' | 'serviceItem'>;
}

const whose = ({ assignment, category, serviceItem }: CaseView): Duty['whose'] => ({
  department: assignment?.lead ?? null,
  category,
  ...(serviceItem ? { serviceItem: serviceItem.id } : {}),
});

/** The duties that run after a step; the clock of an extension is that of the answer that it extends. */
function dutiesOf(view: CaseView): Duty[] {
  if (!isOpen(view.status)) return [];
  const duties: [Clock | null, Duty['figure']][] = [
    [decidingClock(view), 'onTime'],
    [contactClock(view), 'response'],
  ];
  return duties.flatMap(([clock, figure]) =>
    clock === null || clock.stoppedOn !== null ? [] : [{ clock, figure, whose: whose(view) }],
  );
}

const isSameDuty = (a: Duty, b: Duty): boolean =>
  a.figure === b.figure &&
  (a.clock.startedBy === b.clock.startedBy ||
    (b.clock.kind === 'EXTENSION' && a.clock.startedOn === b.clock.startedOn));

/**
 * What stands as long as a case stands as it does: facts of the case itself, and due days that will pass.
 * @param counted duties whose missed day is counted already
 */
function standingFacts(view: CaseView, calendar: WorkingCalendar, counted: readonly Duty[]): Standing[] {
  const own = whose(view);
  const plain = { ...own, met: null, after: null, on: view.receivedOn } as const;
  // Whoever declines a case has not resolved it.
  const isAnswered = !isOpen(view.status) && view.status !== 'DECLINED';
  return [
    { ...plain, figure: 'received' },
    ...(isAnsweredElsewhere(view.status) ? [] : [{ ...plain, figure: 'resolution', met: isAnswered } as const]),
    ...promiseFacts(view, plain),
    ...(view.escalation === 'NONE' ? [] : [{ ...plain, figure: 'escalated' } as const]),
    ...dutiesOf(view).flatMap((duty): Standing[] => {
      const due = lastDayInTime(duty.clock, calendar);
      if (due === null) return [];
      const missed: Standing[] = counted.some((each) => isSameDuty(each, duty))
        ? []
        : [{ ...duty.whose, figure: duty.figure, met: false, on: due, since: due, after: due }];
      if (duty.figure === 'response') return missed;
      return [
        // While an extension that was asked for in time waits for its ruling, nothing is decided yet.
        ...(view.pendingExtension === null ? missed : []),
        { ...plain, figure: 'overdue', since: due, after: due },
      ];
    }),
  ];
}

/** What the case says of the promise of its matter. */
function promiseFacts(view: CaseView, plain: Omit<Standing, 'figure'>): Standing[] {
  const { serviceItem, actualTime } = view;
  const met = isPromiseBroken(serviceItem, actualTime);
  if (met === null || !actualTime || isAnsweredElsewhere(view.status)) return [];
  return [{ ...plain, figure: 'promiseBroken', met, actualHalfDays: actualTime.halfDays }];
}

/** What a step itself is, or brings about: it stays, whatever comes later. */
function lastingFacts(before: CaseView | null, after: CaseView, { change }: CaseEvent, day: LegalDay): Standing[] {
  const own = whose(before ?? after);
  const plain = { ...own, met: null, after: null, on: day } as const;
  switch (change.type) {
    case 'ASSIGNED':
    case 'RULED':
    case 'TRANSFERRED':
      return [{ ...plain, ...whose(after), figure: 'assigned' }];
    case 'ANSWERED_DIRECTLY':
      return [
        { ...plain, figure: 'resolved' },
        { ...plain, figure: 'answeredDirectly' },
      ];
    case 'RESOLVED':
      return [{ ...plain, figure: 'resolved' }];
    case 'RATED': {
      const [process, result] = [isSatisfied(change.process), isSatisfied(change.result)];
      return [
        { ...plain, figure: 'processSatisfaction', met: process },
        { ...plain, figure: 'resultSatisfaction', met: result },
        { ...plain, figure: 'satisfaction', met: process && result },
      ];
    }
    case 'CLOSED':
      return [{ ...plain, figure: 'closed' }];
    default:
      return [];
  }
}

/** What a step shows not to have been so: figures that were known of earlier steps of the same answer end with it. */
function refuted(before: CaseView, { by, change }: CaseEvent): readonly FigureName[] {
  if (change.type === 'CLOSE_UNDONE') return ['closed'];
  // The enterprise's own grades take the place of those after a call-back.
  return change.type === 'RATED' && by.party === 'ENTERPRISE' && before.rating?.isOwn === false ? RATINGS : [];
}

const RATINGS = ['processSatisfaction', 'resultSatisfaction', 'satisfaction'] as const satisfies readonly FigureName[];

/** Ends the latest fact of a figure that was to last. */
function end(facts: CaseFact[], figure: FigureName, day: LegalDay): void {
  const at = facts.findLastIndex((fact) => fact.figure === figure && fact.until === null);
  const fact = facts[at];
  if (fact !== undefined) facts[at] = { ...fact, until: day };
}

const FULFILS: Readonly<Record<Duty['figure'], ReadonlySet<string>>> = {
  onTime: new Set(['RESOLVED', 'ANSWERED_DIRECTLY']),
  response: new Set(['CONTACTED', 'PAUSED', 'RESOLVED']),
};

/**
 * How a duty ended with a step: met on its day, missed on its due day however it ended, or neither when it ended in
 * time without what it was for (returned, withdrawn). Null also where the calendar does not tell.
 */
function outcome(
  duty: Duty,
  before: CaseView,
  { change }: CaseEvent,
  day: LegalDay,
  calendar: WorkingCalendar,
): Standing | null {
  const due = dueOn(duty.clock, calendar, day);
  if (!due.known) return null;
  const { figure } = duty;
  const plain = { ...duty.whose, figure, after: null } as const;
  if (day > due.value) {
    const since = figure === 'onTime' && before.pendingExtension !== null ? day : due.value;
    return { ...plain, met: false, on: due.value, since, after: due.value };
  }
  return FULFILS[figure].has(change.type) ? { ...plain, met: true, on: day } : null;
}

/** What makes a fact the one that it is, whenever it was known; the compiler demands every field of it. */
const IDENTIFYING: Readonly<Record<keyof Omit<CaseFact, 'since' | 'until'>, true>> = {
  figure: true,
  met: true,
  on: true,
  after: true,
  department: true,
  category: true,
  serviceItem: true,
  actualHalfDays: true,
};
const IDENTIFYING_NAMES = Object.keys(IDENTIFYING);

const keyOf = (fact: Standing): string => JSON.stringify(fact, IDENTIFYING_NAMES);

/**
 * Everything that the figures count of one case, by its history. Due days are those of the calendar that is given.
 * @throws BrokenHistoryError for a history that no moves can have made
 */
export function factsOf(events: readonly CaseEvent[], calendar: WorkingCalendar): CaseFact[] {
  const ended: CaseFact[] = [];
  let standing = new Map<string, CaseFact>();
  // Missed when the case was merged: once that is undone, the same duty goes on, and does not miss its day twice.
  const missedAtMerging: Duty[] = [];
  let view: CaseView | null = null;
  for (const event of events) {
    const day = dayInShanghai(event.at);
    const before: CaseView | null = view;
    view = before === null ? replay([event]) : applyEvent(before, event);
    const lasting = lastingFacts(before, view, event, day);
    const running = dutiesOf(view);
    if (before !== null) {
      for (const figure of refuted(before, event)) end(ended, figure, day);
      for (const duty of dutiesOf(before).filter((each) => !running.some((other) => isSameDuty(each, other)))) {
        const found = outcome(duty, before, event, day, calendar);
        if (found === null || missedAtMerging.some((each) => isSameDuty(each, duty))) continue;
        lasting.push(found);
        if (event.change.type === 'MERGED' && found.met === false) missedAtMerging.push(duty);
      }
    }
    for (const fact of lasting) {
      const since = standing.get(keyOf(fact))?.since ?? fact.since ?? day;
      ended.push({ ...fact, since, until: null });
    }
    const next = new Map<string, CaseFact>();
    for (const fact of standingFacts(view, calendar, missedAtMerging)) {
      const key = keyOf(fact);
      const since = fact.since !== undefined && fact.since > day ? fact.since : day;
      const known = standing.get(key);
      next.set(key, known ?? { ...fact, since, until: null });
      standing.delete(key);
    }
    // A missed due day that has become lasting is known without a gap; what was not known for a day was never known.
    for (const [key, fact] of standing) {
      if (lasting.some((each) => keyOf(each) === key)) continue;
      if (fact.since < day) ended.push({ ...fact, until: day });
    }
    standing = next;
  }
  return [...ended, ...standing.values()];
}

/** A period, and the knowledge by which it is counted. */
export interface Knowledge {
  readonly from: LegalDay;
  readonly to: LegalDay;
  /** Counted as it was known at the end of this day; not after `today`. */
  readonly knownOn: LegalDay;
  /** A day that is not over has not passed. */
  readonly today: LegalDay;
}

/** The day that must lie behind for what comes about by its passing. */
export const lastDayOver = ({ knownOn, today }: Pick<Knowledge, 'knownOn' | 'today'>): LegalDay => {
  const yesterday = addDays(today, -1);
  return knownOn < yesterday ? knownOn : yesterday;
};

/**
 * Whether a fact counts in a period as it was known on a day. The database asks the same
 * (models/figures/case-statistics).
 */
export const isCounted = ({ on, since, until, after }: CaseFact, period: Knowledge): boolean =>
  on >= period.from &&
  on <= period.to &&
  since <= period.knownOn &&
  (until === null || until > period.knownOn) &&
  (after === null || after <= lastDayOver(period));

/** The figures of facts held in memory: the reference that the database's result is tested against. */
export function figuresOf(facts: readonly CaseFact[], period: Knowledge): Figures {
  const counted = facts.filter((fact) => isCounted(fact, period));
  const count = (name: FigureName, isIn: (fact: CaseFact) => boolean = () => true): number =>
    counted.filter((fact) => fact.figure === name && isIn(fact)).length;
  return assembleFigures(count, (name) => ({
    numerator: count(name, ({ met }) => met === true),
    denominator: count(name),
  }));
}
