import { createLogger, type Actor, type Clock } from '@zhitong/kit';
import type { Register } from '@zhitong/kit/graph';
import {
  countCommands,
  departmentUnderTest,
  testDatabase,
  type CommandCount,
  type TestAnswer,
} from '@zhitong/kit/testing';
import { readFileSync } from 'node:fs';
import type { Connection } from 'mongoose';

import { contextFactory } from '../../../subgraphs/cases/src/context.js';
import { openDepartment, type OpenDepartment } from '../../../subgraphs/cases/src/service.js';
import type { CaseEvent } from '../../../subgraphs/cases/src/domain/case-event.js';
import type { ChannelDesks } from '../../../subgraphs/cases/src/domain/channel-desks.js';
import { keywordExtractor } from '../../../subgraphs/cases/src/memory/keywords.js';
import { storedCase } from '../../../subgraphs/cases/src/models/stored-case.js';
import { resolvers } from '../../../subgraphs/cases/src/resolvers/index.js';
import { typeDefs } from '../../../subgraphs/cases/src/server.js';
import { publishMonths } from '../../../subgraphs/cases/src/usecases/published-statistics.js';
import { correctionsOf } from '../../support/row-corrections.js';
import { CITY_DEPARTMENTS, registerOver, toldRegistry, type ToldRegistry } from '../../support/told-register.js';
import { USCC } from './a-case.js';

/** The desks of channels as they are shipped. */
const SHIPPED_DESKS = JSON.parse(
  readFileSync(new URL('../../../subgraphs/cases/data/channel-desks.json', import.meta.url), 'utf8'),
) as ChannelDesks;

/** The cases department over a database of its own, at a moment that the test sets. */
export interface CasesUnderTest extends OpenDepartment {
  readonly connection: Connection;
  /** Sets the present: noon in Shanghai on a day. */
  at(day: string): void;
  /** Sets the present to a moment, RFC 3339. */
  atMoment(moment: string): void;
  /**
   * Which departments the registry has from now on (at the beginning those of these tests); null: it cannot be reached.
   */
  register(codes: readonly string[] | null): void;
  /** What the department knows of it. */
  readonly departments: Register;
  readonly registry: ToldRegistry;
  /** The lines of the log. */
  readonly logged: readonly string[];
  /** How often its lists were asked for. */
  readonly registerAsked: () => number;
  /** Puts histories and their views in. */
  given(...histories: readonly CaseEvent[][]): Promise<void>;
  ask<Data = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
    actor?: Actor | null,
  ): Promise<TestAnswer<Data>>;
  /** A round of the job that publishes figures. Answers the months that it decided on. */
  publish(): Promise<string[]>;
  /** Whether that job has been round before anybody asks for public figures, as it has unless a test says otherwise. */
  waitForJob(isAhead: boolean): void;
  counted<Result>(work: () => Promise<Result>): Promise<CommandCount<Result>>;
  /** Takes everything out, and leaves the indexes. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** What the register of these tests calls a department. */
export const nameOf = (code: string): string => `咸宁市${code}`;

/** Departments of these tests: those of the demo city, and a finance office. */
const DEPARTMENTS = [...Object.keys(CITY_DEPARTMENTS), 'JRB'];

export const people = {
  owner: { sub: 'enterprise-1', roles: ['ENTERPRISE'], uscc: USCC },
  stranger: { sub: 'enterprise-2', roles: ['ENTERPRISE'], uscc: '91420000MA4L0LNU0X' },
  coordinator: { sub: 'coordinator-1', roles: ['COORDINATOR'], department: 'YSB' },
  auditor: { sub: 'auditor-1', roles: ['AUDITOR'] },
  admin: { sub: 'admin-1', roles: ['ADMIN'] },
  officer: (department: string): Actor => ({ sub: `officer-${department}`, roles: ['OFFICER'], department }),
} as const satisfies Record<string, Actor | ((department: string) => Actor)>;

/** Opens the department for a test file; `file` is its `import.meta.url`. */
export async function casesUnderTest(file: string, today = '2026-03-16'): Promise<CasesUnderTest> {
  const database = await testDatabase(file);
  let now = new Date(`${today}T04:00:00.000Z`);
  const clock: Clock = { now: () => now };
  const logged: string[] = [];
  const logger = createLogger({ name: 'test', level: 'trace', destination: { write: (line) => logged.push(line) } });
  const department = await openDepartment({
    connection: database.connection,
    logger,
    clock,
    allowedHosts: ['127.0.0.1'],
    telephoneKey: 'a key of these tests, and of nobody else',
    seedKey: 'a key of these tests, and of no department',
  });
  const named = (codes: readonly string[]) => Object.fromEntries(codes.map((code) => [code, nameOf(code)]));
  const registry = toldRegistry({ departments: named(DEPARTMENTS) });
  const register = registerOver(registry, { connection: database.connection, clock, logger });
  const keywords = keywordExtractor();
  const graph = await departmentUnderTest({
    typeDefs,
    resolvers,
    context: contextFactory({
      ...department,
      corrections: correctionsOf('cases', {
        ...{ connection: database.connection, outbox: department.outbox, clock },
        targets: async () => Promise.resolve(department.connectorTargets({ register, keywords })),
      }),
      keywords,
      channelDesks: SHIPPED_DESKS,
      register,
      financialDepartments: new Set(['RMYH']),
      clock,
    }),
  });
  let isJobAhead = true;
  return {
    ...department,
    connection: database.connection,
    at: (day) => void (now = new Date(`${day}T04:00:00.000Z`)),
    atMoment: (moment) => void (now = new Date(moment)),
    register: (codes) => {
      registry.isDown = codes === null;
      if (codes !== null) registry.departments = named(codes);
    },
    departments: register,
    logged,
    registry,
    registerAsked: () => registry.asked.lists,
    given: async (...histories) => {
      await department.stores.events.addMissing(histories.flat());
      await department.stores.cases.putAll(histories.map((history) => storedCase(history, department.calendar)));
    },
    ask: async (query, variables = {}, actor = null) => {
      if (isJobAhead && /caseStatistics|departmentRanking|promiseRecord/.test(query))
        await publishMonths({ ...department, clock });
      return graph.ask(query, { variables, actor });
    },
    publish: async () => (await publishMonths({ ...department, clock })).decided,
    waitForJob: (isAhead) => void (isJobAhead = isAhead),
    counted: async (work) => countCommands(database.connection, work),
    empty: async () => database.empty(),
    close: async () => database.close(),
  };
}
