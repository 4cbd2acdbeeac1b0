import type { EnterpriseConnectionResolvers } from '../generated/resolvers-types.js';

export const EnterpriseConnection: Pick<EnterpriseConnectionResolvers, 'codeCorrections'> = {
  // Lists that are no search correct nothing.
  codeCorrections: ({ codeCorrections }) => [...(codeCorrections ?? [])],
};
