import { loaderById, loaderPerParent } from '@zhitong/kit';
import type { Stores } from './stores.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** The loaders of one request: what resolvers ask for in one tick is read with one command. */
export function createLoaders({ grants, facts, funds, pledges }: Stores) {
  return {
    grant: loaderById(grants.byId, ({ id }) => id),
    grantsOfEnterprise: loaderPerParent(grants.perEnterprise),
    pledgeOfGrant: loaderById(pledges.ofGrants, ({ grantId }) => grantId),
    grantHistory: loaderPerParent(async (ids: readonly string[], _none: null) => grants.history(ids)),
    paymentsOfGrant: loaderPerParent(async (ids: readonly string[], _none: null) => {
      const payments = await funds.ofGrants(ids);
      return new Map(ids.map((id) => [id, payments.filter(({ grantId }) => grantId === id)]));
    }),
    facts: loaderById(facts.byUscc, ({ uscc }) => uscc),
  };
}
