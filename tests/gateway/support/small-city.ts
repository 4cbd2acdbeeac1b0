import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger, type Role } from '@zhitong/kit';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { composeSupergraph } from '../../../gateway/src/supergraph/compose.js';
import { gatewayConfig } from '../../../gateway/src/config.js';
import { developmentToken } from '../../../launcher/src/development-token.js';
import { ensureKeyFiles, hubKeyFiles } from '../../../gateway/src/identity/gateway-key-files.js';
import { startGateway, type RunningGateway } from '../../../gateway/src/server.js';
import { startDepartment, type FakeDepartment } from './fake-subgraph.js';

export const FIRST = '91110000600037341L';
export const SECOND = '92310000MA1K00002X';

const LINK = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@tag", "@composeDirective"])
    @link(url: "https://zhitong.example/access/v1.0", import: ["@access"])
    @composeDirective(name: "@access")
  directive @access(roles: [Role!]!) on FIELD_DEFINITION
  "A role." enum Role { "An enterprise." ENTERPRISE "An officer." OFFICER "The coordinator." COORDINATOR "An auditor." AUDITOR "An administrator." ADMIN "A machine." SERVICE }
`;

export const REGISTRY_SDL = `${LINK}
  type Query @tag(name: "public") {
    "One enterprise." enterprise("Its code." uscc: ID!): Enterprise
    "All enterprises." enterprises("Page size." first: Int "Cursor." after: String): EnterpriseConnection
    "Something for auditors." ledger: String @access(roles: [AUDITOR])
    "Fails." broken: String
    "What it is asked with, as JSON." echo("A day." day: Date "A moment." at: DateTime "An amount." amount: Decimal "Anything." any: JSON "A size." size: Int! = 20 "A number." number: Int "A key." id: ID "Several." list: [Input!] "A float." float: Float "A kind." kind: Kind "For officials." desk: String @tag(name: "government")): String
    "Breaks its own schema." hollow: Hollow
  }
  type Mutation {
    "Renames an enterprise." rename("Code." uscc: ID! "Name." name: String!): Enterprise @access(roles: [OFFICER, COORDINATOR])
    "Notes that somebody looked." look("Code." uscc: ID!): Enterprise
  }
  "Kinds." enum Kind { "For everybody." OPEN "For officials." SEALED @tag(name: "government") }
  "A day." scalar Date
  "A moment." scalar DateTime
  "An amount." scalar Decimal
  "Any JSON." scalar JSON
  "Something with a day in it." input Input { "A day." day: Date "How often." times: Int! = 1 "More of it." more: [Input!] "For officials." stamp: String @tag(name: "government") }
  "Has something that is never null." type Hollow @tag(name: "public") { "Never null." core: String! }
  "A page." type EnterpriseConnection @tag(name: "public") { "The page." nodes: [Enterprise!]! "How many." totalCount: Int! }
  "A holder of a name." interface Named @tag(name: "public") { "Its name." name: String "Its contact." contact: String @tag(name: "government") }
  "An enterprise." type Enterprise implements Named @key(fields: "uscc") @tag(name: "public") {
    "Code." uscc: ID!
    "Name." name: String
    "The contact." contact: String @access(roles: [OFFICER, AUDITOR])
    "Turnover." turnover: Int @access(roles: [AUDITOR])
    "A name-holder." holder: Named
  }
`;

export const CASES_SDL = `${LINK}
  "An enterprise." type Enterprise @key(fields: "uscc") {
    "Code." uscc: ID!
    "Its cases." cases("Page size." first: Int): CaseConnection @access(roles: [ENTERPRISE, OFFICER, AUDITOR])
    "Open cases." openCount: Int @tag(name: "enterprise")
    "Turnover." turnover: Int @external
    "Cases for each million of turnover, or not known." caseRate: String @requires(fields: "turnover")
  }
  "A page of cases." type CaseConnection { "Cases." nodes: [Case!]! "How many." totalCount: Int! }
  "A case." type Case @key(fields: "caseNumber") { "Number." caseNumber: ID! "Title." title: String "Whose." enterprise: Enterprise }
  type Query { "One case." case("Its number." caseNumber: ID!): Case }
  type Mutation { "Opens a case." openCase("Title." title: String!): Case }
`;

const names = new Map([
  [FIRST, '甲公司'],
  [SECOND, '乙公司'],
]);
const enterprise = (uscc: string): object | null =>
  names.has(uscc)
    ? {
        uscc,
        name: names.get(uscc),
        contact: '某人',
        turnover: 3,
        holder: { __typename: 'Enterprise', uscc, name: names.get(uscc), contact: '某人' },
      }
    : null;

export function registrySchema(): GraphQLSchema {
  return buildSubgraphSchema({
    typeDefs: parse(REGISTRY_SDL),
    resolvers: {
      Query: {
        enterprise: (_root: unknown, { uscc }: { uscc: string }) => enterprise(uscc),
        enterprises: () => ({ totalCount: names.size, nodes: [...names.keys()].map(enterprise) }),
        ledger: () => 'ledger',
        echo: (_root: unknown, given: object) => JSON.stringify(given),
        broken: () => {
          throw new Error('a secret of the registry, call 13800138000');
        },
        hollow: () => ({ core: 'core' }),
      },
      Mutation: {
        rename: (_root: unknown, { uscc }: { uscc: string }) => enterprise(uscc),
        look: (_root: unknown, { uscc }: { uscc: string }) => enterprise(uscc),
      },
      Enterprise: { __resolveReference: ({ uscc }: { uscc: string }) => enterprise(uscc) },
    },
  });
}

export function casesSchema(): GraphQLSchema {
  return buildSubgraphSchema({
    typeDefs: parse(CASES_SDL),
    resolvers: {
      Query: {
        case: (_root: unknown, { caseNumber }: { caseNumber: string }) => ({
          caseNumber,
          title: '诉求',
          enterprise: { uscc: FIRST },
        }),
      },
      Mutation: { openCase: (_root: unknown, { title }: { title: string }) => ({ caseNumber: 'C-9', title }) },
      Enterprise: {
        __resolveReference: (reference: object) => reference,
        cases: () => ({ totalCount: 1, nodes: [{ caseNumber: 'C-1', title: '诉求' }] }),
        openCount: () => 1,
        caseRate: ({ turnover }: { turnover?: number | null }) =>
          turnover === null || turnover === undefined ? 'not known' : `1 of ${turnover}`,
      },
    },
  });
}

export interface SmallCity {
  readonly gateway: RunningGateway;
  readonly registry: FakeDepartment;
  readonly cases: FakeDepartment;
  readonly dataDir: string;
  readonly logged: () => string;
  token(role: Role, claims?: { uscc?: string; department?: string }): Promise<string>;
  ask(body: object, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What a client sees: arbitrary JSON.
  readonly body: {
    data?: Record<string, unknown> | null;
    errors?: {
      message: string;
      path?: (string | number)[];
      locations?: unknown;
      extensions: Record<string, unknown>;
    }[];
    extensions?: Record<string, unknown>;
  };
}

const NO_REGISTRY = 'http://registry.example/graphql';
const NO_CASES = 'http://cases.example/graphql';
let composed: string | undefined;
/** Of one city and the next only the addresses differ. */
const composedOnce = (): string =>
  (composed ??= composeSupergraph([
    { name: 'registry', url: NO_REGISTRY, sdl: REGISTRY_SDL },
    { name: 'cases', url: NO_CASES, sdl: CASES_SDL },
  ]));

/** A gateway over two made-up departments, each a real HTTP server. */
export async function startSmallCity(environment: Record<string, string> = {}): Promise<SmallCity> {
  const [registry, cases] = await Promise.all([startDepartment(registrySchema()), startDepartment(casesSchema())]);
  const supergraphSdl = composedOnce().replace(NO_REGISTRY, registry.url).replace(NO_CASES, cases.url);
  const dataDir = environment['ZHITONG_DATA_DIR'] ?? mkdtempSync(path.join(tmpdir(), 'zhitong-gateway-'));
  const config = gatewayConfig({ PORT: '0', ZHITONG_DATA_DIR: dataDir, ...environment });
  ensureKeyFiles(hubKeyFiles(dataDir));
  const lines: string[] = [];
  const logger = createLogger({
    name: 'gateway',
    level: 'trace',
    destination: { write: (line) => void lines.push(line) },
  });
  const gateway = await startGateway({ config, supergraphSdl, logger });
  return {
    gateway,
    registry,
    cases,
    dataDir,
    logged: () => lines.join(''),
    token: (role, claims = {}) => developmentToken({ role, ...claims, ttlSeconds: 600, dataDir }),
    ask: async (body, headers = {}) => {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
    },
    stop: async () => {
      await gateway.stop();
      await Promise.all([registry.close(), cases.close()]);
    },
  };
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
