import { hindered, type Hindrance } from './hindrances.js';
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
  /** A desk that is this as well does not make it for the enterprise: it would be for itself. */
  readonly notOnBehalfBeside?: Party;
  readonly from: readonly CaseStatus[];
  /** UNCHANGED keeps the status; two targets are distinguished by `targetStatus`. */
  readonly to: readonly (CaseStatus | 'UNCHANGED')[];
  /** Why the case does not allow the move to a party although its status would; null when it does. */
  readonly hindrance?: (view: CaseView, party: Party) => Hindrance | null;
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
const isTooLong = (view: CaseView): Hindrance | null =>
  versionFor('OUTSIDE', view) >= MOST_NOTED_CHANGES ? hindered('HISTORY_FULL', { most: MOST_NOTED_CHANGES }) : null;

/** Checks of one case that are open at the same time, at most. */
const MOST_OPEN_CHECKS = 10;
/** So many orders of supervision has a case at most. */
const MOST_SUPERVISIONS = 50;

const isNotSupervised = (view: CaseView): Hindrance | null =>
  runningSupervision(view) === null ? hindered('NOT_SUPERVISED') : null;

/** The enterprise has rated the present answer itself; one from elsewhere has no account, and others do it for it. */
const isRatedByItself = ({ rating, complainant }: CaseView): boolean =>
  rating !== null && (rating.isOwn || complainant.uscc === null);

/**
 * What a desk takes down as said by whoever brought an anonymous case is masked by who that was: written by somebody
 * who does not know, it would tell whether a guess is right.
 */
const isForCoordinator = ({ complainant }: CaseView, party: Party): Hindrance | null =>
  complainant.anonymous && party === 'DESK' ? hindered('ANONYMOUS_WORDS') : null;

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
    hindrance: ({ declines }) => (declines > 0 ? hindered('DECLINED_BEFORE') : null),
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
      if (view.pendingExtension) return hindered('EXTENSION_PENDING');
      return decidingClock(view)?.kind === 'ANSWER' && view.reopenings === 0 ? null : hindered('TERM_NOT_OF_LANE');
    },
  },
  { move: 'SPLIT', by: ['DESK', 'COORDINATOR'], from: OPEN_STATUSES, to: ['UNCHANGED'], hindrance: isForCoordinator },
  {
    move: 'MERGED',
    by: ['DESK', 'COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['MERGED'],
    hindrance: (view, party) => {
      if (party === 'COORDINATOR') return null;
      // A desk would find out by trying which anonymous cases are of one enterprise.
      if (view.complainant.anonymous) return hindered('ANONYMOUS_APART');
      // Nor does a desk that handles the case as well end by merging what the coordinator has ordered.
      return runningSupervision(view) === null ? null : hindered('SUPERVISED_APART');
    },
  },
  {
    move: 'ABSORBED',
    by: ['DESK', 'COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED'],
    hindrance: ({ absorbed }) =>
      absorbed.length >= MOST_ABSORBED ? hindered('ABSORBED_FULL', { most: MOST_ABSORBED }) : null,
  },
  // Undone also when the other case was answered since: the matter of this one gets an answer of its own.
  {
    move: 'MERGE_UNDONE',
    by: ['DESK', 'COORDINATOR'],
    from: ['MERGED'],
    to: OPEN_STATUSES,
  },
  {
    move: 'RELEASED',
    by: ['DESK', 'COORDINATOR'],
    from: STATUSES,
    to: ['UNCHANGED'],
    hindrance: ({ absorbed }) => (absorbed.length === 0 ? hindered('NOTHING_ABSORBED') : null),
  },
  {
    move: 'NOTED',
    by: ['DESK', 'LEAD', 'ASSISTING', 'COORDINATOR'],
    from: STATUSES,
    to: ['UNCHANGED'],
    hindrance: ({ notes }) =>
      notes.length >= MOST_INTERNAL_NOTES ? hindered('NOTES_FULL', { most: MOST_INTERNAL_NOTES }) : null,
  },
  {
    move: 'WORDED',
    by: ['COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED'],
    hindrance: (view) => (view.complainant.anonymous ? null : hindered('NOT_ANONYMOUS')),
  },
  { move: 'ACCEPTED', by: ['LEAD'], from: ['ASSIGNED'], to: ['ACCEPTED'] },
  {
    move: 'RETURNED',
    by: ['LEAD'],
    from: ['ASSIGNED'],
    to: ['RETURNED', 'AWAITING_RULING'],
    hindrance: (view) => (view.isBinding ? hindered('RULED') : null),
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
    hindrance: (view) => ((decidingClock(view)?.pauses.length ?? 0) > 0 ? hindered('PAUSED_BEFORE') : null),
  },
  { move: 'RESUMED', by: ['LEAD', 'COORDINATOR'], from: ['WAITING'], to: ['IN_PROGRESS'] },
  {
    move: 'SUPPLEMENTED',
    by: ['ENTERPRISE'],
    onBehalf: ['DESK', 'COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED', 'IN_PROGRESS'],
    hindrance: (view, party) =>
      view.supplements.length >= MOST_SUPPLEMENTS
        ? hindered('SUPPLEMENTS_FULL', { most: MOST_SUPPLEMENTS })
        : isForCoordinator(view, party),
  },
  {
    move: 'EXTENSION_REQUESTED',
    by: ['LEAD'],
    from: ['ACCEPTED', 'IN_PROGRESS', 'REOPENED'],
    to: ['UNCHANGED'],
    hindrance: (view) => {
      if (view.pendingExtension) return hindered('EXTENSION_ASKED');
      if (view.extendedBy > 0) return hindered('EXTENDED_BEFORE');
      return view.extensionsAsked > 0 ? hindered('EXTENSION_REFUSED') : null;
    },
  },
  {
    move: 'EXTENSION_RULED',
    by: ['COORDINATOR'],
    from: ['ACCEPTED', 'IN_PROGRESS', 'WAITING', 'REOPENED'],
    to: ['UNCHANGED'],
    hindrance: (view) => (view.pendingExtension ? null : hindered('NO_EXTENSION')),
  },
  { move: 'RESOLVED', by: ['LEAD'], from: ['ACCEPTED', 'IN_PROGRESS', 'REOPENED'], to: ['RESOLVED'] },
  {
    move: 'RATED',
    by: ['ENTERPRISE', 'COORDINATOR'],
    from: ANSWERED,
    to: ['RATED', 'UNCHANGED'],
    // A quick closing, or the coordinator's grades after a call-back, do not take the enterprise's right away.
    hindrance: (view, party) => {
      if (isRatedByItself(view)) return hindered('RATED_BEFORE');
      return party === 'COORDINATOR' && view.rating !== null ? hindered('CALLED_BACK') : null;
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
        ? hindered('CHECKS_FULL', { most: MOST_OPEN_CHECKS })
        : null,
  },
  {
    move: 'CHECK_FOUND',
    by: ['COORDINATOR', 'CHECKER'],
    from: ANSWERED,
    to: ['UNCHANGED', 'REOPENED', 'RECEIVED'],
    hindrance: (view) => (openCheck(view) ? null : hindered('NO_CHECK')),
  },
  {
    move: 'REOPENED',
    by: ['ENTERPRISE'],
    onBehalf: ['DESK', 'COORDINATOR'],
    from: [...ANSWERED, 'DECLINED'],
    to: ['REOPENED', 'RECEIVED'],
    hindrance: (view) =>
      view.rating && isRatedByItself(view) && isSatisfied(view.rating.process) && isSatisfied(view.rating.result)
        ? hindered('SATISFIED')
        : null,
  },
  {
    move: 'CLOSED',
    by: ['COORDINATOR', 'DESK'],
    from: ['RESOLVED', 'RATED'],
    to: ['CLOSED'],
    hindrance: (view) => (openCheck(view) ? hindered('CHECK_OPEN') : null),
  },
  // The evaluation of how a matter was closed (办结评估), before or after it is.
  { move: 'EVALUATED', by: ['DESK', 'COORDINATOR'], from: ANSWERED, to: ['UNCHANGED'] },
  { move: 'CLOSE_UNDONE', by: ['DESK', 'COORDINATOR'], from: ['CLOSED'], to: ['RESOLVED', 'RATED'] },
  {
    move: 'WITHDRAWN',
    by: ['ENTERPRISE'],
    onBehalf: ['DESK', 'COORDINATOR'],
    // What is withdrawn counts in no rate of resolution: not for the department that owes the answer to say.
    notOnBehalfBeside: 'LEAD',
    from: OPEN_STATUSES,
    to: ['WITHDRAWN'],
  },
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
      supervisions.length >= MOST_SUPERVISIONS ? hindered('SUPERVISIONS_FULL', { most: MOST_SUPERVISIONS }) : null,
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
    hindrance: (view) => (runningDuties(view).length === 0 ? hindered('DUTIES_DONE') : isTooLong(view)),
  },
  {
    move: 'ASSISTANCE_RATED',
    by: ['LEAD'],
    from: [...WITH_DEPARTMENT, ...ANSWERED],
    to: ['UNCHANGED'],
    hindrance: ({ duties }) =>
      duties.some(({ endedOn, grade }) => endedOn === null && grade === null) ? null : hindered('NOBODY_TO_RATE'),
  },
  {
    move: 'ESCALATED',
    by: ['LEAD', 'COORDINATOR'],
    from: OPEN_STATUSES,
    to: ['UNCHANGED'],
    hindrance: (view) => (view.escalation === 'LEADERSHIP' ? hindered('AT_TOP') : null),
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
      view.referrals.some((referral) => referral.outcome === null) ? null : hindered('NO_REFERRAL'),
  },
  {
    move: 'REFERRAL_OVERDUE',
    by: ['SYSTEM'],
    from: STATUSES,
    to: ['UNCHANGED'],
    hindrance: ({ referrals }) =>
      referrals.some(({ outcome, overdueNoticedOn = null }) => outcome === null && overdueNoticedOn === null)
        ? null
        : hindered('NO_REFERRAL'),
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
        : hindered('NOBODY_CLEARED'),
  },
];
