import { dataAccessStore, type DataAccessStore } from '@zhitong/kit/personal-data';
import type { Connection } from 'mongoose';
import { departmentStore, type DepartmentStore } from './models/department.js';
import { enterpriseStore, type EnterpriseStore } from './models/enterprise.js';
import { factYearStore, type FactYearStore } from './models/fact-year.js';
import { officialStore, type OfficialStore } from './models/official.js';
import { reportedProblemStore, type ReportedProblemStore } from './models/reported-problem.js';
import { projectStore, type ProjectStore } from './models/project.js';

/** The department's stores over one connection. */
export interface Stores {
  readonly enterprises: EnterpriseStore;
  readonly departments: DepartmentStore;
  readonly officials: OfficialStore;
  readonly projects: ProjectStore;
  /** Problems that officials came upon, at visits and at projects. */
  readonly problems: ReportedProblemStore;
  readonly factYears: FactYearStore;
  readonly accesses: DataAccessStore;
}

/** Opens the stores over a connection to the department's own database. */
export function openStores(db: Connection): Stores {
  return {
    enterprises: enterpriseStore(db),
    departments: departmentStore(db),
    officials: officialStore(db),
    projects: projectStore(db),
    problems: reportedProblemStore(db),
    factYears: factYearStore(db),
    accesses: dataAccessStore(db),
  };
}
