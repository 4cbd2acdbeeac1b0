import type { RelayConnection } from '@zhitong/kit';
import type { NearCode } from './domain/search/near-codes.js';
import type { DirectoryBasis } from './domain/service-network/matters.js';
import type { FactKind } from './domain/fact-vocabulary.js';
import type { SizeClass } from './domain/register/size-class.js';
import type { EnterpriseRecord, StoredEnterprise } from './models/enterprise.js';
import type { RelationKind } from './models/register/relation.js';
import type { DirectLineRecord } from './models/network/direct-line.js';
import type { ServiceLinkRecord } from './models/network/service-link.js';
import type { ServiceOfficerRecord } from './models/network/service-officer.js';
import type { ShownOfficial } from './models/official.js';
import type { ProjectRecord } from './models/project.js';
import type { InspectionRecord, PenaltyRecord } from './models/inspections/inspection.js';
import type { ReportedProblemRecord } from './models/reported-problem.js';
import type { ServiceItemRecord } from './models/service-items/service-item.js';
import type { KeyTaskRecord } from './models/key-tasks/key-task.js';
import type { TaskFigures } from './domain/key-tasks/key-task.js';
import type { ProjectLeadRecord } from './models/projects/project-lead.js';
import type { ProjectEvent } from './domain/projects/project-event.js';
import type { BlockState, ProjectLife, TaskState } from './domain/projects/project-life.js';
import type { StandingApproval } from './domain/projects/standing.js';
import type { TargetRecord } from './models/visits/campaign.js';
import type { FindingRecord } from './models/visits/finding.js';
import type { VisitRecord } from './models/visits/visit.js';
import type { ServiceRole } from './domain/service-network/roles.js';

/** What resolvers of lists pass on; counts may be functions, so that they run only when they are asked for. */
export type EnterpriseConnectionRows = RelayConnection<EnterpriseRecord> & {
  readonly codeCorrections?: readonly NearCode[];
};
export type ProjectConnectionRows = RelayConnection<ProjectRecord>;

export type ServiceOfficerConnectionRows = RelayConnection<ServiceOfficerRecord>;
export type ServiceLinkConnectionRows = RelayConnection<ServiceLinkRecord>;
export type PlannedAssignmentConnectionRows = RelayConnection<PlannedAssignmentView>;

export type InspectionConnectionRows = RelayConnection<InspectionRecord>;
export type PenaltyConnectionRows = RelayConnection<PenaltyRecord>;
export type VisitConnectionRows = RelayConnection<VisitRecord>;
export type VisitFindingConnectionRows = RelayConnection<FindingRecord>;
export type CampaignTargetConnectionRows = RelayConnection<TargetRecord>;

/** An enterprise that a plan gives to an official. */
export interface PlannedAssignmentView {
  readonly uscc: string;
  readonly officialId: string;
  readonly loadAfter: number;
  readonly qualified: number;
  readonly reason: string;
}

export type ServiceItemConnectionRows = RelayConnection<ServiceItemRecord>;
export type KeyTaskConnectionRows = RelayConnection<KeyTaskRecord>;

/** The figures of the tasks that one department owns. */
export interface KeyTaskFiguresView {
  readonly owner: string;
  readonly figures: TaskFigures;
}

export type ProjectLeadConnectionRows = RelayConnection<ProjectLeadRecord>;

/** A project's life as resolvers pass it on. */
export interface ProjectLifeView {
  readonly record: ProjectRecord;
  readonly events: readonly ProjectEvent[];
  readonly life: ProjectLife;
}
export type ProjectBlockView = BlockState & {
  readonly reported: ReportedProblemRecord | null;
  readonly solvedOn: string | null;
};
/** `isOpen`: the project still takes changes. */
export type ProjectApprovalView = StandingApproval & { readonly isOpen: boolean };
/** `of` is the enterprise that invests; `isOpen`: the project still takes changes. */
export type ProjectTaskView = TaskState & {
  readonly of: string;
  readonly isLate: boolean;
  readonly isOpen: boolean;
};

/** Somebody to call, or a line. */
export interface DirectoryEntryView {
  readonly basis: DirectoryBasis;
  readonly reason: string;
  readonly role: ServiceRole | null;
  readonly official: ShownOfficial | null;
  readonly departmentCode: string;
  readonly line: DirectLineRecord | null;
}

/** A recorded fact as resolvers pass it on. */
export interface RecordedFactView {
  readonly name: string;
  readonly kind: Uppercase<FactKind>;
}

/** A registration as it was known on a day. */
export interface RegisteredStateView extends Pick<
  StoredEnterprise,
  'name' | 'scale' | 'industry' | 'region' | 'status'
> {
  readonly asOf: string;
}

/** An enterprise above or below another. */
export interface RelatedEnterpriseView {
  readonly kind: RelationKind;
  readonly enterprise: EnterpriseRecord;
  readonly from: string;
}

/** A size by the national table. Money is whole yuan. */
export interface ComputedSizeView {
  readonly size: SizeClass | null;
  readonly rule: string;
  readonly industryRow: string;
  readonly missing: readonly ('EMPLOYEES' | 'REVENUE' | 'ASSETS')[];
  readonly employees: number | null;
  readonly revenueYuan: number | null;
  readonly assetsYuan: number | null;
  readonly agreesWithRegister: boolean | null;
}
