import { storedForms, type StoredForms } from '@zhitong/kit/mongo';
import { dataAccessStore, type DataAccessStore } from '@zhitong/kit/personal-data';
import type { Connection } from 'mongoose';
import { departmentStore, type DepartmentStore } from './models/department.js';
import { enterpriseStore, type EnterpriseStore } from './models/enterprise.js';
import { factItemStore, type FactItemStore } from './models/fact-item.js';
import { factYearStore, type FactYearStore } from './models/fact-year.js';
import { directLineStore, type DirectLineStore } from './models/network/direct-line.js';
import { servedEnterpriseStore, type ServedEnterpriseStore } from './models/network/served-enterprise.js';
import { serviceLinkStore, type ServiceLinkStore } from './models/network/service-link.js';
import { serviceOfficerStore, type ServiceOfficerStore } from './models/network/service-officer.js';
import { namingStore, type NamingStore } from './models/naming.js';
import { officialStore, type OfficialStore } from './models/official.js';
import { reportedProblemStore, type ReportedProblemStore } from './models/reported-problem.js';
import { appraisalStore, type AppraisalStore } from './models/appraisal/appraisal.js';
import { blindAnswerStore, type BlindAnswerStore } from './models/appraisal/blind-answers.js';
import { indicatorStore, type IndicatorStore } from './models/key-tasks/indicator.js';
import { keyTaskStore, type KeyTaskStore } from './models/key-tasks/key-task.js';
import { campaignStore, type CampaignStore } from './models/visits/campaign.js';
import { findingStore, type FindingStore } from './models/visits/finding.js';
import { visitStore, type VisitStore } from './models/visits/visit.js';
import { registerChangeStore, type RegisterChangeStore } from './models/register/register-change.js';
import { confirmedCodeStore, type ConfirmedCodeStore } from './models/register/confirmed-code.js';
import { relationStore, type RelationStore } from './models/register/relation.js';
import { inspectionStore, type InspectionStore } from './models/inspections/inspection.js';
import { labourStore, type LabourStore } from './models/labour/labour.js';
import { applicantLookStore, type ApplicantLookStore } from './models/projects/applicant-look.js';
import { serviceItemStore, type ServiceItemStore } from './models/service-items/service-item.js';
import { projectStore, type ProjectStore } from './models/project.js';
import { projectEventStore, type ProjectEventStore } from './models/projects/project-event.js';
import { projectLeadStore, type ProjectLeadStore } from './models/projects/project-lead.js';

/** The department's stores over one connection. */
export interface Stores {
  readonly enterprises: EnterpriseStore;
  readonly departments: DepartmentStore;
  readonly officials: OfficialStore;
  readonly officers: ServiceOfficerStore;
  /** Who is named by any of the records. */
  readonly naming: NamingStore;
  readonly links: ServiceLinkStore;
  readonly served: ServedEnterpriseStore;
  readonly directLines: DirectLineStore;
  readonly registerChanges: RegisterChangeStore;
  readonly relations: RelationStore;
  /** Codes with an irregular check character that officers confirmed. */
  readonly confirmedCodes: ConfirmedCodeStore;
  readonly inspections: InspectionStore;
  readonly labour: LabourStore;
  /** Rounds in which enterprises appraise departments, and apart from them what was answered. */
  readonly appraisals: AppraisalStore;
  readonly blindAnswers: BlindAnswerStore;
  readonly indicators: IndicatorStore;
  readonly keyTasks: KeyTaskStore;
  readonly campaigns: CampaignStore;
  readonly visits: VisitStore;
  readonly findings: FindingStore;
  readonly serviceItems: ServiceItemStore;
  readonly applicantLooks: ApplicantLookStore;
  readonly projects: ProjectStore;
  readonly projectEvents: ProjectEventStore;
  readonly projectLeads: ProjectLeadStore;
  /** Problems that officials came upon, at visits and at projects. */
  readonly problems: ReportedProblemStore;
  readonly factYears: FactYearStore;
  readonly factItems: FactItemStore;
  readonly forms: StoredForms;
  readonly accesses: DataAccessStore;
}

/** Opens the stores over a connection to the department's own database. */
export function openStores(db: Connection): Stores {
  return {
    enterprises: enterpriseStore(db),
    departments: departmentStore(db),
    officials: officialStore(db),
    officers: serviceOfficerStore(db),
    naming: namingStore(db),
    links: serviceLinkStore(db),
    served: servedEnterpriseStore(db),
    directLines: directLineStore(db),
    registerChanges: registerChangeStore(db),
    relations: relationStore(db),
    confirmedCodes: confirmedCodeStore(db),
    inspections: inspectionStore(db),
    labour: labourStore(db),
    appraisals: appraisalStore(db),
    blindAnswers: blindAnswerStore(db),
    indicators: indicatorStore(db),
    keyTasks: keyTaskStore(db),
    campaigns: campaignStore(db),
    visits: visitStore(db),
    findings: findingStore(db),
    serviceItems: serviceItemStore(db),
    applicantLooks: applicantLookStore(db),
    projects: projectStore(db),
    projectEvents: projectEventStore(db),
    projectLeads: projectLeadStore(db),
    problems: reportedProblemStore(db),
    factYears: factYearStore(db),
    factItems: factItemStore(db),
    forms: storedForms(db),
    accesses: dataAccessStore(db),
  };
}
