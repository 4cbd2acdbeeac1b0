/** The arrows of the architecture, executable. tests/architecture breaks each rule once and sees it fail. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Of types either: who reads one file must not have to read it first.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'a-subgraph-never-imports-another',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/' },
      to: { path: '(^|/)subgraphs/([^/]+)/', pathNot: '(^|/)subgraphs/$2/' },
    },
    {
      name: 'domain-imports-only-domain',
      comment:
        'Domain rules are pure: no GraphQL, no Mongoose, no kit, no clock. Small pure libraries are listed here one by one; values/ is our own.',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/src/domain/' },
      to: {
        pathNot: [
          '(^|/)subgraphs/$2/src/domain/',
          '(^|/)values/(src|dist)/',
          '^(node:)?crypto$',
          '(^|/)node_modules/(pinyin-pro|chinese-days|decimal\\.js|fast-json-stable-stringify)/',
        ],
      },
    },
    {
      name: 'values-import-only-values',
      comment: 'What every domain may import depends on nothing.',
      severity: 'error',
      from: { path: '(^|/)values/src/' },
      to: { pathNot: '(^|/)values/src/' },
    },
    {
      name: 'models-know-no-graphql',
      severity: 'error',
      from: { path: '(^|/)subgraphs/[^/]+/src/models/' },
      to: { path: ['(^|/)src/generated/', '(^|/)src/resolvers/', '(^|/)node_modules/(graphql|@apollo)/'] },
    },
    {
      name: 'resolvers-reach-stores-through-context',
      severity: 'error',
      from: { path: '(^|/)subgraphs/[^/]+/src/resolvers/' },
      to: { path: ['(^|/)src/models/', '(^|/)node_modules/(mongoose|mongodb)/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'models-stand-alone',
      comment: 'Storage knows rules and the orders of lists; nothing that uses it.',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/src/models/' },
      to: {
        path: '(^|/)subgraphs/$2/src/',
        pathNot: '(^|/)subgraphs/$2/src/((models|domain|resolvers|generated)/|list-orders\\.ts$)',
      },
    },
    {
      name: 'usecases-know-no-graphql',
      comment: 'A use case runs as well for a command line, a job or an event.',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/src/usecases/' },
      to: {
        path: [
          '(^|/)subgraphs/$2/src/(resolvers|generated|demo)/',
          '(^|/)subgraphs/$2/src/[^/]+\\.ts$',
          '(^|/)node_modules/(graphql|@apollo)/',
        ],
        pathNot: '(^|/)src/stores\\.ts$',
      },
    },
    {
      name: 'graph-asks-and-keeps-nothing',
      comment: 'Asking the graph gives values of the domain; who stores them is a use case.',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/src/graph/' },
      to: {
        path: ['(^|/)subgraphs/$2/src/', '(^|/)node_modules/(mongoose|mongodb)/'],
        pathNot: '(^|/)subgraphs/$2/src/(graph|domain)/',
      },
    },
    {
      name: 'memory-holds-what-is-stored',
      comment: 'What is held in memory is read from the stores and decided by the domain.',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/src/memory/' },
      to: {
        path: ['(^|/)subgraphs/$2/src/', '(^|/)node_modules/(graphql|@apollo)/'],
        pathNot: '(^|/)subgraphs/$2/src/(memory|domain|models)/',
      },
    },
    {
      name: 'resolvers-know-no-wiring',
      comment:
        'Of the root a resolver knows what a request carries, rows and orders of lists; types of the stores it reaches there.',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/src/resolvers/' },
      to: {
        path: ['(^|/)subgraphs/$2/src/demo/', '(^|/)subgraphs/$2/src/[^/]+\\.ts$'],
        pathNot: '(^|/)src/(context|loaders|records|list-orders|stores)\\.ts$',
      },
    },
    {
      name: 'entry-points-are-not-imported',
      comment: 'main.ts starts server.ts; nothing else imports what starts a process.',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/src/', pathNot: '(^|/)src/main\\.ts$' },
      to: { path: '(^|/)subgraphs/$2/src/(main|server|cli)\\.ts$' },
    },
    {
      name: 'only-the-command-line-loads-the-demo',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/src/', pathNot: '(^|/)src/(demo/|cli\\.ts$)' },
      to: { path: '(^|/)subgraphs/$2/src/demo/' },
    },
    {
      name: 'kit-knows-no-department',
      severity: 'error',
      from: { path: '(^|/)kit/src/' },
      to: { path: '(^|/)((subgraphs|gateway|launcher)/|demo/(src|dist)/)' },
    },
    {
      name: 'connect-knows-no-department',
      comment: 'The connector engine gets targets handed: of our own it imports values and the kit.',
      severity: 'error',
      from: { path: '(^|/)connect/src/' },
      to: { path: '(^|/)((subgraphs|gateway|launcher)/|demo/(src|dist)/)' },
    },
    {
      name: 'nothing-below-imports-connect',
      comment: 'Departments use the engine; what the engine stands on does not know it.',
      severity: 'error',
      from: { path: '(^|/)((kit|values|demo|gateway)/src)/' },
      to: { path: '(^|/)connect/(src|dist)/' },
    },
    {
      name: 'gateway-imports-no-subgraph',
      severity: 'error',
      from: { path: '(^|/)gateway/' },
      to: { path: '(^|/)(subgraphs/|demo/(src|dist)/)' },
    },
    {
      name: 'registry-uses-the-gateways-exports',
      comment: 'It composes and reads rights as the gateway does, through what the gateway names for it.',
      severity: 'error',
      from: { path: '(^|/)registry/src/' },
      to: {
        path: '(^|/)((subgraphs|launcher)/|demo/(src|dist)/|gateway/(src|dist)/)',
        pathNot:
          '(^|/)gateway/(src|dist)/(supergraph/index|identity/index|operations/index|live/feed-contract|http/graph-beside)\\.(ts|js)$',
      },
    },
    {
      name: 'nothing-imports-the-registry',
      comment: 'Gateways and departments know of it what stands in its database.',
      severity: 'error',
      from: { path: '(^|/)((values|kit|connect|demo|gateway|launcher|web)/src|subgraphs)/' },
      to: { path: '(^|/)registry/(src|dist)/' },
    },
    {
      name: 'nothing-imports-the-launcher',
      comment: 'The launcher starts the gateway and the departments; none of them needs it.',
      severity: 'error',
      from: { path: '(^|/)((gateway|subgraphs/[^/]+|values)/|demo/(src|dist)/)' },
      to: { path: '(^|/)launcher/(src|dist)/' },
    },
    {
      name: 'launcher-imports-no-subgraph',
      comment: 'It starts departments as processes and knows of each what its folder says.',
      severity: 'error',
      from: { path: '(^|/)launcher/' },
      to: { path: '(^|/)(subgraphs/|demo/(src|dist)/)' },
    },
    {
      name: 'launcher-uses-the-gateways-index',
      severity: 'error',
      from: { path: '(^|/)launcher/src/' },
      to: { path: '(^|/)gateway/(src|dist)/', pathNot: '(^|/)gateway/(src|dist)/index\\.(ts|js)$' },
    },
    {
      name: 'the-mock-stands-beside-the-hub',
      comment: 'It answers a schema; nothing that serves a city imports it.',
      severity: 'error',
      from: { path: '(^|/)((values|kit|connect|demo|gateway|launcher)/src|subgraphs)/' },
      to: { path: '(^|/)mock/' },
    },
    {
      name: 'the-mock-knows-schemas-alone',
      comment: 'Of the gateway it uses what makes schemas, of the departments nothing.',
      severity: 'error',
      from: { path: '(^|/)mock/src/' },
      to: {
        path: '(^|/)(subgraphs/|launcher/|gateway/(src|dist)/)',
        pathNot: '(^|/)gateway/(src|dist)/schema\\.(ts|js)$',
      },
    },
    {
      name: 'pages-know-the-graph-alone',
      comment: 'What the pages know they ask the graph for; no rule and no value of the server is built into them.',
      severity: 'error',
      from: { path: '(^|/)web/src/' },
      to: { path: '(^|/)((values|kit|connect|demo|gateway|launcher)/(src|dist)|subgraphs)/' },
    },
    {
      name: 'nothing-imports-the-pages',
      severity: 'error',
      from: { path: '(^|/)((values|kit|connect|demo|gateway|launcher)/src|subgraphs)/' },
      to: { path: '(^|/)web/' },
    },
    {
      name: 'demo-stands-alone',
      severity: 'error',
      from: { path: '(^|/)demo/src/' },
      to: { path: '(^|/)(subgraphs|gateway|kit)/src/' },
    },
    {
      name: 'only-demo-loading-imports-the-demo-city',
      severity: 'error',
      from: { path: '(^|/)subgraphs/[^/]+/src/', pathNot: '/src/(demo|cli)(/|\\.ts)' },
      to: { path: '(^|/)demo/src/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
