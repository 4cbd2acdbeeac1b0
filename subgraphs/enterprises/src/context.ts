import type { Clock, RequestContext } from '@zhitong/kit';
import { nameChecks, type NameChecks } from '@zhitong/kit/graph';
import { departmentDirectory } from './department-directory.js';
import { CITY_AUTHORITIES, type AuthorityDepartments } from './domain/fact-authorities.js';
import { createLoaders, type Loaders } from './loaders.js';
import { registerLookup } from './register-lookup.js';
import type { EnterpriseCommands } from './usecases/commands.js';
import type { Stores } from './stores.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly loaders: Loaders;
  readonly commands: EnterpriseCommands;
  /** The departments that may record facts. */
  readonly factAuthorities: AuthorityDepartments;
  readonly names: NameChecks;
}

/** Makes the context of one request. */
export function contextFactory({ stores, commands, clock, factAuthorities = CITY_AUTHORITIES }: { stores: Stores; commands: EnterpriseCommands; clock: Clock; factAuthorities?: AuthorityDepartments }): (request: RequestContext) => Context {
  const directory = departmentDirectory({ departments: stores.departments, clock });
  const names = nameChecks(registerLookup(stores, directory));
  return (request) => ({ ...request, clock, stores, commands, factAuthorities, names, loaders: createLoaders(stores, directory) });
}
