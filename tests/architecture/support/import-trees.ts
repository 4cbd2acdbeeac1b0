/** Files by their paths, with what each holds. */
export type Tree = Record<string, string>;

const file = 'export const x = 1;';

/** A project that keeps every import rule. */
export const KEEPING: Tree = {
  'subgraphs/cases/src/domain/clock.ts': file,
  'values/src/index.ts': "export { x as y } from './text.js';",
  'values/src/text.ts': file,
  'subgraphs/cases/src/domain/deadline.ts':
    "export { x } from './clock.js';\nexport { y } from '../../../../values/src/index.js';",
  'subgraphs/cases/src/models/case.ts': "import 'mongoose';\nexport { x } from '../domain/deadline.js';",
  'subgraphs/cases/src/resolvers/case.ts':
    "export { x } from '../domain/deadline.js';\nexport type { x as y } from '../models/case.js';",
  'subgraphs/cases/src/list-orders.ts': file,
  'subgraphs/cases/src/models/listed.ts': "export { x } from '../list-orders.js';",
  'subgraphs/cases/src/stores.ts': "export { x } from './models/listed.js';",
  'subgraphs/cases/src/graph/register.ts': "export { x } from '../domain/clock.js';",
  'subgraphs/cases/src/memory/shelf.ts': "export { x } from '../models/listed.js';",
  'subgraphs/cases/src/usecases/commands.ts':
    "export { x } from '../stores.js';\nexport { x as y } from '../graph/register.js';\nexport { x as z } from '../memory/shelf.js';",
  'subgraphs/cases/src/context.ts': "export { x } from './usecases/commands.js';",
  'subgraphs/cases/src/records.ts': "export type { x } from './models/listed.js';",
  'subgraphs/cases/src/generated/resolvers-types.ts':
    "export type { x } from '../records.js';\nexport type { x as y } from '../context.js';",
  'subgraphs/cases/src/resolvers/index.ts':
    "export type { x } from '../generated/resolvers-types.js';\nexport type { x as y } from '../context.js';",
  'subgraphs/cases/src/server.ts':
    "export { x } from './context.js';\nexport type { x as y } from './resolvers/index.js';",
  'subgraphs/cases/src/main.ts': "export { x } from './server.js';",
  'subgraphs/cases/src/demo/demo-load.ts': "export { x } from '../stores.js';",
  'subgraphs/cases/src/cli.ts': "export { x } from './demo/demo-load.js';",
  'kit/src/index.ts': file,
  'connect/src/index.ts': "export { x } from '../../kit/src/index.js';\nexport { y } from '../../values/src/index.js';",
  'gateway/src/index.ts': "export { x } from '../../kit/src/index.js';",
  'launcher/src/main.ts': "export { x } from '../../gateway/src/index.js';",
  'registry/src/service.ts': "export { x } from '../../gateway/src/supergraph/index.js';",
  'gateway/src/supergraph/index.ts': file,
};

/** The rule, what breaks it, and a tree that does. */
export const BREAKING: readonly (readonly [rule: string, what: string, tree: Tree])[] = [
  [
    'a-subgraph-never-imports-another',
    'a subgraph that imports another',
    {
      'subgraphs/credit/src/domain/a.ts': file,
      'subgraphs/cases/src/models/b.ts': "export { x } from '../../../credit/src/domain/a.js';",
    },
  ],
  [
    'a-subgraph-never-imports-another',
    'a subgraph that imports only a type of another',
    {
      'subgraphs/credit/src/domain/a.ts': 'export type X = 1;',
      'subgraphs/cases/src/models/b.ts': "export type { X } from '../../../credit/src/domain/a.js';",
    },
  ],
  [
    'domain-imports-only-domain',
    'a domain rule that imports mongoose',
    { 'subgraphs/cases/src/domain/a.ts': "import 'mongoose';" },
  ],
  [
    'domain-imports-only-domain',
    'a domain rule that imports the kit',
    {
      'kit/src/index.ts': file,
      'subgraphs/cases/src/domain/a.ts': "export { x } from '../../../../kit/src/index.js';",
    },
  ],
  [
    'domain-imports-only-domain',
    'a domain rule that imports a model',
    {
      'subgraphs/cases/src/models/m.ts': file,
      'subgraphs/cases/src/domain/a.ts': "export { x } from '../models/m.js';",
    },
  ],
  ['values-import-only-values', 'a value that imports a library', { 'values/src/a.ts': "import 'graphql';" }],
  [
    'values-import-only-values',
    'a value that imports the kit',
    { 'kit/src/index.ts': file, 'values/src/a.ts': "export { x } from '../../kit/src/index.js';" },
  ],
  [
    'no-circular',
    'a circle',
    {
      'gateway/src/a.ts': "import './b.js';\nexport const a = 1;",
      'gateway/src/b.ts': "import './a.js';\nexport const b = 1;",
    },
  ],
  [
    'no-circular',
    'a circle of types alone',
    {
      'kit/src/a.ts': "import type { B } from './b.js';\nexport type A = B;",
      'kit/src/b.ts': "import type { A } from './a.js';\nexport type B = A;",
    },
  ],
  [
    'no-circular',
    'a circle through generated types',
    {
      'subgraphs/cases/src/generated/resolvers-types.ts': "export type { X } from '../resolvers/r.js';",
      'subgraphs/cases/src/resolvers/r.ts':
        "export type { X as Y } from '../generated/resolvers-types.js';\nexport type X = 1;",
    },
  ],
  [
    'models-know-no-graphql',
    'a model that imports GraphQL',
    { 'subgraphs/cases/src/models/a.ts': "import 'graphql';" },
  ],
  [
    'models-know-no-graphql',
    'a model that imports a resolver',
    {
      'subgraphs/cases/src/resolvers/r.ts': file,
      'subgraphs/cases/src/models/a.ts': "export { x } from '../resolvers/r.js';",
    },
  ],
  [
    'models-know-no-graphql',
    'a model that imports generated types',
    {
      'subgraphs/cases/src/generated/resolvers-types.ts': 'export type X = 1;',
      'subgraphs/cases/src/models/a.ts': "export type { X } from '../generated/resolvers-types.js';",
    },
  ],
  [
    'models-stand-alone',
    'a model that imports a use case',
    {
      'subgraphs/cases/src/usecases/u.ts': file,
      'subgraphs/cases/src/models/a.ts': "export { x } from '../usecases/u.js';",
    },
  ],
  [
    'models-stand-alone',
    'a model of a room that imports what the stores are put together in',
    {
      'subgraphs/cases/src/stores.ts': file,
      'subgraphs/cases/src/models/audit/a.ts': "export { x } from '../../stores.js';",
    },
  ],
  [
    'usecases-know-no-graphql',
    'a use case that imports a resolver',
    {
      'subgraphs/cases/src/resolvers/r.ts': file,
      'subgraphs/cases/src/usecases/a.ts': "export { x } from '../resolvers/r.js';",
    },
  ],
  [
    'usecases-know-no-graphql',
    'a use case that imports GraphQL',
    { 'subgraphs/cases/src/usecases/a.ts': "import 'graphql';" },
  ],
  [
    'usecases-know-no-graphql',
    'a use case that imports what a request carries',
    {
      'subgraphs/cases/src/context.ts': file,
      'subgraphs/cases/src/usecases/facts/a.ts': "export { x } from '../../context.js';",
    },
  ],
  [
    'graph-asks-and-keeps-nothing',
    'asking the graph with a database at hand',
    { 'subgraphs/cases/src/graph/a.ts': "import 'mongoose';" },
  ],
  [
    'graph-asks-and-keeps-nothing',
    'asking the graph that imports a model',
    {
      'subgraphs/cases/src/models/m.ts': file,
      'subgraphs/cases/src/graph/a.ts': "export { x } from '../models/m.js';",
    },
  ],
  [
    'memory-holds-what-is-stored',
    'something held in memory that imports a use case',
    {
      'subgraphs/cases/src/usecases/u.ts': file,
      'subgraphs/cases/src/memory/a.ts': "export { x } from '../usecases/u.js';",
    },
  ],
  [
    'memory-holds-what-is-stored',
    'something held in memory that imports GraphQL',
    { 'subgraphs/cases/src/memory/a.ts': "import 'graphql';" },
  ],
  [
    'resolvers-know-no-wiring',
    'a resolver that reads the configuration',
    {
      'subgraphs/cases/src/config.ts': file,
      'subgraphs/cases/src/resolvers/a.ts': "export { x } from '../config.js';",
    },
  ],
  [
    'resolvers-know-no-wiring',
    'a mutation that opens the department',
    {
      'subgraphs/cases/src/service.ts': file,
      'subgraphs/cases/src/resolvers/mutations/a.ts': "export { x } from '../../service.js';",
    },
  ],
  [
    'entry-points-are-not-imported',
    'a module that imports the server',
    { 'subgraphs/cases/src/server.ts': file, 'subgraphs/cases/src/context.ts': "export { x } from './server.js';" },
  ],
  [
    'entry-points-are-not-imported',
    'a use case that imports the command line',
    { 'subgraphs/cases/src/cli.ts': file, 'subgraphs/cases/src/usecases/a.ts': "export { x } from '../cli.js';" },
  ],
  [
    'only-the-command-line-loads-the-demo',
    'a server that loads the demo',
    {
      'subgraphs/cases/src/demo/demo-load.ts': file,
      'subgraphs/cases/src/server.ts': "export { x } from './demo/demo-load.js';",
    },
  ],
  [
    'resolvers-reach-stores-through-context',
    'a resolver that imports a model',
    {
      'subgraphs/cases/src/models/m.ts': file,
      'subgraphs/cases/src/resolvers/a.ts': "export { x } from '../models/m.js';",
    },
  ],
  [
    'kit-knows-no-department',
    'a kit that imports a department',
    {
      'subgraphs/cases/src/domain/a.ts': file,
      'kit/src/b.ts': "export { x } from '../../subgraphs/cases/src/domain/a.js';",
    },
  ],
  [
    'connect-knows-no-department',
    'a connector engine that imports a department',
    {
      'subgraphs/cases/src/domain/a.ts': file,
      'connect/src/b.ts': "export { x } from '../../subgraphs/cases/src/domain/a.js';",
    },
  ],
  [
    'nothing-below-imports-connect',
    'a kit that imports the connector engine',
    { 'connect/src/a.ts': file, 'kit/src/b.ts': "export { x } from '../../connect/src/a.js';" },
  ],
  [
    'gateway-imports-no-subgraph',
    'a gateway that imports a department',
    {
      'subgraphs/cases/src/domain/a.ts': file,
      'gateway/src/b.ts': "export { x } from '../../subgraphs/cases/src/domain/a.js';",
    },
  ],
  [
    'registry-uses-the-gateways-exports',
    'a schema registry that reaches into the gateway',
    {
      'gateway/src/server.ts': file,
      'registry/src/b.ts': "export { x } from '../../gateway/src/server.js';",
    },
  ],
  [
    'nothing-imports-the-registry',
    'a gateway that imports the schema registry',
    { 'registry/src/a.ts': file, 'gateway/src/b.ts': "export { x } from '../../registry/src/a.js';" },
  ],
  [
    'nothing-imports-the-launcher',
    'a gateway that imports the launcher',
    { 'launcher/src/a.ts': file, 'gateway/src/b.ts': "export { x } from '../../launcher/src/a.js';" },
  ],
  [
    'nothing-imports-the-launcher',
    'a department that imports the launcher',
    { 'launcher/src/a.ts': file, 'subgraphs/cases/src/b.ts': "export { x } from '../../../launcher/src/a.js';" },
  ],
  [
    'launcher-imports-no-subgraph',
    'a launcher that imports a department',
    {
      'subgraphs/cases/src/domain/a.ts': file,
      'launcher/src/b.ts': "export { x } from '../../subgraphs/cases/src/domain/a.js';",
    },
  ],
  [
    'the-mock-stands-beside-the-hub',
    'a gateway that imports the mock server',
    { 'mock/src/a.ts': file, 'gateway/src/b.ts': "export { x } from '../../mock/src/a.js';" },
  ],
  [
    'the-mock-knows-schemas-alone',
    'a mock server that imports the executor',
    { 'gateway/src/execution/a.ts': file, 'mock/src/b.ts': "export { x } from '../../gateway/src/execution/a.js';" },
  ],
  [
    'launcher-uses-the-gateways-index',
    'a launcher that reaches into the gateway',
    { 'gateway/src/http/a.ts': file, 'launcher/src/b.ts': "export { x } from '../../gateway/src/http/a.js';" },
  ],
  [
    'pages-know-the-graph-alone',
    'a page that imports a value of the server',
    { 'values/src/index.ts': file, 'web/src/pages/b.ts': "export { x } from '../../../values/src/index.js';" },
  ],
  [
    'nothing-imports-the-pages',
    'a gateway that imports a page',
    { 'web/src/values/money.ts': file, 'gateway/src/b.ts': "export { x } from '../../web/src/values/money.js';" },
  ],
  [
    'demo-stands-alone',
    'a demo city that imports the kit',
    { 'kit/src/index.ts': file, 'demo/src/b.ts': "export { x } from '../../kit/src/index.js';" },
  ],
  [
    'only-demo-loading-imports-the-demo-city',
    'a resolver that imports the demo city',
    {
      'demo/src/index.ts': file,
      'subgraphs/cases/src/resolvers/b.ts': "export { x } from '../../../../demo/src/index.js';",
    },
  ],
];
