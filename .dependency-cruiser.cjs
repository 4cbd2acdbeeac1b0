/** The arrows of the architecture, executable. tests/architecture breaks each rule once and sees it fail. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'a-subgraph-never-imports-another',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/' },
      to: { path: '(^|/)subgraphs/([^/]+)/', pathNot: '(^|/)subgraphs/$2/' },
    },
    {
      name: 'domain-imports-only-domain',
      comment: 'Domain rules are pure: no GraphQL, no Mongoose, no kit, no clock. Small pure libraries are listed here one by one; values/ is our own.',
      severity: 'error',
      from: { path: '(^|/)subgraphs/([^/]+)/src/domain/' },
      to: { pathNot: ['(^|/)subgraphs/$2/src/domain/', '(^|/)values/(src|dist)/', '^(node:)?crypto$', '(^|/)node_modules/(pinyin-pro|chinese-days|decimal\\.js|fast-json-stable-stringify)/'] },
    },
    { name: 'values-import-only-values', comment: 'What every domain may import depends on nothing.', severity: 'error', from: { path: '(^|/)values/src/' }, to: { pathNot: '(^|/)values/src/' } },
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
    { name: 'kit-knows-no-department', severity: 'error', from: { path: '(^|/)kit/src/' }, to: { path: '(^|/)(subgraphs|gateway|launcher|demo)/' } },
    { name: 'gateway-imports-no-subgraph', severity: 'error', from: { path: '(^|/)gateway/' }, to: { path: '(^|/)(subgraphs|demo)/' } },
    {
      name: 'nothing-imports-the-launcher',
      comment: 'The launcher starts the gateway and the departments; none of them needs it.',
      severity: 'error',
      from: { path: '(^|/)(gateway|subgraphs/[^/]+|demo|values)/' },
      to: { path: '(^|/)launcher/(src|dist)/' },
    },
    {
      name: 'launcher-imports-no-subgraph',
      comment: 'It starts departments as processes and knows of each what its folder says.',
      severity: 'error',
      from: { path: '(^|/)launcher/' },
      to: { path: '(^|/)(subgraphs|demo)/' },
    },
    {
      name: 'launcher-uses-the-gateways-index',
      severity: 'error',
      from: { path: '(^|/)launcher/src/' },
      to: { path: '(^|/)gateway/(src|dist)/', pathNot: '(^|/)gateway/(src|dist)/index\\.(ts|js)$' },
    },
    { name: 'demo-stands-alone', severity: 'error', from: { path: '(^|/)demo/src/' }, to: { path: '(^|/)(subgraphs|gateway|kit)/src/' } },
    {
      name: 'only-demo-loading-imports-the-demo-city',
      severity: 'error',
      from: { path: '(^|/)subgraphs/[^/]+/src/', pathNot: '/src/(demo|cli)(/|\\.ts)' },
      to: { path: '(^|/)demo/src/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'types'], extensions: ['.ts', '.js', '.json'] },
  },
};
