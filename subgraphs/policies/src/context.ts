import type { Clock, RequestContext } from '@zhitong/kit';
import { createLoaders, type Loaders } from './loaders.js';
import type { CityInMemory } from './city-in-memory.js';
import type { OpenDepartment } from './department.js';
import type { PolicySearch } from './policy-search.js';
import type { PolicyShelf } from './policy-shelf.js';
import type { Stores } from './stores.js';
import type { FactsSource } from './graph/facts-source.js';
import { applicationCommands, type ApplicationCommands } from './usecases/application-commands.js';
import { financeCommands, type FinanceCommands } from './usecases/finance-commands.js';
import type { GrantCommands } from './usecases/grant-commands.js';
import type { PolicyCommands } from './usecases/policy-commands.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly shelf: PolicyShelf;
  readonly search: PolicySearch;
  readonly city: CityInMemory;
  readonly loaders: Loaders;
  readonly grantCommands: GrantCommands;
  readonly applicationCommands: ApplicationCommands;
  readonly policyCommands: PolicyCommands;
  readonly financeCommands: FinanceCommands;
  /** Codes of the departments that are financial institutions. */
  readonly financialDepartments: ReadonlySet<string>;
}

/** Makes the context of one request; applications are decided on facts that `source` reads at that moment. */
export function contextFactory(department: OpenDepartment, source: FactsSource, financialDepartments: ReadonlySet<string>): (request: RequestContext) => Context {
  const { stores, shelf, search, city, clock, grantCommands, policyCommands } = department;
  const applications = applicationCommands({ ...department, source });
  const finance = financeCommands(department);
  return (request) => ({ ...request, clock, stores, shelf, search, city, grantCommands, policyCommands, applicationCommands: applications, financeCommands: finance, financialDepartments, loaders: createLoaders(stores) });
}
