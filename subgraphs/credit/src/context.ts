import type { ConnectorReads, RowCorrections } from '@zhitong/connect';
import { renewableLoaders, type Clock, type RenewableLoaders, type RequestContext } from '@zhitong/kit';
import type { DeadLetterDesk } from '@zhitong/kit/dead-letters';
import { officesOf, type Register } from '@zhitong/kit/graph';
import { accessNotes, type AccessNotes, type Offices } from '@zhitong/kit/personal-data';
import type { Commands } from './service.js';
import { createLoaders, type Loaders } from './loaders.js';
import type { Disclosures } from './memory/disclosures.js';
import type { SealedTrees } from './memory/sealed-tree.js';
import type { Stores } from './stores.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext, RenewableLoaders<Loaders> {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly commands: Commands;
  /** The yearly disclosures of what public bodies owe. */
  readonly disclosures: Disclosures;
  /** The tree of the newest seal. */
  readonly sealedTrees: SealedTrees;
  /** Code of the department whose officers keep the whole ledger. */
  readonly ledgerOffice: string;
  /** What the registry says of departments, regions, enterprises and projects. */
  readonly register: Register;
  /** Codes of the departments that are financial institutions. */
  readonly financialDepartments: ReadonlySet<string>;
  /** What the engine knows of the systems that deliver here. */
  readonly connectors: ConnectorReads;
  /** Refused rows of those systems, corrected and fed in again. */
  readonly corrections: RowCorrections;
  /** Deliveries of its events that were given up. */
  readonly deadLetters: DeadLetterDesk;
  readonly offices: Offices;
  /** What this request reads for a stated purpose. */
  readonly accesses: AccessNotes;
}

type Shared = Pick<
  Context,
  | 'stores'
  | 'commands'
  | 'sealedTrees'
  | 'clock'
  | 'disclosures'
  | 'ledgerOffice'
  | 'register'
  | 'financialDepartments'
  | 'connectors'
  | 'corrections'
  | 'deadLetters'
>;

/** Makes the context of one request. */
export function contextFactory({
  stores,
  commands,
  sealedTrees,
  clock,
  disclosures,
  ledgerOffice,
  register,
  financialDepartments,
  connectors,
  corrections,
  deadLetters,
}: Shared): (request: RequestContext) => Context {
  const offices = officesOf(register, financialDepartments);
  return (request) => {
    const accesses = accessNotes({ store: stores.accesses, ...request });
    return {
      ...request,
      beforeAnswer: accesses.write,
      clock,
      disclosures,
      stores,
      commands,
      sealedTrees,
      ledgerOffice,
      register,
      financialDepartments,
      connectors,
      corrections,
      deadLetters,
      offices,
      accesses,
      ...renewableLoaders(() => createLoaders({ ...stores, connectors, sealedTrees })),
    };
  };
}
