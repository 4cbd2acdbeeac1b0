import { includesDay, monthOf, periodBefore, quarterOf, type LegalDay, type Period } from '@zhitong/values';
import type { CaseView } from './case-view.js';
import { CATEGORIES, FURTHER_CATEGORIES, type Category, type EscalationLevel } from './taxonomy.js';

/**
 * The meetings that the programmes demand in every period: the symposium each quarter, the joint meeting each month,
 * scheduling in the city each quarter and in each county each month.
 */
const PERIODIC_KINDS = [
  'QUARTERLY_SYMPOSIUM',
  'MONTHLY_JOINT_MEETING',
  'QUARTERLY_SCHEDULING',
  'MONTHLY_SCHEDULING',
] as const;
/** Talks with enterprises and citizens (恳谈会), and meetings of leading bodies, which are held when they are needed. */
export const MEETING_KINDS = [
  ...PERIODIC_KINDS,
  'TALKS',
  'SPECIAL_MEETING',
  'LEADERSHIP_MEETING',
  'STANDING_COMMITTEE',
  'PROMOTION_MEETING',
] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];

/** Which level a meeting is of: what was brought to it is on its agenda from the start. */
export function levelOf(kind: MeetingKind): EscalationLevel | null {
  switch (kind) {
    case 'MONTHLY_JOINT_MEETING':
      return 'JOINT_MEETING';
    // The symposium is the secretary's and the mayor's.
    case 'QUARTERLY_SYMPOSIUM':
    case 'LEADERSHIP_MEETING':
      return 'LEADERSHIP';
    default:
      return null;
  }
}

/** Cases on an agenda at most. */
export const MOST_ON_AGENDA = 200;

/**
 * What stands on an agenda: what was put on it, and, until it is held, what has been brought to its level; without what
 * was taken off.
 */
export const agendaOf = (
  meeting: {
    readonly chairedBy: string | null;
    readonly agenda: readonly string[];
    readonly takenOff?: readonly string[];
  },
  escalated: readonly string[],
): string[] =>
  meeting.chairedBy !== null
    ? [...meeting.agenda]
    : [...new Set([...escalated, ...meeting.agenda])]
        .filter((caseNumber) => !(meeting.takenOff ?? []).includes(caseNumber))
        .slice(0, MOST_ON_AGENDA);

/** A line of a problem list, as it is kept. */
export interface ProblemLine {
  readonly caseNumber: string;
  readonly category: Category;
  /** Lead department; null while there is none. */
  readonly department: string | null;
}

const ALL_CATEGORIES: readonly Category[] = [...CATEGORIES, ...FURTHER_CATEGORIES];

/** The lines of a list of some cases, each once: by category in the order of the programme, then by receipt. */
export function problemLines(
  cases: readonly {
    readonly caseNumber: string;
    readonly category?: Category;
    readonly receivedAt?: string;
    readonly assignment: CaseView['assignment'];
  }[],
): ProblemLine[] {
  const placeOf = (category: Category | undefined): number =>
    category === undefined ? ALL_CATEGORIES.length : ALL_CATEGORIES.indexOf(category);
  return [...new Map(cases.map((each) => [each.caseNumber, each])).values()]
    .sort((a, b) => placeOf(a.category) - placeOf(b.category) || ((a.receivedAt ?? '') < (b.receivedAt ?? '') ? -1 : 1))
    .flatMap(({ caseNumber, category, assignment }) =>
      category === undefined ? [] : [{ caseNumber, category, department: assignment?.lead ?? null }],
    );
}

/** What a decision on a case becomes. */
export type DecisionMove = 'ASSIGNED' | 'RULED' | 'SUPERVISED' | 'TRANSFERRED';

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
  /** County whose meeting it is; null for one of the city. */
  readonly region: string | null;
  /** The period is over. */
  readonly isMissed: boolean;
}

/** Which counties are to hold meetings of a kind of their own; null stands for the city. */
const placesOf = (kind: MeetingKind, counties: readonly string[]): readonly (string | null)[] =>
  kind === 'MONTHLY_SCHEDULING' && counties.length > 0 ? counties : [null];

/**
 * The kinds that have not been held in the present period, and in the one before; scheduling in counties for each
 * county by itself. `held` are the meetings that took place; without `counties` one county's counts.
 */
export function meetingsDue(
  held: readonly { readonly kind: MeetingKind; readonly date: LegalDay; readonly region?: string | null }[],
  today: LegalDay,
  counties: readonly string[] = [],
): DueMeeting[] {
  const places = PERIODIC_KINDS.flatMap((kind) => placesOf(kind, counties).map((region) => ({ kind, region })));
  return places.flatMap(({ kind, region }) => {
    const present = meetingPeriod(kind, today);
    const before = periodBefore(present);
    const isHeld = (period: Period): boolean =>
      held.some(
        (meeting) =>
          meeting.kind === kind && (region === null || meeting.region === region) && includesDay(period, meeting.date),
      );
    return [
      ...(isHeld(before) ? [] : [{ kind, region, ...before, isMissed: true }]),
      ...(isHeld(present) ? [] : [{ kind, region, ...present, isMissed: false }]),
    ];
  });
}
