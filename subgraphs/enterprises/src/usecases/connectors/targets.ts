import type { Target } from '@zhitong/connect';
import type { Outbox } from '@zhitong/kit/outbox';
import type { AuthorityDepartments } from '../../domain/fact-authorities.js';
import { COLLECTIONS } from '../../domain/fact-vocabulary.js';
import { regionsOf } from '../../domain/regions.js';
import type { Stores } from '../../stores.js';
import { departmentTarget } from './department-target.js';
import { enterpriseTarget } from './enterprise-target.js';
import { factItemsTarget } from './fact-items-target.js';
import { factsTarget } from './facts-target.js';
import { officialTarget } from './official-target.js';
import { projectTarget } from './project-target.js';
import { serviceRoleTargets } from './service-role-target.js';
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
  const departments = await stores.departments.all(undefined);
  const regions = regionsOf(departments);
  const confirmed = await stores.confirmedCodes.codes();
  const tools = { stores, outbox, authorities };
  return [
    departmentTarget(stores),
    officialTarget({ stores, departments }),
    projectTarget({ stores, departments }),
    ...serviceRoleTargets({ stores, outbox, departments }),
    enterpriseTarget({ stores, outbox, regions, confirmed }),
    factsTarget(tools),
    titlesTarget(tools),
    ...Object.keys(COLLECTIONS).map((collection) => factItemsTarget(collection, tools)),
  ];
}
