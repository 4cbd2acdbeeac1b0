import type { Target } from '@zhitong/connect';
import type { Outbox } from '@zhitong/kit/outbox';
import type { AuthorityDepartments } from '../../domain/fact-authorities.js';
import { COLLECTIONS } from '../../domain/fact-vocabulary.js';
import { regionsOf } from '../../domain/regions.js';
import type { Stores } from '../../stores.js';
import { enterpriseTarget } from './enterprise-target.js';
import { factItemsTarget } from './fact-items-target.js';
import { factsTarget } from './facts-target.js';
import { titlesTarget } from './titles-target.js';

/** The kinds of records that the department takes from connectors, by the tables as they stand now. */
export async function connectorTargets({
  stores,
  outbox,
  authorities,
}: {
  readonly stores: Stores;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly authorities: AuthorityDepartments;
}): Promise<readonly Target[]> {
  const regions = regionsOf(await stores.departments.all(undefined));
  const tools = { stores, outbox, authorities };
  return [
    enterpriseTarget({ stores, outbox, regions }),
    factsTarget(tools),
    titlesTarget(tools),
    ...Object.keys(COLLECTIONS).map((collection) => factItemsTarget(collection, tools)),
  ];
}
