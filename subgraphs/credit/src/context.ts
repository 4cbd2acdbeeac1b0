import type { Clock, RequestContext } from '@zhitong/kit';
import type { Register } from '@zhitong/kit/graph';
import type { Commands } from './department.js';
import { createLoaders, type Loaders } from './loaders.js';
import type { Stores } from './stores.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly loaders: Loaders;
  readonly commands: Commands;
  /** Code of the department whose officers keep the whole ledger. */
  readonly ledgerOffice: string;
  /** What the registry says of departments, regions, enterprises and projects. */
  readonly register: Register;
}

/** Makes the context of one request. */
export function contextFactory({ stores, commands, clock, ledgerOffice, register }: Pick<Context, 'stores' | 'commands' | 'clock' | 'ledgerOffice' | 'register'>): (request: RequestContext) => Context {
  return (request) => ({ ...request, clock, stores, commands, ledgerOffice, register, loaders: createLoaders(stores) });
}
