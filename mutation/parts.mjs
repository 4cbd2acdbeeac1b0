/**
 * What the mutation check breaks, and which tests must notice. Only tests without a database count: they run in
 * milliseconds, so that thousands of mutants can be tried. `domain` marks the parts whose common score has a floor.
 */
const department = (name) => ({
  domain: true,
  mutate: [`subgraphs/${name}/src/domain/**/*.ts`],
  tests: [`tests/${name}/domain`],
});

export const PARTS = {
  enterprises: department('enterprises'),
  cases: department('cases'),
  policies: department('policies'),
  credit: department('credit'),
  kit: {
    domain: false,
    mutate: [
      'kit/src/access.ts',
      'kit/src/connection/*.ts',
      'kit/src/mongo/keyset.ts',
      'kit/src/outbox/{event-filter,retry-delay,webhook-signature,webhook-url}.ts',
      'kit/src/scalars.ts',
    ],
    tests: ['tests/kit/scalars.test.ts', 'tests/kit/identity/assertion.test.ts'],
  },
  gateway: {
    domain: false,
    mutate: ['gateway/src/access/access-table.ts', 'gateway/src/access/prune-operation.ts'],
    tests: ['tests/gateway/access.test.ts', 'tests/gateway/access-rules.test.ts'],
  },
};
