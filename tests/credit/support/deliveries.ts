import { deliveriesTo } from '../../support/deliveries.js';
import { registerOver } from '../../support/told-register.js';
import { LEDGER_OFFICE, type CreditUnderTest } from './credit-under-test.js';

/** The department's targets, with the registry of the test. */
export const targetsOf = ({ database, department: { connectorTargets }, registry, clock }: CreditUnderTest) =>
  connectorTargets({
    register: registerOver(registry, { connection: database.connection, clock }),
    ledgerOffice: LEDGER_OFFICE,
  });

/** Delivers mapped rows to a target of the department. @param department who delivers. */
export const deliveries = (under: CreditUnderTest, name: string, department: string) =>
  deliveriesTo(
    {
      ...under.department,
      connection: under.database.connection,
      targets: async () => targetsOf(under),
      start: under.clock.now(),
    },
    name,
    department,
  );
