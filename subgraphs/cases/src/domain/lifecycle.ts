import { isSatisfied } from './satisfaction.js';
import {
  decidingClock,
  isOpen,
  openCheck,
  OPEN_STATUSES,
  STATUSES,
  type CaseStatus,
  type CaseView,
} from './case-view.js';
import type { CaseEventType, Party } from './case-event.js';

/** One row of the state machine: a move, who may make it, from where, to where, and on which condition. */
export interface Transition {
  readonly move: Exclude<CaseEventType, 'SUBMITTED'>;
  readonly by: readonly Party[];
  /** Who may also make it for an enterprise registered elsewhere: it has no account here, and calls the desk. */
  readonly onBehalf?: readonly Party[];
  readonly from: readonly CaseStatus[];
  /** UNCHANGED keeps the status; two targets are distinguished by `targetStatus`. */
  readonly to: readonly (CaseStatus | 'UNCHANGED')[];
  /** Why the case does not allow the move although its status would; null when it does. */
  readonly hindrance?: (view: CaseView) => string | null;
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

const isTooLong = ({ version }: CaseView): string | null =>
  version >= MOST_NOTED_CHANGES ? `the history has ${version} changes and takes no more notes` : null;

/** The whole state machine. The first event of a case, SUBMITTED, leads to RECEIVED. README.md shows the same table. */
export const TRANSITIONS: readonly Transition[] = [
  { move: 'ANSWERED_DIRECTLY', by: ['DESK', 'COORDINATOR'], from: ['RECEIVED'], to: ['RESOLVED'] },
  { move: 'ASSIGNED', by: ['DESK', 'COORDINATOR'], from: ['RECEIVED', 'RETURNED'], to: ['ASSIGNED'] },
  { move: 'RULED', by: ['COORDINATOR'], from: ['AWAITING_RULING'], to: ['ASSIGNED'] },
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
  { move: 'RATED', by: ['ENTERPRISE', 'COORDINATOR'], from: ['RESOLVED'], to: ['RATED'] },
  {
    move: 'CHECK_OPENED',
    by: ['COORDINATOR', 'SYSTEM'],
    from: ANSWERED,
    to: ['UNCHANGED'],
    hindrance: (view) => (openCheck(view) ? 'a check is open already' : null),
  },
  {
    move: 'CHECK_FOUND',
    by: ['COORDINATOR'],
    from: ANSWERED,
    to: ['UNCHANGED', 'REOPENED', 'RECEIVED'],
    hindrance: (view) => (openCheck(view) ? null : 'no check is open'),
  },
  {
    move: 'REOPENED',
    by: ['ENTERPRISE'],
    onBehalf: ['DESK', 'COORDINATOR'],
    from: ANSWERED,
    to: ['REOPENED', 'RECEIVED'],
    hindrance: (view) =>
      view.rating && isSatisfied(view.rating.process) && isSatisfied(view.rating.result)
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
  { move: 'WITHDRAWN', by: ['ENTERPRISE'], onBehalf: ['DESK', 'COORDINATOR'], from: OPEN_STATUSES, to: ['WITHDRAWN'] },
  {
    move: 'URGED',
    by: ['ENTERPRISE', 'COORDINATOR'],
    from: WITH_DEPARTMENT,
    to: ['UNCHANGED'],
    hindrance: isTooLong,
  },
  { move: 'SUPERVISED', by: ['COORDINATOR'], from: WITH_DEPARTMENT, to: ['UNCHANGED'] },
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
];

export type Move = Transition['move'];

/** What one of `parties` may do with the case now, in the order of the table. */
export function legalMoves(view: CaseView, parties: readonly Party[]): Move[] {
  return TRANSITIONS.filter(
    (row) => partiesOf(row, view).some((party) => parties.includes(party)) && hindranceOf(row, view) === null,
  ).map((row) => row.move);
}

/** Legal: in which capacity the move is made. Illegal: why, and what these parties may do instead. */
export type MoveVerdict =
  | { readonly legal: true; readonly party: Party }
  | {
      readonly legal: false;
      readonly reason: string;
      readonly notAllowedToParty: boolean;
      readonly legalMoves: readonly Move[];
    };

/** Judges one move. `parties` are the capacities of the person acting, the strongest first. */
export function judgeMove(view: CaseView, move: Move, parties: readonly Party[]): MoveVerdict {
  const row = TRANSITIONS.find((candidate) => candidate.move === move);
  if (!row) throw new RangeError(`"${move}" is not a move of the lifecycle`);
  const allowed = partiesOf(row, view);
  const party = parties.find((candidate) => allowed.includes(candidate));
  const refuse = (reason: string, notAllowedToParty: boolean): MoveVerdict => ({
    legal: false,
    reason,
    notAllowedToParty,
    legalMoves: legalMoves(view, parties),
  });
  if (party === undefined) return refuse(`${move} is for ${allowed.join(' or ')}`, true);
  const hindrance = hindranceOf(row, view);
  return hindrance === null ? { legal: true, party } : refuse(hindrance, false);
}

/** Who may make a move of this case. */
const partiesOf = (row: Transition, { complainant }: Pick<CaseView, 'complainant'>): readonly Party[] =>
  complainant.uscc === null ? [...row.by, ...(row.onBehalf ?? [])] : row.by;

function hindranceOf(row: Transition, view: CaseView): string | null {
  if (!row.from.includes(view.status)) return `${row.move} is not possible while the case is ${view.status}`;
  return row.hindrance?.(view) ?? null;
}

/** The table as GitHub Markdown, for the README. */
export function lifecycleTable(): string {
  const lines = TRANSITIONS.map(
    (row) =>
      `| ${row.move} | ${row.from.length === STATUSES.length ? 'any' : sameAsOpen(row.from)} | ${row.to.join(', ')} | ${[...row.by, ...(row.onBehalf ?? []).map((party) => `${party} for one from elsewhere`)].join(', ')} |`,
  );
  return [
    '| move | from | to | by |',
    '|---|---|---|---|',
    '| SUBMITTED | (new) | RECEIVED | ENTERPRISE, DESK, COORDINATOR |',
    ...lines,
  ].join('\n');
}

const sameAsOpen = (from: readonly CaseStatus[]): string =>
  from.length === OPEN_STATUSES.length && from.every(isOpen) ? 'any open status' : from.join(', ');
