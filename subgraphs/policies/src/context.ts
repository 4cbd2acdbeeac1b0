import type { Clock, RequestContext } from '@zhitong/kit';
import { createLoaders, type Loaders } from './loaders.js';
import type { OpenDepartment } from './department.js';
import type { PolicySearch } from './policy-search.js';
import type { PolicyShelf } from './policy-shelf.js';
import type { Stores } from './stores.js';
import type { GrantCommands } from './usecases/grant-commands.js';
import type { PolicyCommands } from './usecases/policy-commands.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly shelf: PolicyShelf;
  readonly search: PolicySearch;
  readonly loaders: Loaders;
  readonly grantCommands: GrantCommands;
  readonly policyCommands: PolicyCommands;
}

/** Makes the context of one request. */
export function contextFactory({ stores, shelf, search, clock, grantCommands, policyCommands }: OpenDepartment): (request: RequestContext) => Context {
  return (request) => ({ ...request, clock, stores, shelf, search, grantCommands, policyCommands, loaders: createLoaders(stores) });
}
