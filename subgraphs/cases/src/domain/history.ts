import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { CaseView } from './case-view.js';
import type { CaseEvent, Intake } from './case-event.js';
import { CLOCK_KINDS, pauseClock, startClock } from './deadline.js';
import { learnsOf, secrecyOf } from './insight.js';
import {
  dutiesEnded,
  dutiesSet,
  higherLevel,
  onDuty,
  referralConcluded,
  supervised,
  supervisionAfter,
  supervisionConcluded,
  supervisionReported,
} from './moves/oversight-steps.js';
import {
  absorbed,
  assigned,
  contacted,
  corrected,
  ended,
  endOfPause,
  extended,
  handedOn,
  laneChanged,
  merged,
  mergeUndone,
  reopened,
  resolved,
  running,
  stopped,
} from './moves/steps.js';

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
  const { triageDays, splitFrom = null, files = [], ...facts } = intake;
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
    updatedForOffices: event.at,
    updatedForOutside: event.at,
    notes: [],
    internalChanges: 0,
    declined: null,
    declines: 0,
    mergedInto: null,
    beforeMerging: null,
    absorbed: [],
    splitFrom,
    splitInto: [],
    wording: null,
    supplements: [],
    files: files.map((file) => ({ ...file, at: event.at })),
    assignment: null,
    assignedOn: null,
    isBinding: false,
    formerHands: [],
    transfers: 0,
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
    evaluation: null,
    checks: [],
    checkers: [],
    reopenings: 0,
    closedOn: null,
    urges: 0,
    supervision: null,
    supervisions: [],
    duties: [],
    // Who calls the secretary's and the mayor's line has brought it before them.
    escalation: intake.channel === 'LEADERS_LINE' ? 'LEADERSHIP' : 'NONE',
    overdueEscalations: [],
    referrals: [],
  };
}

/** The view after one more event. @throws BrokenHistoryError when the event is not the next one */
export function applyEvent(view: CaseView, event: CaseEvent): CaseView {
  if (event.seq !== view.version + 1)
    throw new BrokenHistoryError(`case ${view.caseNumber}: event ${event.seq} follows event ${view.version}`);
  const day = dayInShanghai(event.at);
  const { type } = event.change;
  const next = { ...view, ...changed(view, event, day) };
  return {
    ...next,
    ...supervisionAfter(view, next, day),
    ...(secrecyOf(type) === 'INTERNAL' ? { internalChanges: view.internalChanges + 1 } : {}),
    version: event.seq,
    updatedAt: event.at,
    ...(learnsOf('OFFICE', type) ? { updatedForOffices: event.at } : {}),
    ...(learnsOf('OUTSIDE', type) ? { updatedForOutside: event.at } : {}),
  };
}

function changed(view: CaseView, { seq, at, by, change }: CaseEvent, day: LegalDay): Partial<CaseView> {
  switch (change.type) {
    case 'SUBMITTED':
      throw new BrokenHistoryError(`case ${view.caseNumber} is submitted twice`);
    case 'ANSWERED_DIRECTLY':
      return { ...resolved(view, change.answer, day), answeredDirectly: true };
    case 'ASSIGNED':
    case 'RULED':
    case 'TRANSFERRED':
      return {
        ...assigned(view, change.assignment, seq, day),
        isBinding: change.type === 'RULED',
        transfers: view.transfers + (change.type === 'TRANSFERRED' ? 1 : 0),
      };
    case 'RECATEGORISED':
      return { category: change.category };
    case 'CORRECTED':
      return corrected(view, change.correction);
    case 'NOTED':
      return { notes: [...view.notes, { at, note: change.note, by }] };
    case 'DECLINED':
      return {
        ...ended(view, 'DECLINED', day),
        declined: { competent: change.competent, reason: change.reason },
        declines: view.declines + 1,
      };
    case 'CLOSE_UNDONE':
      return { status: view.rating === null ? 'RESOLVED' : 'RATED', closedOn: null };
    case 'MERGED':
      return merged(view, change.into, day);
    case 'MERGE_UNDONE':
      return mergeUndone(view);
    case 'RELEASED':
      return { absorbed: view.absorbed.filter((number) => number !== change.from) };
    case 'ABSORBED':
      return absorbed(view, change);
    case 'SPLIT':
      return { splitInto: [...view.splitInto, change.into] };
    case 'LANE_CHANGED':
      return laneChanged(view, change, seq, day);
    case 'WORDED':
      return {
        wording: { title: change.title, text: change.text },
        ...(change.keywords === undefined ? {} : { keywords: change.keywords }),
        ...(change.words === undefined ? {} : { words: change.words }),
      };
    case 'ACCEPTED':
      return { status: 'ACCEPTED' };
    case 'RETURNED':
      return {
        status: view.returns + 1 >= RETURN_THAT_NEEDS_RULING ? 'AWAITING_RULING' : 'RETURNED',
        returns: view.returns + 1,
        // Whether the wrong department was late stays to be seen; the triage clock runs anew.
        clocks: [...stopped(view.clocks, CLOCK_KINDS, day), startClock('TRIAGE', seq, day, change.triageDays)],
        assignment: null,
        assignedOn: null,
        formerHands: handedOn(view, day),
        duties: dutiesEnded(view.duties, day),
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
        files: [...view.files, ...(change.files ?? []).map((file) => ({ ...file, at }))],
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
        // What is closed stays closed: the right to rate does not end with it.
        status: view.status === 'CLOSED' ? 'CLOSED' : 'RATED',
        rating: {
          process: change.process,
          result: change.result,
          reason: change.reason,
          ratedOn: day,
          isOwn: by.party === 'ENTERPRISE',
        },
      };
    case 'CHECK_OPENED':
      return {
        checks: [
          ...view.checks,
          { cause: change.cause, drawId: change.drawId, openedOn: day, outcome: null, finding: null },
        ],
        checkers: [...new Set([...view.checkers, ...(change.team ?? [])])],
      };
    case 'CHECK_FOUND':
      return {
        ...(change.outcome === 'NOT_RESOLVED' ? reopened(view, change.answerDays, seq, day) : {}),
        checks: view.checks.map((check) =>
          check.outcome === null ? { ...check, outcome: change.outcome, finding: change.finding } : check,
        ),
        checkers: [],
      };
    case 'REOPENED':
      return reopened(view, change.answerDays, seq, day);
    case 'CLOSED':
      return { status: 'CLOSED', closedOn: day };
    case 'EVALUATED': {
      const { settlement, cause, isCommon, measure, note } = change;
      return { evaluation: { settlement, cause, isCommon, measure, note, evaluatedOn: day } };
    }
    case 'WITHDRAWN':
      return ended(view, 'WITHDRAWN', day);
    case 'URGED':
      return { urges: view.urges + 1 };
    case 'SUPERVISED':
      return supervised(view, change, day);
    case 'SUPERVISION_REPORTED':
      return supervisionReported(view, change.note, day);
    case 'SUPERVISION_CONCLUDED':
      return supervisionConcluded(view, change, day);
    case 'DUTIES_AMENDED':
      return {
        assignment: view.assignment && {
          ...view.assignment,
          assisting: change.responsibilities.map(({ department }) => department),
          responsibilities: change.responsibilities,
        },
        duties: dutiesSet(view.duties, change.responsibilities, seq, day),
      };
    case 'DUTY_REPORTED':
      return {
        duties: onDuty(view.duties, by.department, (duty) => ({ ...duty, result: change.result, reportedOn: day })),
      };
    case 'ASSISTANCE_RATED':
      return {
        duties: onDuty(view.duties, change.department, (duty) => ({
          ...duty,
          grade: change.grade,
          gradeReason: change.reason,
        })),
      };
    case 'ESCALATED':
      return { escalation: change.level };
    case 'OVERDUE_ESCALATED':
      return {
        overdueEscalations: [...view.overdueEscalations, change.clock],
        // That a first contact or a duty is missing is noticed; a matter for the coordinator is what has not been done.
        escalation: higherLevel(
          view.escalation,
          change.level ?? (change.clock.startsWith('FIRST_CONTACT#') ? 'NONE' : 'COORDINATOR'),
        ),
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
            persons: (change.persons ?? []).map((person) => ({ ...person, sanction: null, isCleared: false })),
            concerning: change.concerning ?? null,
            dueOn: change.dueOn ?? null,
            concludedBy: null,
            clearingNotice: null,
          },
        ],
      };
    case 'REFERRAL_CONCLUDED':
      return referralConcluded(view, change, { day, sub: by.sub });
    case 'REFERRAL_OVERDUE':
      return {
        referrals: view.referrals.map((mark) =>
          mark.referralId === change.referralId ? { ...mark, overdueNoticedOn: day } : mark,
        ),
      };
    case 'CLEARING_ISSUED':
      return {
        referrals: view.referrals.map((mark) =>
          mark.referralId === change.referralId ? { ...mark, clearingNotice: change.noticeId } : mark,
        ),
      };
    default:
      // The compiler knows every change that is written; a stored one may be damaged all the same.
      change satisfies never;
      throw new BrokenHistoryError(`case ${view.caseNumber}: event ${view.version + 1} has a change that is none`);
  }
}
