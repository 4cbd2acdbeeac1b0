import type { RowCorrections } from '@zhitong/connect';
import { renewableLoaders, type Clock, type RenewableLoaders, type RequestContext } from '@zhitong/kit';
import { nameChecks, type NameChecks } from '@zhitong/kit/graph';
import { accessNotes, type AccessNotes, type Offices } from '@zhitong/kit/personal-data';
import { departmentDirectory } from './memory/department-directory.js';
import { MASKING_MACHINES, type MaskingMachines } from './domain/access.js';
import { CITY_AUTHORITIES, type AuthorityDepartments } from './domain/fact-authorities.js';
import { createLoaders, type Loaders } from './loaders.js';
import { registerLookup } from './usecases/register-lookup.js';
import type { OpenDepartment } from './service.js';

/** What of the opened department resolvers reach: its commands, and what it keeps. */
type Reached = Omit<OpenDepartment, 'outbox' | 'connectorTargets'>;

/** What the department's resolvers reach. */
export interface Context extends RequestContext, RenewableLoaders<Loaders>, Reached {
  readonly clock: Clock;
  /** Refused rows of systems that deliver here, corrected and fed in again. */
  readonly corrections: RowCorrections;
  /** The departments that may record facts. */
  readonly factAuthorities: AuthorityDepartments;
  /** The machine identities that take what leads to an enterprise out of texts. */
  readonly maskers: MaskingMachines;
  readonly names: NameChecks;
  /** Codes of the departments that are financial institutions. */
  readonly financialDepartments: ReadonlySet<string>;
  readonly offices: Offices;
  /** What this request reads for a stated purpose. */
  readonly accesses: AccessNotes;
}

interface Shared extends Reached, Pick<Context, 'clock' | 'corrections' | 'financialDepartments'> {
  readonly factAuthorities?: AuthorityDepartments;
  readonly maskers?: MaskingMachines;
}

/** This department keeps the register itself. */
const REGISTER = 'enterprises';

/** Makes the context of one request. */
export function contextFactory({
  factAuthorities = CITY_AUTHORITIES,
  maskers = MASKING_MACHINES,
  ...shared
}: Shared): (request: RequestContext) => Context {
  const { stores, clock, connectors, financialDepartments } = shared;
  const directory = departmentDirectory({ departments: stores.departments, clock });
  const names = nameChecks(registerLookup(stores, directory), REGISTER);
  const offices: Offices = {
    keptBy: REGISTER,
    isFinancial: (code) => financialDepartments.has(code),
    isKnown: async (code) => (await directory.byCode([code])).length > 0,
  };
  return (request) => {
    const accesses = accessNotes({ store: stores.accesses, ...request });
    return {
      ...request,
      ...shared,
      beforeAnswer: accesses.write,
      factAuthorities,
      maskers,
      names,
      offices,
      accesses,
      ...renewableLoaders(() => createLoaders({ ...stores, connectors }, directory)),
    };
  };
}
