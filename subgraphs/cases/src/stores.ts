import type { Connection } from 'mongoose';
import { caseEventStore, type CaseEventStore } from './models/case-event.js';
import { caseStatisticsStore, type CaseStatisticsStore } from './models/case-statistics.js';
import { caseStore, type CaseStore } from './models/case.js';

/** The department's stores over one connection. */
export interface Stores {
  readonly cases: CaseStore;
  readonly events: CaseEventStore;
  readonly statistics: CaseStatisticsStore;
}

/** Opens the stores over a connection to the department's own database. */
export function openStores(db: Connection): Stores {
  return { cases: caseStore(db), events: caseEventStore(db), statistics: caseStatisticsStore(db) };
}
