import type { Clock, RequestContext } from '@zhitong/kit';
import { departmentDirectory } from './department-directory.js';
import { createLoaders, type Loaders } from './loaders.js';
import type { EnterpriseCommands } from './usecases/commands.js';
import type { Stores } from './stores.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly loaders: Loaders;
  readonly commands: EnterpriseCommands;
}

/** Makes the context of one request. */
export function contextFactory({ stores, commands, clock }: { stores: Stores; commands: EnterpriseCommands; clock: Clock }): (request: RequestContext) => Context {
  const directory = departmentDirectory({ departments: stores.departments, clock });
  return (request) => ({ ...request, clock, stores, commands, loaders: createLoaders(stores, directory) });
}
