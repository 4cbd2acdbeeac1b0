import { addDays, dayInShanghai, type LegalDay } from '@zhitong/values';
import { decidingClock, type CaseView } from './case-view.js';
import type { Assignment, CaseEvent, Intake } from './case-event.js';
import { CLOCK_KINDS, pauseClock, resumeClock, startClock, stopClock, type Clock, type ClockKind } from './deadline.js';

/**
 * A history that no sequence of legal moves can have produced: a gap, a wrong first event. Means damaged data, not bad
 * input.
 */
export class BrokenHistoryError extends Error {
  override readonly name = 'BrokenHistoryError';
}

/**
 * A case cannot bounce for ever: this return goes to the coordinator's ruling. Not one of the city's terms, so that old
 * histories replay the same.
 */
export const RETURN_THAT_NEEDS_RULING = 3;

/**
 * The case after its events, in order of `seq`. Pure: the same events always give the same view.
 * @throws BrokenHistoryError when the first event is not SUBMITTED or `seq` has a gap
 */
export function replay(events: readonly CaseEvent[]): CaseView {
  const [first, ...rest] = events;
  if (first?.change.type !== 'SUBMITTED') throw new BrokenHistoryError('the first event of a case must be SUBMITTED');
  return rest.reduce(applyEvent, submitted(first, first.change.intake));
}

function submitted(event: CaseEvent, intake: Intake): CaseView {
  const receivedOn = dayInShanghai(event.at);
  const { triageDays, ...facts } = intake;
  if (event.seq !== 1)
    throw new BrokenHistoryError(`case ${event.caseNumber}: the first event has number ${event.seq}`);
  return {
    ...facts,
    caseNumber: event.caseNumber,
    version: 1,
    status: 'RECEIVED',
    receivedAt: event.at,
    receivedOn,
    updatedAt: event.at,
    wording: null,
    supplements: [],
    assignment: null,
    assignedOn: null,
    isBinding: false,
    returns: 0,
    firstContactOn: null,
    question: null,
    pendingExtension: null,
    extendedBy: 0,
    extensionsAsked: 0,
    clocks: [startClock('TRIAGE', 1, receivedOn, triageDays)],
    answer: null,
    answeredDirectly: false,
    resolvedOn: null,
    rating: null,
    checks: [],
    reopenings: 0,
    closedOn: null,
    urges: 0,
    supervision: null,
    escalation: 'NONE',
    overdueEscalations: [],
    referrals: [],
  };
}

/** The view after one more event. @throws BrokenHistoryError when the event is not the next one */
export function applyEvent(view: CaseView, event: CaseEvent): CaseView {
  if (event.seq !== view.version + 1)
    throw new BrokenHistoryError(`case ${view.caseNumber}: event ${event.seq} follows event ${view.version}`);
  const day = dayInShanghai(event.at);
  return { ...view, ...changed(view, event, day), version: event.seq, updatedAt: event.at };
}

const stopped = (clocks: readonly Clock[], kinds: readonly ClockKind[], day: LegalDay): Clock[] =>
  clocks.map((clock) => (kinds.includes(clock.kind) ? stopClock(clock, day) : clock));

function changed(view: CaseView, { seq, at, change }: CaseEvent, day: LegalDay): Partial<CaseView> {
  switch (change.type) {
    case 'SUBMITTED':
      throw new BrokenHistoryError(`case ${view.caseNumber} is submitted twice`);
    case 'ANSWERED_DIRECTLY':
      return { ...resolved(view, change.answer, day), answeredDirectly: true };
    case 'ASSIGNED':
    case 'RULED':
      return { ...assigned(view, change.assignment, seq, day), isBinding: change.type === 'RULED' };
    case 'WORDED':
      return { wording: { title: change.title, text: change.text } };
    case 'ACCEPTED':
      return { status: 'ACCEPTED' };
    case 'RETURNED':
      return {
        status: view.returns + 1 >= RETURN_THAT_NEEDS_RULING ? 'AWAITING_RULING' : 'RETURNED',
        returns: view.returns + 1,
        // What the wrong department did not do is not counted against anyone; the triage clock runs anew.
        clocks: [
          ...view.clocks.filter((clock) => clock.stoppedOn !== null),
          startClock('TRIAGE', seq, day, change.triageDays),
        ],
        assignment: null,
        assignedOn: null,
      };
    case 'CONTACTED':
      return { status: 'IN_PROGRESS', ...contacted(view, day) };
    case 'STEP_RECORDED':
      return { status: 'IN_PROGRESS' };
    case 'PAUSED':
      // Asking is a contact; then every clock that still runs waits.
      return {
        ...contacted(view, day),
        status: 'WAITING',
        question: change.question,
        clocks: contacted(view, day).clocks.map((clock) => pauseClock(clock, day, endOfPause(day, change.longestDays))),
      };
    case 'RESUMED':
      return running(view, day);
    case 'SUPPLEMENTED':
      return {
        ...(view.status === 'WAITING' ? running(view, day) : {}),
        supplements: [...view.supplements, { at, text: change.text, attachments: change.attachments }],
      };
    case 'EXTENSION_REQUESTED':
      return {
        pendingExtension: { workingDays: change.workingDays, reason: change.reason },
        extensionsAsked: view.extensionsAsked + 1,
      };
    case 'EXTENSION_RULED':
      return { pendingExtension: null, ...(change.granted ? extended(view, change.workingDays, seq, day) : {}) };
    case 'RESOLVED':
      return resolved(view, change.answer, day);
    case 'RATED':
      return {
        status: 'RATED',
        rating: { process: change.process, result: change.result, reason: change.reason, ratedOn: day },
      };
    case 'CHECK_OPENED':
      return {
        checks: [
          ...view.checks,
          { cause: change.cause, drawId: change.drawId, openedOn: day, outcome: null, finding: null },
        ],
      };
    case 'CHECK_FOUND':
      return {
        ...(change.outcome === 'NOT_RESOLVED' ? reopened(view, change.answerDays, seq, day) : {}),
        checks: view.checks.map((check) =>
          check.outcome === null ? { ...check, outcome: change.outcome, finding: change.finding } : check,
        ),
      };
    case 'REOPENED':
      return reopened(view, change.answerDays, seq, day);
    case 'CLOSED':
      return { status: 'CLOSED', closedOn: day };
    case 'WITHDRAWN':
      return {
        status: 'WITHDRAWN',
        closedOn: day,
        pendingExtension: null,
        clocks: stopped(view.clocks, CLOCK_KINDS, day),
      };
    case 'URGED':
      return { urges: view.urges + 1 };
    case 'SUPERVISED':
      return { supervision: { instruction: change.instruction, dueOn: change.dueOn, orderedOn: day } };
    case 'ESCALATED':
      return { escalation: change.level };
    case 'OVERDUE_ESCALATED':
      return {
        overdueEscalations: [...view.overdueEscalations, change.clock],
        // That a first contact is missing is noticed; a matter for the coordinator is what has not been done.
        escalation:
          view.escalation === 'NONE' && !change.clock.startsWith('FIRST_CONTACT#') ? 'COORDINATOR' : view.escalation,
      };
    case 'REDATED':
      return {};
    case 'REFERRED':
      return {
        referrals: [
          ...view.referrals,
          {
            referralId: change.referralId,
            department: change.department,
            reason: change.reason,
            evidence: change.evidence,
            referredOn: day,
            outcome: null,
            note: null,
            concludedOn: null,
          },
        ],
      };
    case 'REFERRAL_CONCLUDED':
      return {
        referrals: view.referrals.map((mark) =>
          mark.referralId === change.referralId
            ? { ...mark, outcome: change.outcome, note: change.note, concludedOn: day }
            : mark,
        ),
      };
    default:
      return change satisfies never;
  }
}

const endOfPause = (from: LegalDay, longestDays: number | undefined): LegalDay | undefined =>
  longestDays === undefined ? undefined : addDays(from, longestDays);

function assigned(view: CaseView, assignment: Assignment, seq: number, day: LegalDay): Partial<CaseView> {
  return {
    status: 'ASSIGNED',
    assignment,
    assignedOn: day,
    extensionsAsked: 0,
    firstContactOn: null,
    clocks: [
      ...stopped(view.clocks, ['TRIAGE'], day),
      startClock('FIRST_CONTACT', seq, day, assignment.contactDays),
      startClock('ANSWER', seq, day, assignment.answerDays),
    ],
  };
}

const contacted = (view: CaseView, day: LegalDay): Pick<CaseView, 'firstContactOn' | 'clocks'> => ({
  firstContactOn: view.firstContactOn ?? day,
  clocks: stopped(view.clocks, ['FIRST_CONTACT'], day),
});

const running = (view: CaseView, day: LegalDay): Pick<CaseView, 'status' | 'question' | 'clocks'> => ({
  status: 'IN_PROGRESS',
  question: null,
  clocks: view.clocks.map((clock) => resumeClock(clock, day)),
});

function extended(view: CaseView, workingDays: number, seq: number, day: LegalDay): Partial<CaseView> {
  const clock = decidingClock(view);
  if (!clock) return {};
  const extension: Clock = { ...clock, kind: 'EXTENSION', startedBy: seq, budget: clock.budget + workingDays };
  return { extendedBy: view.extendedBy + workingDays, clocks: [...stopped(view.clocks, ['ANSWER'], day), extension] };
}

const resolved = (view: CaseView, answer: string, day: LegalDay): Partial<CaseView> => ({
  status: 'RESOLVED',
  answer,
  resolvedOn: day,
  pendingExtension: null,
  question: null,
  firstContactOn: view.firstContactOn ?? day,
  clocks: stopped(view.clocks, CLOCK_KINDS, day),
});

/**
 * Back to the department that answered, or to the desk when it was answered at once; with a new clock and without the
 * old rating.
 */
const reopened = (view: CaseView, answerDays: number, seq: number, day: LegalDay): Partial<CaseView> => ({
  status: view.assignment ? 'REOPENED' : 'RECEIVED',
  reopenings: view.reopenings + 1,
  resolvedOn: null,
  closedOn: null,
  rating: null,
  extendedBy: 0,
  extensionsAsked: 0,
  answeredDirectly: false,
  clocks: [...view.clocks, startClock(view.assignment ? 'ANSWER' : 'TRIAGE', seq, day, answerDays)],
});
