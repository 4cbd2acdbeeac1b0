import { demoCity, type DemoCity } from '@zhitong/demo';
import { createLogger, type Actor } from '@zhitong/kit';
import { departmentUnderTest, testDatabase, type DepartmentUnderTest, type TestDatabase } from '@zhitong/kit/testing';
import { contextFactory } from '../../../subgraphs/credit/src/context.js';
import { demoCommitments } from '../../../subgraphs/credit/src/demo/demo-commitments.js';
import { loadDemoCredit } from '../../../subgraphs/credit/src/demo/load-demo-credit.js';
import { openDepartment, type OpenDepartment } from '../../../subgraphs/credit/src/service.js';
import type { EntryDraft } from '../../../subgraphs/credit/src/domain/ledger/ledger-entry.js';
import { resolvers } from '../../../subgraphs/credit/src/resolvers/index.js';
import { typeDefs } from '../../../subgraphs/credit/src/server.js';
import { correctionsOf } from '../../support/row-corrections.js';
import { registerOver, toldRegistry, type ToldRegistry } from '../../support/told-register.js';

export const TODAY = '2026-11-20';
export const LEDGER_OFFICE = 'FGW';
/** A department that is a financial institution. */
export const BANK = 'RMYH';

export const officer = (department: string): Actor => ({
  sub: `officer-of-${department}`,
  roles: ['OFFICER'],
  department,
});
export const keeper = officer(LEDGER_OFFICE);
export const coordinator: Actor = { sub: 'coordinator-1', roles: ['COORDINATOR'] };
export const auditor: Actor = { sub: 'auditor-1', roles: ['AUDITOR'] };
export const enterprise = (uscc: string): Actor => ({ sub: `contact-of-${uscc}`, roles: ['ENTERPRISE'], uscc });

/** A clock that a test sets. */
export interface TestClock {
  now(): Date;
  set(instant: string): void;
}

export function testClock(start = `${TODAY}T02:00:00.000Z`): TestClock {
  let instant = start;
  return { now: () => new Date(instant), set: (next) => void (instant = next) };
}

/** The credit department over a database of its own. */
export interface CreditUnderTest extends DepartmentUnderTest {
  readonly database: TestDatabase;
  readonly department: OpenDepartment;
  readonly clock: TestClock;
  /**
   * Which departments the registry has from now on, code by name (at the beginning those of the demo city); null: it
   * cannot be reached.
   */
  register(departments: Readonly<Record<string, string>> | null): void;
  readonly registry: ToldRegistry;
  close(): Promise<void>;
}

/** An empty department. */
export async function creditUnderTest(file: string): Promise<CreditUnderTest> {
  const clock = testClock();
  const database = await testDatabase(file);
  const department = await openDepartment({
    connection: database.connection,
    logger: createLogger({ name: 'test', level: 'silent' }),
    clock,
  });
  const registry = toldRegistry();
  const register = registerOver(registry, { connection: database.connection, clock });
  const graph = await departmentUnderTest({
    typeDefs,
    resolvers,
    context: contextFactory({
      ...department,
      corrections: correctionsOf('credit', {
        ...{ connection: database.connection, outbox: department.outbox, clock },
        targets: async () => Promise.resolve(department.connectorTargets({ register, ledgerOffice: LEDGER_OFFICE })),
      }),
      clock,
      ledgerOffice: LEDGER_OFFICE,
      register,
      financialDepartments: new Set([BANK]),
    }),
  });
  return {
    ...graph,
    database,
    department,
    clock,
    register: (next) => {
      registry.isDown = next === null;
      if (next !== null) registry.departments = next;
    },
    registry,
    close: async () => database.close(),
  };
}

/** A department with the credit of a small demo city. */
export async function creditOfDemoCity(
  file: string,
  size = 900,
): Promise<CreditUnderTest & { city: DemoCity; chains: EntryDraft[][] }> {
  const credit = await creditUnderTest(file);
  const city = demoCity({ referenceDate: TODAY, enterprises: size });
  const chains = demoCommitments(city);
  await loadDemoCredit({ city, chains, stores: credit.department.stores, advance: () => undefined });
  return { ...credit, city, chains };
}
