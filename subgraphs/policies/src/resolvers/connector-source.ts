import { listConflicts, listRefusals, listRuns } from '@zhitong/connect';
import type { ConnectorSourceResolvers } from '../generated/resolvers-types.js';

export const ConnectorSource: ConnectorSourceResolvers = {
  runs: async (source, args, { connectors }) => listRuns(connectors, source, args),
  refusals: async (source, args, { connectors }) => listRefusals(connectors, source, args),
  conflicts: async (source, args, { connectors }) => listConflicts(connectors, source, args),
};
