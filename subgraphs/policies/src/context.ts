import type { ConnectorReads, RowCorrections } from '@zhitong/connect';
import { renewableLoaders, type Clock, type RenewableLoaders, type RequestContext } from '@zhitong/kit';
import type { DeadLetterDesk } from '@zhitong/kit/dead-letters';
import { officesOf, type Register } from '@zhitong/kit/graph';
import { accessNotes, type AccessNotes, type Offices } from '@zhitong/kit/personal-data';
import { createLoaders, type Loaders } from './loaders.js';
import type { CityInMemory } from './memory/city-in-memory.js';
import type { OpenDepartment } from './service.js';
import type { EligibleInMemory } from './memory/eligible-in-memory.js';
import type { FactsInMemory } from './memory/facts-in-memory.js';
import type { PolicySearch } from './memory/policy-search.js';
import type { PolicyShelf } from './memory/policy-shelf.js';
import type { PolicyMatchRow } from './records.js';
import type { Stores } from './stores.js';
import type { FactsSource, PastFactsSource, VersionsSource } from './graph/facts-source.js';
import { applicationCommands, type ApplicationCommands } from './usecases/application-commands.js';
import { financeCommands, type FinanceCommands } from './usecases/finance-commands.js';
import type { GrantCommands } from './usecases/grant-commands.js';
import type { ObjectionCommands } from './usecases/grants/objection-commands.js';
import type { RecoveryCommands } from './usecases/grants/recovery-commands.js';
import { parameterCommands, type ParameterCommands } from './usecases/parameter-commands.js';
import type { PolicyCommands } from './usecases/policy-commands.js';
import type { QuestionCommands } from './usecases/question-commands.js';
import type { SubscriptionCommands } from './usecases/subscription-commands.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext, RenewableLoaders<Loaders> {
  readonly clock: Clock;
  readonly stores: Stores;
  readonly shelf: PolicyShelf;
  readonly search: PolicySearch;
  readonly city: CityInMemory;
  readonly factsInMemory: FactsInMemory;
  readonly eligibleInMemory: EligibleInMemory<PolicyMatchRow>;
  readonly grantCommands: GrantCommands;
  readonly objectionCommands: ObjectionCommands;
  readonly recoveryCommands: RecoveryCommands;
  readonly applicationCommands: ApplicationCommands;
  readonly policyCommands: PolicyCommands;
  readonly financeCommands: FinanceCommands;
  readonly parameterCommands: ParameterCommands;
  readonly subscriptionCommands: SubscriptionCommands;
  readonly questionCommands: QuestionCommands;
  /** What connectors have brought, and how their runs went. */
  readonly connectors: ConnectorReads;
  /** Refused rows of those systems, corrected and fed in again. */
  readonly corrections: RowCorrections;
  /** Deliveries of its events that were given up. */
  readonly deadLetters: DeadLetterDesk;
  /** What the registry says of departments and regions. */
  readonly register: Register;
  /** Codes of the departments that are financial institutions. */
  readonly financialDepartments: ReadonlySet<string>;
  readonly offices: Offices;
  /** What this request reads for a stated purpose. */
  readonly accesses: AccessNotes;
}

/**
 * Makes the context of one request; facts that are held in another version than the register has them in are read from
 * `source`. Applications are decided on facts that `source` reads at that moment, matches of an earlier day on those
 * that it reads for that day.
 */
export function contextFactory(
  department: OpenDepartment,
  source: FactsSource & VersionsSource & PastFactsSource,
  { financialDepartments, register, corrections }: Pick<Context, 'financialDepartments' | 'register' | 'corrections'>,
): (request: RequestContext) => Context {
  const {
    stores,
    shelf,
    search,
    city,
    factsInMemory,
    eligibleInMemory,
    clock,
    grantCommands,
    objectionCommands,
    recoveryCommands,
    policyCommands,
    subscriptionCommands,
    questionCommands,
    connectors,
    deadLetters,
  } = department;
  const shared = {
    clock,
    stores,
    shelf,
    search,
    city,
    factsInMemory,
    eligibleInMemory,
    grantCommands,
    objectionCommands,
    recoveryCommands,
    policyCommands,
    subscriptionCommands,
    questionCommands,
    connectors,
    deadLetters,
    corrections,
    financialDepartments,
    register,
    applicationCommands: applicationCommands({ ...department, source }),
    financeCommands: financeCommands(department),
    parameterCommands: parameterCommands(department),
  };
  const offices = officesOf(register, financialDepartments);
  return (request) => {
    const accesses = accessNotes({ store: stores.accesses, ...request });
    return {
      ...request,
      ...shared,
      beforeAnswer: accesses.write,
      offices,
      accesses,
      ...renewableLoaders(() => createLoaders({ ...department, source })),
    };
  };
}
