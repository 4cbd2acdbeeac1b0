import { demoCity, type DemoCity } from '@zhitong/demo';
import { createLogger, type Actor, type Clock } from '@zhitong/kit';
import { GraphUnreachable } from '@zhitong/kit/graph';
import { departmentUnderTest, testDatabase, type DepartmentUnderTest, type TestDatabase } from '@zhitong/kit/testing';
import { contextFactory } from '../../../subgraphs/enterprises/src/context.js';
import { loadDemoCity } from '../../../subgraphs/enterprises/src/demo/load-demo-city.js';
import type { ApplicantBar } from '../../../subgraphs/enterprises/src/domain/projects/pledge-gate.js';
import type { CreditGate } from '../../../subgraphs/enterprises/src/graph/credit-gate.js';
import { openDepartment, type OpenDepartment } from '../../../subgraphs/enterprises/src/service.js';
import { resolvers } from '../../../subgraphs/enterprises/src/resolvers/index.js';
import { typeDefs } from '../../../subgraphs/enterprises/src/server.js';
import { correctionsOf } from '../../support/row-corrections.js';

export const NOW = '2026-11-20T02:00:00Z';
export const clock: Clock = { now: () => new Date(NOW) };

export const officer: Actor = { sub: 'officer-1', roles: ['OFFICER'], department: 'TJJ' };
export const coordinator: Actor = { sub: 'coordinator-1', roles: ['COORDINATOR'] };
export const auditor: Actor = { sub: 'auditor-1', roles: ['AUDITOR'] };
export const enterprise = (uscc: string): Actor => ({ sub: `contact-of-${uscc}`, roles: ['ENTERPRISE'], uscc });

/** What the credit department of a test says of applicants: nothing against anybody, until the test says otherwise. */
export interface ToldCredit {
  bars: readonly ApplicantBar[];
  /** State of each signed pledge, by number, department and enterprise: `CNS-1/FGW/9142…`. */
  pledges: Readonly<Record<string, string>>;
  isDown: boolean;
  asked: number;
}

const gateOver = (told: ToldCredit): CreditGate => ({
  approval: async ({ uscc, department, pledge }) => {
    told.asked += 1;
    if (told.isDown) throw new GraphUnreachable('the credit department of this test is down');
    return Promise.resolve({
      bars: told.bars,
      pledgeState: told.pledges[[pledge, department, uscc].join('/')] ?? null,
    });
  },
});

/** The department over a small demo city in a database of its own. */
export interface EnterprisesUnderTest extends DepartmentUnderTest {
  readonly city: DemoCity;
  readonly database: TestDatabase;
  readonly department: OpenDepartment;
  readonly credit: ToldCredit;
  readonly gate: CreditGate;
  close(): Promise<void>;
}

/** The same over a database that holds nothing, as a city begins. */
export async function emptyEnterprises(file: string, time: Clock = clock): Promise<Omit<EnterprisesUnderTest, 'city'>> {
  const database = await testDatabase(file);
  const credit: ToldCredit = { bars: [], pledges: {}, isDown: false, asked: 0 };
  const gate = gateOver(credit);
  const department = await openDepartment({
    connection: database.connection,
    logger: createLogger({ name: 'test', level: 'silent' }),
    clock: time,
    credit: gate,
  });
  const graph = await departmentUnderTest({
    typeDefs,
    resolvers,
    context: contextFactory({
      ...department,
      corrections: correctionsOf('enterprises', {
        ...{ connection: database.connection, outbox: department.outbox, clock: time },
        targets: department.connectorTargets,
      }),
      clock: time,
      financialDepartments: new Set(['RMYH']),
    }),
  });
  return {
    ...graph,
    database,
    department,
    credit,
    gate,
    close: async () => database.close(),
  };
}

export async function enterprisesUnderTest(
  file: string,
  size = 400,
  time: Clock = clock,
): Promise<EnterprisesUnderTest> {
  const under = await emptyEnterprises(file, time);
  const city = demoCity({ referenceDate: '2026-11-20', enterprises: size });
  await loadDemoCity({ city, stores: under.department.stores, advance: () => undefined });
  return { ...under, city };
}
