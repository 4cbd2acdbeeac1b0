import type { Clock, RequestContext } from '@zhitong/kit';
import type { Commands } from './department.js';
import { createLoaders, type Loaders } from './loaders.js';
import type { Stores } from './stores.js';
import type { DepartmentNames } from './usecases/department-names.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly loaders: Loaders;
  readonly commands: Commands;
  /** Code of the department whose officers keep the whole ledger. */
  readonly ledgerOffice: string;
  readonly departments: DepartmentNames;
}

/** Makes the context of one request. */
export function contextFactory({ stores, commands, clock, ledgerOffice, departments }: Pick<Context, 'stores' | 'commands' | 'clock' | 'ledgerOffice' | 'departments'>): (request: RequestContext) => Context {
  return (request) => ({ ...request, clock, stores, commands, ledgerOffice, departments, loaders: createLoaders(stores) });
}
