import type { RelayConnection } from '@zhitong/kit';
import type { LegalDay } from '@zhitong/values';
import type { KnownPeriod } from './domain/figures/known-period.js';
import type { CaseEvent as StoredEvent } from './domain/case-event.js';
import type { AddedFile } from './domain/files/case-file.js';
import type { CaseNotice } from './domain/notice.js';
import type { ReferralMark, Supervision } from './domain/case-view.js';
import type { SupervisorRef } from './domain/case-event.js';
import type { ProblemLine } from './domain/meeting.js';
import type { ReferralClass } from './domain/taxonomy.js';
import type { HelpedRow } from './models/figures/helped-list.js';
import type { MeetingRecord, ProblemListRecord } from './models/meeting.js';
import type { SpecialSupervisorRecord } from './models/oversight-register.js';
import type { Figures } from './domain/figures/statistics.js';
import type { CaseRecord } from './models/stored-case.js';

/** Another department's entity as this one knows it: its key. */
export interface EnterpriseRef {
  readonly uscc: string;
}

export interface DepartmentRef {
  readonly code: string;
}

/** A matter of the catalogue. */
export interface ServiceItemRef {
  readonly id: string;
}

/** What resolvers of lists pass on; counts may be functions, so that they run only when they are asked for. */
export type CaseConnectionRows = RelayConnection<CaseRecord> & {
  /** How often its cases count towards the figure by which the list was asked for. */
  readonly countedTimes?: () => Promise<number>;
};

/** A file with the case that it is of: who may open it depends on that. */
export interface ShownFile {
  readonly file: AddedFile;
  readonly of: CaseRecord;
}

/** A list of problems with the meeting that it is of: which lines may be shown depends on its agenda. */
export interface ShownProblemList extends ProblemListRecord {
  readonly of: MeetingRecord;
}

/** One change with the case that it belongs to, because what may be shown depends on the case. */
export interface ShownEvent {
  readonly event: StoredEvent;
  readonly of: CaseRecord;
}

/** A department's scorecard: which department, which period; the figures are read when a field asks for them. */
export interface ScorecardOf extends KnownPeriod {
  readonly department: string;
}

/**
 * Figures as the schema names them, null where they must not be told; how many enterprises were helped is counted when
 * it is asked for.
 */
export type ShownFigures = Nullable<Figures['counts'] & Figures['rates']> & {
  readonly helped: () => number | null | Promise<number | null>;
};
type Nullable<Shape> = { readonly [Name in keyof Shape]: Shape[Name] | null };

/** An order of supervision as a reader may see it. */
export interface ShownSupervision extends Pick<Supervision, 'instruction' | 'dueOn' | 'orderedOn'> {
  readonly number: number;
  readonly caseNumber: string;
  readonly isOverdue: boolean;
  readonly isOverrun: boolean;
  readonly specialSupervisor: SupervisorRef | null;
  readonly report: string | null;
  readonly reportedOn: LegalDay | null;
  readonly endedOn: LegalDay | null;
  readonly isFulfilled: boolean | null;
  readonly conclusion: string | null;
}

/** A special supervisor, as the register has him or her, or as an order of supervision names. */
export type ShownSupervisor = SpecialSupervisorRecord | SupervisorRef;

/** A referral as coordinator and auditor see it. */
export interface ShownReferral extends Omit<ReferralMark, 'persons'> {
  readonly caseNumber: string;
  readonly isOverdue: boolean;
  readonly concerning: ReferralClass;
  readonly persons: NonNullable<ReferralMark['persons']>[number][];
}

export type CaseNoticeConnectionRows = RelayConnection<CaseNotice> & { readonly unreadCount: number };
export type MeetingConnectionRows = RelayConnection<MeetingRecord>;
export type HelpedConnectionRows = RelayConnection<HelpedRow>;
export type SupervisionConnectionRows = RelayConnection<ShownSupervision>;
export type ReferralConnectionRows = RelayConnection<ShownReferral> & {
  /** How often they count towards the figure by which the list was asked for. */
  readonly countedTimes?: () => Promise<number>;
};

/** What an assisting department owes, as a reader may see it. */
export interface ShownDuty {
  readonly department: string;
  readonly duty: string;
  readonly dueOn: LegalDay | null;
  readonly result: string | null;
  readonly reportedOn: LegalDay | null;
  readonly isOverdue: boolean;
  readonly grade: number | null;
  readonly gradeReason: string | null;
}

/** A line of a problem list that somebody may read. */
export interface ShownProblemLine extends ProblemLine {
  /** Number on the list, from 1 on. */
  readonly number: number;
  readonly record: CaseRecord;
}
