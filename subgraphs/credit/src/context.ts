import type { Clock, RequestContext } from '@zhitong/kit';
import { accessNotes, type AccessNotes, type Offices } from '@zhitong/kit/personal-data';
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
  /** Codes of the departments that are financial institutions. */
  readonly financialDepartments: ReadonlySet<string>;
  readonly offices: Offices;
  /** What this request reads for a stated purpose. */
  readonly accesses: AccessNotes;
}

type Shared = Pick<Context, 'stores' | 'commands' | 'clock' | 'ledgerOffice' | 'departments' | 'financialDepartments'>;

/** Makes the context of one request. */
export function contextFactory({ stores, commands, clock, ledgerOffice, departments, financialDepartments }: Shared): (request: RequestContext) => Context {
  const offices: Offices = {
    isFinancial: (code) => financialDepartments.has(code),
    isKnown: async (code) => {
      const name = await departments.nameOf(code);
      return name === undefined ? undefined : name !== null;
    },
  };
  return (request) => {
    const accesses = accessNotes({ store: stores.accesses, ...request });
    return { ...request, beforeAnswer: accesses.write, clock, stores, commands, ledgerOffice, departments, financialDepartments, offices, accesses, loaders: createLoaders(stores) };
  };
}
