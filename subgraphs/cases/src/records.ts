import type { RelayConnection } from '@zhitong/kit';
import type { CaseRecord } from './models/case.js';

/** Another department's entity as this one knows it: its key. */
export interface EnterpriseRef {
  readonly uscc: string;
}

export interface DepartmentRef {
  readonly code: string;
}

/** What resolvers of lists pass on; counts may be functions, so that they run only when they are asked for. */
export type CaseConnectionRows = RelayConnection<CaseRecord>;
