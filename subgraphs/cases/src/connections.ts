import type { RelayConnection } from '@zhitong/kit';
import type { CaseRecord } from './models/case.js';

/** What resolvers of lists pass on; counts may be functions, so that they run only when they are asked for. */
export type CaseConnectionRows = RelayConnection<CaseRecord>;
