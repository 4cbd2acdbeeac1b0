/**
 * What the mutation check breaks, and which tests must notice. Only tests without a database count: they run in
 * milliseconds, so that thousands of mutants can be tried. `domain` marks the parts whose common score has a floor.
 */
const department = (name, ...others) => ({
  domain: true,
  mutate: [`subgraphs/${name}/src/domain/**/*.ts`],
  tests: [`tests/${name}/domain`, ...others],
});

export const PARTS = {
  enterprises: department('enterprises'),
  // What free text is masked by is tried together with the numbers that are taken out of it first.
  cases: department('cases', 'tests/cases/usecases/anonymised.test.ts'),
  policies: department('policies'),
  credit: department('credit'),
  values: {
    domain: true,
    mutate: ['values/src/**/*.ts'],
    // All but the documented examples, which are read from the sources: those that are tried are not the ones that were
    // written.
    tests: ['dated-figures', 'days', 'money', 'published-figures', 'ranges', 'rates', 'uscc'].map(
      (name) => `tests/values/${name}.test.ts`,
    ),
  },
  kit: {
    domain: false,
    // Pure functions that tests without a database hold; `connection/`, `mongo/` and `access.ts` are held by tests with
    // one.
    mutate: [
      'kit/src/personal-data/{thing-by-key,purpose,personal-numbers}.ts',
      'kit/src/identity/stated-purpose.ts',
      'kit/src/scalars.ts',
    ],
    tests: ['tests/kit/scalars.test.ts', 'tests/kit/personal-data'],
  },
  gateway: {
    domain: false,
    mutate: ['gateway/src/access/access-table.ts', 'gateway/src/access/prune-operation.ts'],
    tests: ['tests/gateway/access.test.ts', 'tests/gateway/access-rules.test.ts'],
  },
};
