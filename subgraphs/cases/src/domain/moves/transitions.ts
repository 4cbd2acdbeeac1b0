import { versionFor } from '../insight.js';
import { isSatisfied } from '../satisfaction.js';
import {
  decidingClock,
  openCheck,
  OPEN_STATUSES,
  runningDuties,
  runningSupervision,
  STATUSES,
  type CaseStatus,
  type CaseView,
} from '../case-view.js';
import type { CaseEventType, Party } from '../case-event.js';

/** One row of the state machine: a move, who may make it, from where, to where, and on which condition. */
export interface Transition {
  readonly move: Exclude<CaseEventType, 'SUBMITTED'>;
  readonly by: readonly Party[];
  /** Who may also make it for an enterprise registered elsewhere: it has no account here, and calls the desk. */
  readonly onBehalf?: readonly Party[];
  readonly from: readonly CaseStatus[];
  /** UNCHANGED keeps the status; two targets are distinguished by `targetStatus`. */
  readonly to: readonly (CaseStatus | 'UNCHANGED')[];
  /** Why the case does not allow the move to a party although its status would; null when it does. */
  readonly hindrance?: (view: CaseView, party: Party) => string | null;
}

const WITH_DEPARTMENT = [
  'ASSIGNED',
  'ACCEPTED',
  'IN_PROGRESS',
  'WAITING',
  'REOPENED',
] as const satisfies readonly CaseStatus[];
const ANSWERED = ['RESOLVED', 'RATED', 'CLOSED'] as const satisfies readonly CaseStatus[];

/** So many supplements has a case at most. */
export const MOST_SUPPLEMENTS = 100;
/** A history of so many changes takes no more notes; it can still be answered, escalated, closed. */
export const MOST_NOTED_CHANGES = 1_000;

/** So many internal notes has a case at most. */
export const MOST_INTERNAL_NOTES = 200;
/** So many other cases can go on in one. */
const MOST_ABSORBED = 50;

// By the changes that everybody learns of: others must not show in what is possible.
const isTooLong = (view: CaseView): string | null =>
  versionFor('OUTSIDE', view) >= MOST_NOTED_CHANGES
    ? `the history has ${MOST_NOTED_CHANGES} changes and takes no more notes`
    : null;

/** Checks of one case that are open at the same time, at most. */
const MOST_OPEN_CHECKS = 10;
/** So many orders of supervision has a case at most. */
const MOST_SUPERVISIONS = 50;

const isNotSupervised = (view: CaseView): string | null =>
  runningSupervision(view) === null ? 'no supervision is to be carried out' : null;

/** The enterprise has rated the present answer itself; one from elsewhere has no account, and others do it for it. */
const isRatedByItself = ({ rating, complainant }: CaseView): boolean =>
  rating !== null && (rating.isOwn || complainant.uscc === null);

/** The whole state machine. The first event of a case, SUBMITTED, leads to RECEIVED. README.md shows the same table. */
export const TRANSITIONS: readonly Transition[] = [
  {
    move: 'CORRECTED',
    by: ['DESK', 'COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED'],
  },
  {
    move: 'RECATEGORISED',
    by: ['DESK', 'COORDINATOR'],
    from: [...OPEN_STATUSES, ...ANSWERED],
    to: ['UNCHANGED'],
  },
  {
    move: 'DECLINED',
    by: ['DESK', 'COORDINATOR'],
    from: ['RECEIVED', 'RETURNED'],
    to: ['DECLINED'],
    hindrance: ({ declines }) =>
      declines > 0 ? 'the case was declined once already, and the enterprise objected: answer or assign it' : null,
  },
  { move: 'ANSWERED_DIRECTLY', by: ['DESK', 'COORDINATOR'], from: ['RECEIVED'], to: ['RESOLVED'] },
  { move: 'ASSIGNED', by: ['DESK', 'COORDINATOR'], from: ['RECEIVED', 'RETURNED'], to: ['ASSIGNED'] },
  { move: 'RULED', by: ['COORDINATOR'], from: ['AWAITING_RULING'], to: ['ASSIGNED'] },
  { move: 'TRANSFERRED', by: ['COORDINATOR'], from: WITH_DEPARTMENT, to: ['ASSIGNED'] },
  {
    move: 'LANE_CHANGED',
    by: ['DESK', 'COORDINATOR'],
    from: ['ASSIGNED', 'ACCEPTED', 'IN_PROGRESS'],
    to: ['UNCHANGED'],
    hindrance: (view) => {
      if (view.pendingExtension) return 'an extension has been requested and waits for the ruling';
      return decidingClock(view)?.kind === 'ANSWER' && view.reopenings === 0
        ? null
        : 'the term of the answer is no longer that of a lane: the case was extended or reopened';
    },
  },
  { move: 'SPLIT', by: ['DESK', 'COORDINATOR'], from: OPEN_STATUSES, to: ['UNCHANGED'] },
  { move: 'MERGED', by: ['DESK', 'COORDINATOR'], from: OPEN_STATUSES, to: ['MERGED'] },
  {
    move: 'ABSORBED',
    by: ['DESK', 'COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED'],
    hindrance: ({ absorbed }) =>
      absorbed.length >= MOST_ABSORBED ? `${MOST_ABSORBED} cases go on in this one, which is the most` : null,
  },
  {
    move: 'NOTED',
    by: ['DESK', 'LEAD', 'ASSISTING', 'COORDINATOR'],
    from: STATUSES,
    to: ['UNCHANGED'],
    hindrance: ({ notes }) =>
      notes.length >= MOST_INTERNAL_NOTES ? `the case has ${MOST_INTERNAL_NOTES} notes, which is the most` : null,
  },
  {
    move: 'WORDED',
    by: ['COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED'],
    hindrance: (view) =>
      view.complainant.anonymous ? null : 'the case is not anonymous: everybody who handles it reads its own words',
  },
  { move: 'ACCEPTED', by: ['LEAD'], from: ['ASSIGNED'], to: ['ACCEPTED'] },
  {
    move: 'RETURNED',
    by: ['LEAD'],
    from: ['ASSIGNED'],
    to: ['RETURNED', 'AWAITING_RULING'],
    hindrance: (view) => (view.isBinding ? 'the coordinator has ruled that this department handles the case' : null),
  },
  {
    move: 'CONTACTED',
    by: ['LEAD', 'ASSISTING'],
    from: ['ACCEPTED', 'IN_PROGRESS', 'REOPENED'],
    to: ['IN_PROGRESS'],
    hindrance: isTooLong,
  },
  {
    move: 'STEP_RECORDED',
    by: ['LEAD', 'ASSISTING'],
    from: ['ACCEPTED', 'IN_PROGRESS', 'REOPENED'],
    to: ['IN_PROGRESS'],
    hindrance: isTooLong,
  },
  {
    move: 'PAUSED',
    by: ['LEAD'],
    from: ['ACCEPTED', 'IN_PROGRESS', 'REOPENED'],
    to: ['WAITING'],
    // Everything that is missing is asked for at once (优化营商环境条例 art. 36): a clock stands once.
    hindrance: (view) =>
      (decidingClock(view)?.pauses.length ?? 0) > 0
        ? 'the clock has stood once already: what is missing is asked for at once; ask further without pausing (CONTACTED)'
        : null,
  },
  { move: 'RESUMED', by: ['LEAD', 'COORDINATOR'], from: ['WAITING'], to: ['IN_PROGRESS'] },
  {
    move: 'SUPPLEMENTED',
    by: ['ENTERPRISE'],
    onBehalf: ['DESK', 'COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED', 'IN_PROGRESS'],
    hindrance: (view) =>
      view.supplements.length >= MOST_SUPPLEMENTS
        ? `the case has ${MOST_SUPPLEMENTS} supplements, which is the most`
        : null,
  },
  {
    move: 'EXTENSION_REQUESTED',
    by: ['LEAD'],
    from: ['ACCEPTED', 'IN_PROGRESS', 'REOPENED'],
    to: ['UNCHANGED'],
    hindrance: (view) => {
      if (view.pendingExtension) return 'an extension has been requested already and waits for the ruling';
      if (view.extendedBy > 0) return 'the case has been extended once already';
      return view.extensionsAsked > 0 ? 'an extension has been asked for once already, and was refused' : null;
    },
  },
  {
    move: 'EXTENSION_RULED',
    by: ['COORDINATOR'],
    from: ['ACCEPTED', 'IN_PROGRESS', 'WAITING', 'REOPENED'],
    to: ['UNCHANGED'],
    hindrance: (view) => (view.pendingExtension ? null : 'no extension has been requested'),
  },
  { move: 'RESOLVED', by: ['LEAD'], from: ['ACCEPTED', 'IN_PROGRESS', 'REOPENED'], to: ['RESOLVED'] },
  {
    move: 'RATED',
    by: ['ENTERPRISE', 'COORDINATOR'],
    from: ANSWERED,
    to: ['RATED', 'UNCHANGED'],
    // A quick closing, or the coordinator's grades after a call-back, do not take the enterprise's right away.
    hindrance: (view, party) => {
      if (isRatedByItself(view)) return 'the enterprise has rated this answer already';
      return party === 'COORDINATOR' && view.rating !== null ? 'the answer has been rated after a call-back' : null;
    },
  },
  {
    move: 'CHECK_OPENED',
    by: ['COORDINATOR', 'SYSTEM'],
    from: ANSWERED,
    to: ['UNCHANGED'],
    // A case that is drawn is looked at, also where another check is open: one finding then ends both.
    hindrance: ({ checks }) =>
      checks.filter(({ outcome }) => outcome === null).length >= MOST_OPEN_CHECKS
        ? `${MOST_OPEN_CHECKS} checks are open already`
        : null,
  },
  {
    move: 'CHECK_FOUND',
    by: ['COORDINATOR', 'CHECKER'],
    from: ANSWERED,
    to: ['UNCHANGED', 'REOPENED', 'RECEIVED'],
    hindrance: (view) => (openCheck(view) ? null : 'no check is open'),
  },
  {
    move: 'REOPENED',
    by: ['ENTERPRISE'],
    onBehalf: ['DESK', 'COORDINATOR'],
    from: [...ANSWERED, 'DECLINED'],
    to: ['REOPENED', 'RECEIVED'],
    hindrance: (view) =>
      view.rating && isRatedByItself(view) && isSatisfied(view.rating.process) && isSatisfied(view.rating.result)
        ? 'the enterprise has rated the handling as satisfactory'
        : null,
  },
  {
    move: 'CLOSED',
    by: ['COORDINATOR', 'DESK'],
    from: ['RESOLVED', 'RATED'],
    to: ['CLOSED'],
    hindrance: (view) => (openCheck(view) ? 'a check is open and has no finding yet' : null),
  },
  { move: 'CLOSE_UNDONE', by: ['DESK', 'COORDINATOR'], from: ['CLOSED'], to: ['RESOLVED', 'RATED'] },
  { move: 'WITHDRAWN', by: ['ENTERPRISE'], onBehalf: ['DESK', 'COORDINATOR'], from: OPEN_STATUSES, to: ['WITHDRAWN'] },
  {
    move: 'URGED',
    by: ['ENTERPRISE', 'COORDINATOR'],
    from: WITH_DEPARTMENT,
    to: ['UNCHANGED'],
    hindrance: isTooLong,
  },
  {
    move: 'SUPERVISED',
    by: ['COORDINATOR'],
    from: WITH_DEPARTMENT,
    to: ['UNCHANGED'],
    hindrance: ({ supervisions }) =>
      supervisions.length >= MOST_SUPERVISIONS
        ? `the case was supervised ${MOST_SUPERVISIONS} times, which is the most: bring it to a higher level`
        : null,
  },
  { move: 'SUPERVISION_REPORTED', by: ['LEAD'], from: WITH_DEPARTMENT, to: ['UNCHANGED'], hindrance: isNotSupervised },
  {
    move: 'SUPERVISION_CONCLUDED',
    by: ['COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED'],
    hindrance: isNotSupervised,
  },
  {
    move: 'DUTIES_AMENDED',
    by: ['DESK', 'COORDINATOR'],
    from: WITH_DEPARTMENT,
    to: ['UNCHANGED'],
    hindrance: isTooLong,
  },
  {
    move: 'DUTY_REPORTED',
    by: ['ASSISTING'],
    from: WITH_DEPARTMENT,
    to: ['UNCHANGED'],
    hindrance: (view) => (runningDuties(view).length === 0 ? 'every duty has its result' : isTooLong(view)),
  },
  {
    move: 'ASSISTANCE_RATED',
    by: ['LEAD'],
    from: [...WITH_DEPARTMENT, ...ANSWERED],
    to: ['UNCHANGED'],
    hindrance: ({ duties }) =>
      duties.some(({ endedOn, grade }) => endedOn === null && grade === null)
        ? null
        : 'no assisting department is to be rated',
  },
  {
    move: 'ESCALATED',
    by: ['LEAD', 'COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED'],
    hindrance: (view) => (view.escalation === 'LEADERSHIP' ? 'the case is before the leadership already' : null),
  },
  { move: 'OVERDUE_ESCALATED', by: ['SYSTEM'], from: OPEN_STATUSES, to: ['UNCHANGED'] },
  { move: 'REDATED', by: ['SYSTEM'], from: OPEN_STATUSES, to: ['UNCHANGED'] },
  { move: 'REFERRED', by: ['COORDINATOR', 'AUDITOR'], from: STATUSES, to: ['UNCHANGED'] },
  {
    move: 'REFERRAL_CONCLUDED',
    by: ['COORDINATOR', 'AUDITOR'],
    from: STATUSES,
    to: ['UNCHANGED'],
    hindrance: (view) =>
      view.referrals.some((referral) => referral.outcome === null) ? null : 'no referral is pending',
  },
  {
    move: 'CLEARING_ISSUED',
    by: ['COORDINATOR', 'AUDITOR'],
    from: STATUSES,
    to: ['UNCHANGED'],
    hindrance: ({ referrals }) =>
      referrals.some(
        ({ outcome, persons = [], clearingNotice = null }) =>
          (outcome === 'CLEARED' || persons.some(({ isCleared }) => isCleared)) && clearingNotice === null,
      )
        ? null
        : 'nobody was cleared for whom no notice has been issued',
  },
];
