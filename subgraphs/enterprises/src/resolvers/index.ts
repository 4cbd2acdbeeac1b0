import { guarded } from '@zhitong/kit/graph';
import { rateText } from '@zhitong/values';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/resolvers-types.js';
import { assignSteward } from './mutations/assign-steward.js';
import { ConnectorSource } from './connector-source.js';
import { DataAccess } from './data-access.js';
import { Department } from './department.js';
import { Enterprise } from './enterprise.js';
import { DirectLine, DirectoryEntry } from './network/directory.js';
import { EnterpriseConnection } from './enterprise-connection.js';
import { AssignmentPlan, PlannedAssignment } from './network/assignment-plan.js';
import { Appraisal, AppraisalMeasures, AppraisalResult, appraisalMutations } from './appraisal/appraisal.js';
import {
  Indicator,
  KeyTask,
  KeyTaskDecision,
  KeyTaskFiguresOfOwner,
  KeyTaskProgress,
  keyTaskMutations,
} from './key-tasks/key-task.js';
import { ServiceBundle, ServiceCounter, ServiceItem, serviceItemMutations } from './service-items/service-item.js';
import { projectLeadMutations } from './mutations/project-lead-mutations.js';
import { projectMutations } from './mutations/project-mutations.js';
import { visitMutations } from './mutations/visit-mutations.js';
import {
  CampaignFigures,
  CampaignTarget,
  UnitFigures,
  VisitCampaign,
  VisitDepartmentFigures,
  VisitFigures,
} from './visits/campaign.js';
import { Visit, VisitFinding } from './visits/visit.js';
import { networkMutations } from './mutations/network-mutations.js';
import { FactYear } from './fact-year.js';
import { Official } from './official.js';
import { ServiceLink } from './network/service-link.js';
import { ServiceOfficer } from './network/service-officer.js';
import { Project } from './project.js';
import {
  MajorProject,
  MajorProjectApproval,
  ProjectApproval,
  ProjectBlock,
  ProjectChange,
  ProjectDelay,
  ProjectInspection,
  ProjectLife,
  ProjectTask,
} from './projects/project-life.js';
import { AdmissionMeeting, AdmissionOpinion, ProjectLead } from './projects/project-lead.js';
import { correctEnterpriseRow, replayEnterpriseDeadLetters } from './mutations/operator-mutations.js';
import { Query } from './query.js';
import { recordEnterpriseFacts } from './mutations/record-enterprise-facts.js';
import { Inspection, InspectionCount, InspectionPlan, Penalty } from './inspections/inspection.js';
import { JobFair, LabourMonth } from './inspections/labour.js';
import { inspectionMutations } from './mutations/inspection-mutations.js';
import { recordSuccession } from './mutations/record-succession.js';
import { confirmIrregularCode } from './mutations/confirm-irregular-code.js';
import { relateEnterprise } from './mutations/relate-enterprise.js';
import { CodeConfirmation, ComputedSize, RegisteredState } from './register/registration.js';
import { AdministrativeDivision, IndustryClass } from './register/standards.js';
import { RecordedFact } from './recorded-fact.js';

export const resolvers: Resolvers = {
  Query,
  // Nobody writes for a department or an enterprise that there is not.
  Mutation: guarded(
    {
      correctEnterpriseRow,
      replayEnterpriseDeadLetters,
      assignSteward,
      ...networkMutations,
      ...visitMutations,
      ...inspectionMutations,
      relateEnterprise,
      confirmIrregularCode,
      recordSuccession,
      ...appraisalMutations,
      ...keyTaskMutations,
      ...serviceItemMutations,
      ...projectLeadMutations,
      ...projectMutations,
      recordEnterpriseFacts,
    },
    async ({ actor, names }: Context) => names.requireKnownActor(actor),
  ),
  AdministrativeDivision,
  AdmissionMeeting,
  AdmissionOpinion,
  Appraisal,
  AppraisalMeasures,
  AppraisalResult,
  AssignmentPlan,
  CampaignFigures,
  CampaignTarget,
  CodeConfirmation,
  ComputedSize,
  ConnectorSource,
  DataAccess,
  Department,
  DirectLine,
  DirectoryEntry,
  Enterprise,
  EnterpriseConnection,
  FactYear,
  IndustryClass,
  Inspection,
  InspectionCount,
  InspectionPlan,
  JobFair,
  LabourMonth,
  Official,
  Penalty,
  Indicator,
  KeyTask,
  KeyTaskDecision,
  KeyTaskFiguresOfOwner,
  KeyTaskProgress,
  MajorProject,
  MajorProjectApproval,
  PlannedAssignment,
  Project,
  ProjectApproval,
  ProjectBlock,
  ProjectChange,
  ProjectDelay,
  ProjectInspection,
  ProjectLead,
  ProjectLife,
  ProjectTask,
  Rate: { rate: rateText },
  ServiceBundle,
  ServiceCounter,
  ServiceItem,
  ServiceLink,
  ServiceOfficer,
  RecordedFact,
  RegisteredState,
  UnitFigures,
  VisitDepartmentFigures,
  VisitFigures,
  Visit,
  VisitCampaign,
  VisitFinding,
};
