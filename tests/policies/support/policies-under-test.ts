import { makeUscc } from '../../../demo/src/uscc.js';
import type { Actor, Clock } from '@zhitong/kit';
import { createLogger } from '@zhitong/kit';
import { departmentUnderTest, testDatabase, type DepartmentUnderTest, type TestDatabase } from '@zhitong/kit/testing';
import { contextFactory } from '../../../subgraphs/policies/src/context.js';
import { openDepartment, type OpenDepartment } from '../../../subgraphs/policies/src/service.js';
import type { FactValue } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import type {
  EnterpriseFromGraph,
  FactsSource,
  PastFactsSource,
  VersionsSource,
} from '../../../subgraphs/policies/src/graph/facts-source.js';
import { resolvers } from '../../../subgraphs/policies/src/resolvers/index.js';
import { typeDefs } from '../../../subgraphs/policies/src/server.js';
import { importPolicies } from '../../../subgraphs/policies/src/usecases/import-policies.js';
import { recordOf } from '../../../subgraphs/policies/src/usecases/facts/read-facts.js';
import { correctionsOf } from '../../support/row-corrections.js';
import { registerOver, toldRegistry, type ToldRegistry } from '../../support/told-register.js';

/** Noon of 20 November 2026 in Shanghai. */
export const NOW = new Date('2026-11-20T04:00:00Z');

export const officer: Actor = { sub: 'officer', roles: ['OFFICER'], department: 'RSJ' };
/** An officer of the department that stands in for the banks. */
export const banker: Actor = { sub: 'banker', roles: ['OFFICER'], department: 'RMYH' };
export const auditor: Actor = { sub: 'auditor', roles: ['AUDITOR'] };
export const coordinator: Actor = { sub: 'coordinator', roles: ['COORDINATOR'] };
export const enterprise = (uscc: string): Actor => ({ sub: `contact of ${uscc}`, roles: ['ENTERPRISE'], uscc });

/** An invented but well-formed code of an enterprise. */
export const usccOf = (number: number): string => makeUscc('1', '421200', `MA${String(number).padStart(6, '0')}`);

export interface PoliciesUnderTest extends DepartmentUnderTest {
  readonly registry: ToldRegistry;
  readonly department: OpenDepartment;
  readonly database: TestDatabase;
  /** Publishes policies of the file format, each on top of a plain one. */
  publish(...policies: readonly Record<string, unknown>[]): Promise<void>;
  /** Holds facts of enterprises here, as if they had been read from the graph. */
  know(enterprises: Readonly<Record<string, Readonly<Record<string, FactValue>>>>): Promise<void>;
  /** Empties the database, so that the next test starts afresh; indexes stay. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** A policy of the file format that every enterprise with ten staff or more meets. */
export const plainPolicy = {
  id: 'plain',
  title_zh: '测试政策',
  issuer: '市人社局',
  issuer_code: 'RSJ',
  exempt_from_application: true,
  criteria: [{ fact: 'employees', op: 'gte', value: 10, text_zh: '从业人数不少于10人' }],
  benefit: { kind: 'cash', amount_yuan: 1000, text_zh: '奖励1000元' },
};

/** A graph that tests without applications never ask. */
const notAsked = () => Promise.reject(new Error('not asked'));
const silentGraph: FactsSource & VersionsSource & PastFactsSource = {
  page: notAsked,
  enterprise: notAsked,
  versions: notAsked,
  sheets: notAsked,
  enterprisesOn: notAsked,
};

/**
 * Opens the department over a database of the test file's own, at a fixed time.
 * @param follow whether it follows what is written, as a process that serves does
 */
export async function policiesUnderTest(
  file: string,
  clock: Clock = { now: () => NOW },
  source: Partial<FactsSource & VersionsSource & PastFactsSource> = {},
  { follow = false }: { readonly follow?: boolean } = {},
): Promise<PoliciesUnderTest> {
  const database = await testDatabase(file);
  const department = await openDepartment({
    connection: database.connection,
    logger: createLogger({ name: 'test', level: 'silent' }),
    clock,
    follow,
  });
  const registry = toldRegistry();
  const register = registerOver(registry, { connection: database.connection, clock });
  const graph = await departmentUnderTest({
    typeDefs,
    resolvers,
    context: contextFactory(
      department,
      { ...silentGraph, ...source },
      {
        financialDepartments: new Set(['RMYH']),
        register,
        corrections: correctionsOf('policies', {
          ...{ connection: database.connection, outbox: department.outbox, clock },
          targets: async () => department.connectorTargets(register),
        }),
      },
    ),
  });
  return {
    ...graph,
    registry,
    department,
    database,
    publish: async (...policies) => {
      const { refused } = await importPolicies(
        policies.map((policy) => ({ ...plainPolicy, ...policy })),
        { ...department, by: 'test' },
      );
      if (refused.length > 0) throw new Error(JSON.stringify(refused));
      await department.shelf.refresh();
    },
    know: async (enterprises) =>
      department.stores.facts.putAll(
        Object.entries(enterprises).map(([uscc, values]) =>
          recordOf(fromGraph(uscc, values), { readingId: 'test', readAt: NOW, before: undefined }),
        ),
      ),
    reset: async () => {
      await database.empty();
      await department.shelf.refresh();
    },
    close: async () => {
      await department.benefitsInMemory.close();
      await department.city.close();
      await department.shelf.close();
      await database.close();
    },
  };
}

/** An enterprise as the graph would tell of it. */
export function fromGraph(uscc: string, values: Readonly<Record<string, FactValue>>): EnterpriseFromGraph {
  return {
    uscc,
    name: `企业${uscc.slice(12, 16)}`,
    industry: { code: 'C1330', name: '植物油加工' },
    region: { code: '421202', name: '咸安区' },
    facts: { values, dates: {} },
    creditKnown: true,
  };
}
