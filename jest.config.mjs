import { libraryBundles } from './tests/library-bundles.mjs';

/**
 * Tests run the TypeScript sources: swc strips the types, the `source` export condition resolves our own workspaces.
 */
export default async () => ({
  testEnvironment: '<rootDir>/tests/libraries-once.mjs',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/tests/**/*.test.ts', '<rootDir>/subgraphs/*/tests/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { ...(await libraryBundles()), '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  // The mutation check's copies of the sources would be found a second time.
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.stryker-tmp/'],
  testSequencer: '<rootDir>/tests/longest-first.mjs',
  globalSetup: '<rootDir>/tests/global-setup.mjs',
  globalTeardown: '<rootDir>/tests/global-teardown.mjs',
  // Nothing waits for so long on two quiet cores; beside other runs a start of five processes takes minutes.
  testTimeout: 300_000,
  // One more than the cores of a small machine: a worker waits for the database, or for processes that end and start.
  maxWorkers: 3,
  // Node keeps the modules of files that have been run. A worker that has gathered so much is replaced: its end would
  // take too long.
  workerIdleMemoryLimit: '900MB',
  // A worker that is done ends itself (`libraries-once.mjs`); a busy machine may be long in getting round to it.
  workerGracefulExitTimeout: 60_000,
});
