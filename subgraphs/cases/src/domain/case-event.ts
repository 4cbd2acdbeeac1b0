import type { LegalDay } from '@zhitong/values';
import type { CaseFile } from './files/case-file.js';
import type { ActualTime, PromisedItem } from './promises/promised-item.js';
import type {
  CaseKind,
  Category,
  Channel,
  EscalationLevel,
  Lane,
  MatterCause,
  Origin,
  ReferralClass,
  SanctionKind,
  Settlement,
} from './taxonomy.js';

/** In which capacity somebody acted on a case. */
export const PARTIES = [
  'ENTERPRISE',
  'DESK',
  'LEAD',
  'ASSISTING',
  'CHECKER',
  'COORDINATOR',
  'AUDITOR',
  'SYSTEM',
] as const;
export type Party = (typeof PARTIES)[number];

/** Who made a change. `sub` is the account's identifier, never a name or a telephone number. */
export interface Author {
  readonly sub: string;
  readonly party: Party;
  readonly department: string | null;
  readonly uscc: string | null;
  /** Knew who brought an anonymous case although the office that he acted for may not: he is its coordinator, too. */
  readonly knewWho?: true;
}

/**
 * Who brings the case. Either a registered enterprise (`uscc`) or one registered elsewhere (`name` and `homeRegion`).
 */
export interface Complainant {
  readonly uscc: string | null;
  readonly name: string | null;
  readonly homeRegion: string | null;
  /** The handling department must not learn who it is. */
  readonly anonymous: boolean;
  readonly contactName: string | null;
  readonly contactPhone: string | null;
  /** Who the desk took to have brought it before a correction: masked like who did. */
  readonly formerly?: readonly FormerComplainant[];
}

/**
 * Whom a case was taken down for before a correction, or who brought one that goes on in it, and for which project;
 * views of an earlier form do not have the telephone.
 */
export type FormerComplainant = Pick<Complainant, 'uscc' | 'name' | 'contactName'> &
  Partial<Pick<Complainant, 'contactPhone'>> & { readonly project?: string };

/** One line of the responsibility list (责任分解清单). */
export interface Responsibility {
  readonly department: string;
  readonly duty: string;
  /** By when, a working day; without one by the case's own last day. */
  readonly dueOn?: LegalDay;
}

/** An invited supervisor (特约监督员), as the order names him or her. */
export interface SupervisorRef {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
}

/** A person whose conduct was referred, from 1 on in the order in which they were named. */
export interface ReferredPerson {
  readonly name: string;
  readonly post: string;
}

/** What came of a referral for one person: a sanction, or the person was expressly cleared. */
export interface PersonOutcome {
  /** Number of the person in the referral, from 1 on. */
  readonly person: number;
  readonly sanction: SanctionKind | null;
}

export interface Assignment {
  readonly lead: string;
  readonly assisting: readonly string[];
  readonly responsibilities: readonly Responsibility[];
  readonly lane: Lane;
  readonly contactDays: number;
  readonly answerDays: number;
  readonly reason: string | null;
}

export interface Intake {
  readonly kind: CaseKind;
  readonly category: Category;
  readonly labels: readonly string[];
  readonly channel: Channel;
  readonly origin: Origin;
  readonly title: string;
  readonly text: string;
  readonly attachments: readonly string[];
  /** Files that were sent with it; absent where none were. */
  readonly files?: readonly CaseFile[];
  readonly complainant: Complainant;
  /** District of the matter, GB/T 2260. */
  readonly region: string;
  /** Section letter of GB/T 4754, when known. */
  readonly industry: string | null;
  /** Department whose desk took the case in; null when the enterprise submitted it itself. */
  readonly receivedBy: string | null;
  readonly keywords: readonly string[];
  /** Words that it is found by, of what everybody may read; histories from before are found by their keywords. */
  readonly words?: readonly string[];
  readonly triageDays: number;
  /** Number of the case that this one was split off; histories from before splitting have none. */
  readonly splitFrom?: string;
  /** Number of the investment project that it concerns; null, or left out, where it concerns none. */
  readonly project?: string | null;
  /** Id of the meeting at which it was raised; null, or left out, where it was not. */
  readonly raisedAt?: string | null;
  /** Matter of the catalogue that it is about; null, or left out, where it names none. */
  readonly serviceItem?: PromisedItem | null;
  /** How long that matter took, as the enterprise tells it. */
  readonly actualTime?: ActualTime | null;
}

/** What a correction of the intake puts right; what is left out stays. */
export interface Correction extends Partial<
  Pick<
    Intake,
    'kind' | 'labels' | 'title' | 'text' | 'keywords' | 'words' | 'region' | 'industry' | 'serviceItem' | 'actualTime'
  >
> {
  /** The enterprise that brought it, where the desk took down another one's code. */
  readonly uscc?: string;
  readonly contactName?: string | null;
  readonly contactPhone?: string | null;
  /** The enterprise has asked for anonymity since; it is never taken away. */
  readonly anonymous?: true;
  readonly project?: string;
}

/** Why a resolved case is looked at once more. */
export type CheckCause = 'BAD_RATING' | 'SPOT_CHECK';
export type CheckOutcome = 'CONFIRMED' | 'NOT_RESOLVED';
/** What discipline inspection concluded: a sanction, no ground, or the official expressly cleared (澄清正名). */
export type ReferralOutcome = 'SANCTIONED' | 'NO_GROUND' | 'CLEARED';

/** How a matter was settled, and what follows from it (办结评估), as the office says that closes it. */
export interface Evaluation {
  readonly settlement: Settlement;
  readonly cause: MatterCause;
  /** Other enterprises have the same matter. */
  readonly isCommon: boolean;
  /** What was changed so that it does not come again; null when nothing was. */
  readonly measure: string | null;
  readonly note: string;
}

/** The answer clock by the terms of another lane: it begins anew on the day of the change, or runs on. */
export interface LaneClock {
  readonly answerDays: number;
  readonly isAnew: boolean;
  /** The day from which a clock that runs on is counted, where it is not that on which it began. */
  readonly countedFrom?: LegalDay;
}

/**
 * What can happen to a case. Budgets in working days are part of the event: a later change of the terms rewrites no
 * deadline.
 */
export type CaseChange =
  | { readonly type: 'SUBMITTED'; readonly intake: Intake }
  | { readonly type: 'ANSWERED_DIRECTLY'; readonly answer: string }
  | { readonly type: 'ASSIGNED'; readonly assignment: Assignment }
  | { readonly type: 'RULED'; readonly assignment: Assignment }
  /**
   * Title and text in the coordinator's words, for whoever may not know who brought the case, and the words that it is
   * found by from then on; histories from before leave it to be found by those of its own text.
   */
  | ({ readonly type: 'WORDED'; readonly title: string; readonly text: string } & Partial<
      Pick<Intake, 'keywords' | 'words'>
    >)
  /** Another department handles a case that one has in hands already; `reason` of the assignment is why. */
  | { readonly type: 'TRANSFERRED'; readonly assignment: Assignment }
  | { readonly type: 'RECATEGORISED'; readonly category: Category; readonly reason: string }
  | { readonly type: 'CORRECTED'; readonly correction: Correction; readonly reason: string }
  /** For the departments that handle the case and their coordinator; the enterprise never learns of it. */
  | { readonly type: 'NOTED'; readonly note: string }
  /** Not within the city's competence (不予受理); `competent` is the body that is. */
  | { readonly type: 'DECLINED'; readonly competent: string; readonly reason: string }
  | { readonly type: 'CLOSE_UNDONE'; readonly reason: string }
  /** Goes on in another case of the same enterprise, which says the same. */
  | { readonly type: 'MERGED'; readonly into: string; readonly reason: string }
  /** The merging was a mistake: the case goes on by itself, with its clocks as if it had never stood. */
  | { readonly type: 'MERGE_UNDONE'; readonly reason: string }
  | { readonly type: 'RELEASED'; readonly from: string; readonly reason: string }
  | {
      readonly type: 'ABSORBED';
      readonly from: string;
      readonly title: string;
      readonly text: string;
      /** What whoever may not know who brought it reads in their place; left out where it was not worded. */
      readonly wording?: { readonly title: string; readonly text: string };
      /** Who is named in its words; events of an earlier form do not tell. */
      readonly contacts?: readonly FormerComplainant[];
    }
  | { readonly type: 'SPLIT'; readonly into: string; readonly reason: string }
  | {
      readonly type: 'LANE_CHANGED';
      readonly lane: Lane;
      readonly clock: LaneClock | null;
      readonly reason: string;
    }
  | { readonly type: 'ACCEPTED' }
  | { readonly type: 'RETURNED'; readonly reason: string; readonly triageDays: number }
  | { readonly type: 'CONTACTED'; readonly note: string }
  | { readonly type: 'STEP_RECORDED'; readonly note: string }
  /** `longestDays` calendar days the clocks stand at most; histories from before that bound have none. */
  | { readonly type: 'PAUSED'; readonly question: string; readonly longestDays?: number }
  | { readonly type: 'RESUMED'; readonly reason: string }
  | {
      readonly type: 'SUPPLEMENTED';
      readonly text: string;
      readonly attachments: readonly string[];
      readonly files?: readonly CaseFile[];
    }
  | { readonly type: 'EXTENSION_REQUESTED'; readonly workingDays: number; readonly reason: string }
  | {
      readonly type: 'EXTENSION_RULED';
      readonly granted: boolean;
      readonly workingDays: number;
      readonly reason: string;
    }
  | { readonly type: 'RESOLVED'; readonly answer: string }
  | { readonly type: 'RATED'; readonly process: number; readonly result: number; readonly reason: string | null }
  | {
      readonly type: 'CHECK_OPENED';
      readonly cause: CheckCause;
      readonly drawId: string | null;
      /** Departments whose officers look at it. */
      readonly team?: readonly string[];
    }
  | {
      readonly type: 'CHECK_FOUND';
      readonly outcome: CheckOutcome;
      readonly finding: string;
      readonly answerDays: number;
    }
  | { readonly type: 'REOPENED'; readonly reason: string; readonly answerDays: number }
  | { readonly type: 'CLOSED'; readonly reason: string }
  | ({ readonly type: 'EVALUATED' } & Evaluation)
  | { readonly type: 'WITHDRAWN'; readonly reason: string }
  | { readonly type: 'URGED'; readonly note: string }
  | {
      readonly type: 'SUPERVISED';
      readonly instruction: string;
      readonly dueOn: LegalDay;
      readonly supervisor?: SupervisorRef;
    }
  | { readonly type: 'SUPERVISION_REPORTED'; readonly note: string }
  | { readonly type: 'SUPERVISION_CONCLUDED'; readonly fulfilled: boolean; readonly note: string }
  /** The responsibility list as it stands from now on. */
  | { readonly type: 'DUTIES_AMENDED'; readonly responsibilities: readonly Responsibility[]; readonly reason: string }
  | { readonly type: 'DUTY_REPORTED'; readonly result: string }
  | {
      readonly type: 'ASSISTANCE_RATED';
      readonly department: string;
      readonly grade: number;
      readonly reason: string | null;
    }
  | { readonly type: 'ESCALATED'; readonly level: EscalationLevel; readonly reason: string }
  | {
      readonly type: 'OVERDUE_ESCALATED';
      readonly clock: string;
      readonly dueOn: LegalDay;
      readonly isProvisional?: boolean;
      /** The level that the case is brought to by it; histories from before it was said are brought to COORDINATOR. */
      readonly level?: EscalationLevel;
    }
  /** A changed calendar gave an open case another last day; null where the calendar did not, or does not, tell. */
  | { readonly type: 'REDATED'; readonly from: LegalDay | null; readonly to: LegalDay | null }
  | {
      readonly type: 'REFERRED';
      readonly referralId: string;
      readonly department: string;
      readonly reason: string;
      readonly evidence: readonly string[];
      readonly persons?: readonly ReferredPerson[];
      readonly concerning?: ReferralClass;
      readonly dueOn?: LegalDay;
    }
  | {
      readonly type: 'REFERRAL_CONCLUDED';
      readonly referralId: string;
      readonly outcome: ReferralOutcome;
      readonly note: string;
      readonly persons?: readonly PersonOutcome[];
    }
  /** The day by which a referral was to be concluded has passed. */
  | { readonly type: 'REFERRAL_OVERDUE'; readonly referralId: string; readonly dueOn: LegalDay }
  /** A clearing notice (澄清正名) was issued. */
  | { readonly type: 'CLEARING_ISSUED'; readonly referralId: string; readonly noticeId: string };

export type CaseEventType = CaseChange['type'];

/** One line of a case's append-only history. `seq` counts from 1 without gaps; `at` is RFC 3339 in UTC. */
export interface CaseEvent {
  readonly caseNumber: string;
  readonly seq: number;
  readonly at: string;
  readonly by: Author;
  readonly change: CaseChange;
}
