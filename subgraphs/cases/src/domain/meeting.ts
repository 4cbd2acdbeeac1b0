import { includesDay, monthOf, periodBefore, quarterOf, type LegalDay, type Period } from '@zhitong/values';
import type { CaseView } from './case-view.js';

/**
 * The meetings of the programmes: the symposium each quarter, the joint meeting each month, scheduling in city and
 * counties.
 */
export const MEETING_KINDS = [
  'QUARTERLY_SYMPOSIUM',
  'MONTHLY_JOINT_MEETING',
  'QUARTERLY_SCHEDULING',
  'MONTHLY_SCHEDULING',
] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];

/** What a decision on a case becomes. */
export type DecisionMove = 'ASSIGNED' | 'RULED' | 'SUPERVISED';

/**
 * A case that nobody leads is assigned, one that bounced is ruled on, one in a department's hands is supervised; null
 * when the case is not open.
 */
export function decisionMove(view: Pick<CaseView, 'status'>): DecisionMove | null {
  switch (view.status) {
    case 'RECEIVED':
    case 'RETURNED':
      return 'ASSIGNED';
    case 'AWAITING_RULING':
      return 'RULED';
    case 'ASSIGNED':
    case 'ACCEPTED':
    case 'IN_PROGRESS':
    case 'WAITING':
    case 'REOPENED':
      return 'SUPERVISED';
    case 'RESOLVED':
    case 'RATED':
    case 'CLOSED':
    case 'WITHDRAWN':
    case 'DECLINED':
    case 'MERGED':
      return null;
    default:
      return view.status satisfies never;
  }
}

/** The month, or the quarter for the quarterly kinds, that a day lies in. */
export function meetingPeriod(kind: MeetingKind, day: LegalDay): Period {
  return kind.startsWith('QUARTERLY') ? quarterOf(day) : monthOf(day);
}

export interface DueMeeting extends Period {
  readonly kind: MeetingKind;
  /** The period is over. */
  readonly isMissed: boolean;
}

/**
 * The kinds that have not been held in the present period, and in the one before. `held` are the meetings that took
 * place.
 */
export function meetingsDue(
  held: readonly { readonly kind: MeetingKind; readonly date: LegalDay }[],
  today: LegalDay,
): DueMeeting[] {
  return MEETING_KINDS.flatMap((kind) => {
    const present = meetingPeriod(kind, today);
    const before = periodBefore(present);
    const isHeld = (period: Period): boolean =>
      held.some((meeting) => meeting.kind === kind && includesDay(period, meeting.date));
    return [
      ...(isHeld(before) ? [] : [{ kind, ...before, isMissed: true }]),
      ...(isHeld(present) ? [] : [{ kind, ...present, isMissed: false }]),
    ];
  });
}
