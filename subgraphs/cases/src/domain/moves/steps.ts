import { addDays, type LegalDay } from '@zhitong/values';
import type { Assignment, CaseChange, Correction, FormerComplainant } from '../case-event.js';
import { decidingClock, type CaseStatus, type CaseView, type FormerHand } from '../case-view.js';
import { dutiesEnded, dutiesSet } from './oversight-steps.js';
import { CLOCK_KINDS, resumeClock, startClock, stopClock, type Clock, type ClockKind } from '../deadline.js';

/** The clocks, those of some kinds stopped on a day. */
export const stopped = (clocks: readonly Clock[], kinds: readonly ClockKind[], day: LegalDay): Clock[] =>
  clocks.map((clock) => (kinds.includes(clock.kind) ? stopClock(clock, day) : clock));

/** Nobody owes an answer any more, although none was given. */
export const ended = (
  view: CaseView,
  status: Extract<CaseStatus, 'WITHDRAWN' | 'DECLINED' | 'MERGED'>,
  day: LegalDay,
): Partial<CaseView> => ({
  status,
  closedOn: day,
  pendingExtension: null,
  question: null,
  clocks: stopped(view.clocks, CLOCK_KINDS, day),
});

/** Goes on in another case; what stops with it is kept. */
export const merged = (view: CaseView, into: string, day: LegalDay): Partial<CaseView> => {
  const { status, question, pendingExtension, clocks, supervision, supervisions } = view;
  return {
    ...ended(view, 'MERGED', day),
    mergedInto: into,
    beforeMerging: { status, question, pendingExtension, clocks, supervision, supervisions },
  };
};

/**
 * The case as it stood before it was merged. Its clocks run on from where they began: the enterprise lost no day; so
 * does an order of supervision, which would else be got rid of by merging.
 */
export const mergeUndone = ({ beforeMerging }: CaseView): Partial<CaseView> => ({
  ...beforeMerging,
  closedOn: null,
  mergedInto: null,
  beforeMerging: null,
});

/** What tells who brought a case. */
type Brought = Pick<CaseView, 'complainant' | 'project'>;

/** Who brought a case, as it is kept when somebody else turns out to have, or speaks for it as well. */
const former = ({ complainant, project = null }: Brought): FormerComplainant => {
  const { uscc, name, contactName, contactPhone } = complainant;
  return { uscc, name, contactName, contactPhone, ...(project === null ? {} : { project }) };
};

/** Everybody who brought a case or was taken to have. */
export const everyContact = (brought: Brought): FormerComplainant[] => [
  ...(brought.complainant.formerly ?? []),
  former(brought),
];

/** Another case goes on in this one, with words of its own contacts, who are masked like this one's. */
export const absorbed = (
  view: CaseView,
  { from, contacts = [] }: Extract<CaseChange, { type: 'ABSORBED' }>,
): Partial<CaseView> => {
  const { absorbed: others, complainant } = view;
  const { uscc, contactName, contactPhone = null, project } = former(view);
  const more = contacts.filter(
    (contact) =>
      contact.uscc !== uscc ||
      contact.contactName !== contactName ||
      (contact.contactPhone ?? contactPhone) !== contactPhone ||
      (contact.project ?? project) !== project,
  );
  return {
    absorbed: [...others, from],
    ...(more.length === 0
      ? {}
      : { complainant: { ...complainant, formerly: [...(complainant.formerly ?? []), ...more] } }),
  };
};

/** The intake as it should have been taken down. */
export function corrected(view: CaseView, correction: Correction): Partial<CaseView> {
  const { uscc, contactName, contactPhone, anonymous, ...facts } = correction;
  const { complainant } = view;
  // A project of another enterprise than the one that the case was taken down for.
  const project = uscc !== undefined && uscc !== complainant.uscc ? { project: null } : {};
  const isAnother = [
    [uscc, complainant.uscc],
    [contactName, complainant.contactName],
    [contactPhone, complainant.contactPhone],
    [view.project == null ? undefined : facts.project, view.project],
  ].some(([put, was]) => put !== undefined && put !== was);
  return {
    ...project,
    ...facts,
    complainant: {
      ...complainant,
      ...(uscc === undefined ? {} : { uscc }),
      ...(isAnother ? { formerly: everyContact(view) } : {}),
      ...(contactName === undefined ? {} : { contactName }),
      ...(contactPhone === undefined ? {} : { contactPhone }),
      ...(anonymous === undefined ? {} : { anonymous }),
    },
  };
}

/** The answer clock by the terms of another lane. */
export function laneChanged(
  view: CaseView,
  { lane, clock }: Extract<CaseChange, { type: 'LANE_CHANGED' }>,
  seq: number,
  day: LegalDay,
): Partial<CaseView> {
  const assignment = view.assignment && { ...view.assignment, lane };
  if (clock === null) return { assignment };
  const { answerDays, isAnew, countedFrom } = clock;
  // The pauses stay with the term, however it is counted: a clock stands once.
  const pauses = decidingClock(view)?.pauses ?? [];
  return {
    assignment: assignment && { ...assignment, answerDays },
    clocks: isAnew
      ? [...stopped(view.clocks, ['ANSWER'], day), { ...startClock('ANSWER', seq, day, answerDays), pauses }]
      : view.clocks.map((each) =>
          each.kind === 'ANSWER' && each.stoppedOn === null
            ? { ...each, budget: answerDays, startedOn: countedFrom ?? each.startedOn }
            : each,
        ),
  };
}

/** The last day of a pause; undefined where histories have no bound. */
export const endOfPause = (from: LegalDay, longestDays: number | undefined): LegalDay | undefined =>
  longestDays === undefined ? undefined : addDays(from, longestDays);

/** The departments that had the case in hands, when the one that has it hands it on. */
export function handedOn(view: CaseView, day: LegalDay): readonly FormerHand[] {
  const { assignment, formerHands, extendedBy, extensionsAsked } = view;
  const clock = decidingClock(view);
  return assignment === null || clock === null || clock.kind === 'TRIAGE'
    ? formerHands
    : [...formerHands, { lead: assignment.lead, clock: stopClock(clock, day), extendedBy, extensionsAsked }];
}

/**
 * In a department's hands, with its own clocks; what another one had running ends. A department that had the case
 * before asks the enterprise, and for more time, no second time.
 */
export function assigned(view: CaseView, assignment: Assignment, seq: number, day: LegalDay): Partial<CaseView> {
  const formerHands = handedOn(view, day);
  const before = formerHands.findLast(({ lead }) => lead === assignment.lead);
  const pauses = before?.clock.pauses ?? [];
  return {
    status: 'ASSIGNED',
    assignment,
    assignedOn: day,
    formerHands,
    pendingExtension: null,
    extendedBy: before?.extendedBy ?? 0,
    extensionsAsked: before?.extensionsAsked ?? 0,
    firstContactOn: null,
    question: null,
    duties: dutiesSet(dutiesEnded(view.duties, day), assignment.responsibilities, seq, day),
    clocks: [
      ...stopped(view.clocks, CLOCK_KINDS, day),
      startClock('FIRST_CONTACT', seq, day, assignment.contactDays),
      { ...startClock('ANSWER', seq, day, assignment.answerDays), pauses },
    ],
  };
}

/** The department has spoken with the enterprise. */
export const contacted = (view: CaseView, day: LegalDay): Pick<CaseView, 'firstContactOn' | 'clocks'> => ({
  firstContactOn: view.firstContactOn ?? day,
  clocks: stopped(view.clocks, ['FIRST_CONTACT'], day),
});

/** The enterprise is no longer waited for. */
export const running = (view: CaseView, day: LegalDay): Pick<CaseView, 'status' | 'question' | 'clocks'> => ({
  status: 'IN_PROGRESS',
  question: null,
  clocks: view.clocks.map((clock) => resumeClock(clock, day)),
});

/** The answer clock with the days that were granted. */
export function extended(view: CaseView, workingDays: number, seq: number, day: LegalDay): Partial<CaseView> {
  const clock = decidingClock(view);
  if (!clock) return {};
  const extension: Clock = { ...clock, kind: 'EXTENSION', startedBy: seq, budget: clock.budget + workingDays };
  return { extendedBy: view.extendedBy + workingDays, clocks: [...stopped(view.clocks, ['ANSWER'], day), extension] };
}

/** Answered. */
export const resolved = (view: CaseView, answer: string, day: LegalDay): Partial<CaseView> => ({
  status: 'RESOLVED',
  answer,
  resolvedOn: day,
  pendingExtension: null,
  question: null,
  firstContactOn: view.firstContactOn ?? day,
  formerHands: [],
  transfers: 0,
  clocks: stopped(view.clocks, CLOCK_KINDS, day),
});

/**
 * Back to the department that answered, or to the desk when it was answered at once; with a new clock and without the
 * old rating.
 */
export const reopened = (view: CaseView, answerDays: number, seq: number, day: LegalDay): Partial<CaseView> => ({
  status: view.assignment ? 'REOPENED' : 'RECEIVED',
  declined: null,
  reopenings: view.reopenings + 1,
  resolvedOn: null,
  closedOn: null,
  rating: null,
  evaluation: null,
  extendedBy: 0,
  extensionsAsked: 0,
  answeredDirectly: false,
  clocks: [...view.clocks, startClock(view.assignment ? 'ANSWER' : 'TRIAGE', seq, day, answerDays)],
});
