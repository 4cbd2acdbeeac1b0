import { demoCity, type DemoCity } from '@zhitong/demo';
import { createLogger, type Actor, type Clock } from '@zhitong/kit';
import { departmentUnderTest, testDatabase, type DepartmentUnderTest, type TestDatabase } from '@zhitong/kit/testing';
import { contextFactory } from '../../../subgraphs/enterprises/src/context.js';
import { loadDemoCity } from '../../../subgraphs/enterprises/src/demo/load-demo-city.js';
import { openDepartment, type OpenDepartment } from '../../../subgraphs/enterprises/src/service.js';
import { resolvers } from '../../../subgraphs/enterprises/src/resolvers/index.js';
import { typeDefs } from '../../../subgraphs/enterprises/src/server.js';

export const NOW = '2026-11-20T02:00:00Z';
export const clock: Clock = { now: () => new Date(NOW) };

export const officer: Actor = { sub: 'officer-1', roles: ['OFFICER'], department: 'TJJ' };
export const coordinator: Actor = { sub: 'coordinator-1', roles: ['COORDINATOR'] };
export const auditor: Actor = { sub: 'auditor-1', roles: ['AUDITOR'] };
export const enterprise = (uscc: string): Actor => ({ sub: `contact-of-${uscc}`, roles: ['ENTERPRISE'], uscc });

/** The department over a small demo city in a database of its own. */
export interface EnterprisesUnderTest extends DepartmentUnderTest {
  readonly city: DemoCity;
  readonly database: TestDatabase;
  readonly department: OpenDepartment;
  close(): Promise<void>;
}

export async function enterprisesUnderTest(
  file: string,
  size = 400,
  time: Clock = clock,
): Promise<EnterprisesUnderTest> {
  const database = await testDatabase(file);
  const department = await openDepartment({
    connection: database.connection,
    logger: createLogger({ name: 'test', level: 'silent' }),
    clock: time,
  });
  const city = demoCity({ referenceDate: '2026-11-20', enterprises: size });
  await loadDemoCity({ city, stores: department.stores, advance: () => undefined });
  const graph = await departmentUnderTest({
    typeDefs,
    resolvers,
    context: contextFactory({ ...department, clock: time, financialDepartments: new Set(['RMYH']) }),
  });
  return {
    ...graph,
    city,
    database,
    department,
    close: async () => {
      await graph.stop();
      await database.close();
    },
  };
}
