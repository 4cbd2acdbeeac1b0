import { loaderById, loaderPerParent } from '@zhitong/kit';
import type { Stores } from './stores.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** The loaders of one request: what resolvers ask for in one tick is read with one command. */
export function createLoaders({ grants, facts }: Stores) {
  return {
    grant: loaderById(grants.byId, ({ id }) => id),
    grantsOfEnterprise: loaderPerParent(grants.perEnterprise),
    facts: loaderById(facts.byUscc, ({ uscc }) => uscc),
  };
}
