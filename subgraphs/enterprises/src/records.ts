import type { RelayConnection } from '@zhitong/kit';
import type { NearCode } from './domain/search/near-codes.js';
import type { FactKind } from './domain/fact-vocabulary.js';
import type { EnterpriseRecord } from './models/enterprise.js';
import type { ProjectRecord } from './models/project.js';

/** What resolvers of lists pass on; counts may be functions, so that they run only when they are asked for. */
export type EnterpriseConnectionRows = RelayConnection<EnterpriseRecord> & {
  readonly codeCorrections?: readonly NearCode[];
};
export type ProjectConnectionRows = RelayConnection<ProjectRecord>;

/** A recorded fact as resolvers pass it on. */
export interface RecordedFactView {
  readonly name: string;
  readonly kind: Uppercase<FactKind>;
}
