import type { LegalDay } from '@zhitong/values';
import type {
  Assignment,
  Author,
  CheckCause,
  CheckOutcome,
  Evaluation,
  Intake,
  ReferralOutcome,
  ReferredPerson,
  SupervisorRef,
} from './case-event.js';
import type { Clock, ClockKind } from './deadline.js';
import type { AddedFile } from './files/case-file.js';
import type { EscalationLevel, ReferralClass, SanctionKind } from './taxonomy.js';

/** Where a case stands. The legal moves between them are the table in lifecycle.ts. */
export const STATUSES = [
  'RECEIVED',
  'ASSIGNED',
  'RETURNED',
  'AWAITING_RULING',
  'ACCEPTED',
  'IN_PROGRESS',
  'WAITING',
  'REOPENED',
  'RESOLVED',
  'RATED',
  'CLOSED',
  'WITHDRAWN',
  'DECLINED',
  'MERGED',
] as const;
export type CaseStatus = (typeof STATUSES)[number];

/** Somebody still owes the enterprise an answer. */
export const OPEN_STATUSES = [
  'RECEIVED',
  'ASSIGNED',
  'RETURNED',
  'AWAITING_RULING',
  'ACCEPTED',
  'IN_PROGRESS',
  'WAITING',
  'REOPENED',
] as const satisfies readonly CaseStatus[];

export const isOpen = (status: CaseStatus): boolean => OPEN_STATUSES.some((open) => open === status);

/** The answer came to nothing of its own: taken back by the enterprise, or given in another case. */
export const isAnsweredElsewhere = (status: CaseStatus): boolean => status === 'WITHDRAWN' || status === 'MERGED';

export interface Rating {
  readonly process: number;
  readonly result: number;
  readonly reason: string | null;
  readonly ratedOn: LegalDay;
  /** The enterprise said so itself; else the coordinator, after a call-back. */
  readonly isOwn: boolean;
}

/** A remark among those who handle the case. */
export interface InternalNote {
  readonly at: string;
  readonly note: string;
  readonly by: Author;
}

export interface Check {
  readonly cause: CheckCause;
  readonly drawId: string | null;
  readonly openedOn: LegalDay;
  readonly outcome: CheckOutcome | null;
  readonly finding: string | null;
}

export interface Supervision {
  readonly instruction: string;
  readonly dueOn: LegalDay;
  readonly orderedOn: LegalDay;
  /** Number of the order in the case, from 1 on; orders from before they were numbered have none of what follows. */
  readonly number?: number;
  readonly supervisor?: SupervisorRef | null;
  /** What the lead department has reported of it. */
  readonly report?: { readonly note: string; readonly on: LegalDay } | null;
  /** Concluded, replaced by another order, or the case was answered or ended. */
  readonly endedOn?: LegalDay | null;
  /** As the coordinator concluded; null when it ended otherwise. */
  readonly isFulfilled?: boolean | null;
  readonly conclusion?: string | null;
}

/** What one assisting department owes, or owed. */
export interface Duty {
  readonly department: string;
  readonly duty: string;
  readonly dueOn: LegalDay | null;
  /** `seq` of the event that gave it: distinguishes two duties of one department. */
  readonly givenBy: number;
  readonly result: string | null;
  readonly reportedOn: LegalDay | null;
  /** How the lead department rated it; 1 to 5. */
  readonly grade: number | null;
  readonly gradeReason: string | null;
  /** Taken away, or the case went to other hands. */
  readonly endedOn: LegalDay | null;
}

/** A department's time with a case that it had in hands and has no more. */
export interface FormerHand {
  readonly lead: string;
  /** The clock of its answer as it stopped. */
  readonly clock: Clock;
  readonly extendedBy: number;
  readonly extensionsAsked: number;
}

export interface ReferralMark {
  readonly referralId: string;
  /** Department whose conduct was referred. */
  readonly department: string;
  readonly reason: string;
  readonly evidence: readonly string[];
  readonly referredOn: LegalDay;
  readonly outcome: ReferralOutcome | null;
  readonly note: string | null;
  readonly concludedOn: LegalDay | null;
  /** Marks from before persons were named have none of what follows. */
  readonly persons?: readonly (ReferredPerson & {
    readonly sanction: SanctionKind | null;
    readonly isCleared: boolean;
  })[];
  readonly concerning?: ReferralClass | null;
  readonly dueOn?: LegalDay | null;
  readonly concludedBy?: string | null;
  readonly clearingNotice?: string | null;
  /** When the passing of its last day was noticed; null while it was not. */
  readonly overdueNoticedOn?: LegalDay | null;
}

/** A case as it stands after its last event. Derived from the history alone; stored only to be found quickly. */
export interface CaseView extends Omit<Intake, 'triageDays' | 'splitFrom' | 'files'> {
  readonly caseNumber: string;
  /** `seq` of the last event: what an officer must have seen before changing the case. */
  readonly version: number;
  readonly status: CaseStatus;
  readonly receivedAt: string;
  readonly receivedOn: LegalDay;
  readonly updatedAt: string;
  /** When it last changed for whoever does not learn of referrals. */
  readonly updatedForOffices: string;
  /** When it last changed for whoever does not learn of internal notes either. */
  readonly updatedForOutside: string;
  readonly notes: readonly InternalNote[];
  /** How many changes are for those who handle the case alone. */
  readonly internalChanges: number;
  /** Why it is not for the city to decide, and for whom it is; null unless it was declined. */
  readonly declined: { readonly competent: string; readonly reason: string } | null;
  /** How often it was declined, also where the enterprise objected. */
  readonly declines: number;
  readonly mergedInto: string | null;
  /** What was stopped by the merging, to go on when it is undone; null unless the case is merged. */
  readonly beforeMerging:
    | (Pick<CaseView, 'status' | 'question' | 'pendingExtension' | 'clocks'> &
        Partial<Pick<CaseView, 'supervision' | 'supervisions'>>)
    | null;
  readonly absorbed: readonly string[];
  readonly splitFrom: string | null;
  readonly splitInto: readonly string[];
  /** What whoever may not know who brought an anonymous case reads in place of title and text; null: those, masked. */
  readonly wording: { readonly title: string; readonly text: string } | null;
  readonly supplements: readonly {
    readonly at: string;
    readonly text: string;
    readonly attachments: readonly string[];
  }[];
  /** Files that were sent with the intake and its supplements, oldest first. */
  readonly files: readonly AddedFile[];
  readonly assignment: Assignment | null;
  readonly assignedOn: LegalDay | null;
  /** After a ruling the lead department cannot return the case. */
  readonly isBinding: boolean;
  /** Departments that had it in hands since it was received, or answered last; each as often as it had it. */
  readonly formerHands: readonly FormerHand[];
  /** How often it was given from one department to another since it was received, or answered last. */
  readonly transfers: number;
  readonly returns: number;
  readonly firstContactOn: LegalDay | null;
  readonly question: string | null;
  readonly pendingExtension: { readonly workingDays: number; readonly reason: string } | null;
  readonly extendedBy: number;
  /** How often more time was asked for since the clock began, granted or not. */
  readonly extensionsAsked: number;
  readonly clocks: readonly Clock[];
  readonly answer: string | null;
  readonly answeredDirectly: boolean;
  readonly resolvedOn: LegalDay | null;
  readonly rating: Rating | null;
  /** Of the present answer; null before it is evaluated. */
  readonly evaluation: (Evaluation & { readonly evaluatedOn: LegalDay }) | null;
  readonly checks: readonly Check[];
  /** Departments that look at the case while a check is open. */
  readonly checkers: readonly string[];
  readonly reopenings: number;
  readonly closedOn: LegalDay | null;
  readonly urges: number;
  /** The latest order. */
  readonly supervision: Supervision | null;
  readonly supervisions: readonly Supervision[];
  readonly duties: readonly Duty[];
  readonly escalation: EscalationLevel;
  readonly overdueEscalations: readonly string[];
  readonly referrals: readonly ReferralMark[];
}

const lastOf = (clocks: readonly Clock[], kinds: readonly ClockKind[]): Clock | null =>
  clocks.findLast((clock) => kinds.includes(clock.kind)) ?? null;

/** The clock that decides the case's due day: triage, answer or extension, whichever started last. */
export const decidingClock = (view: Pick<CaseView, 'clocks'>): Clock | null =>
  lastOf(view.clocks, ['TRIAGE', 'ANSWER', 'EXTENSION']);

/** The clock for the department's first word with the enterprise. */
export const contactClock = (view: Pick<CaseView, 'clocks'>): Clock | null => lastOf(view.clocks, ['FIRST_CONTACT']);

/** Names one run of one clock, so that its overrun is escalated once. */
export const clockId = (clock: Clock): string => `${clock.kind}#${clock.startedBy}`;

/** The order that is to be carried out; null when none is. */
export const runningSupervision = ({
  supervision,
  status,
}: Pick<CaseView, 'supervision' | 'status'>): Supervision | null =>
  supervision !== null && isOpen(status) && (supervision.endedOn ?? null) === null ? supervision : null;

/** What assisting departments still owe. */
export const runningDuties = ({ duties }: Pick<CaseView, 'duties'>): Duty[] =>
  duties.filter(({ reportedOn, endedOn }) => reportedOn === null && endedOn === null);

/** Names one duty, so that its overrun is noticed once. */
export const dutyId = ({ givenBy, department }: Duty): string => `DUTY#${givenBy}/${department}`;

export const openCheck = (view: Pick<CaseView, 'checks'>): Check | null =>
  view.checks.find((check) => check.outcome === null) ?? null;
