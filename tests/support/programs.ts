import path from 'node:path';

/** The copy of the project, with its programs as bundles: as a whole, the root from which a hub is started. */
export const PROGRAMS = process.env['ZHITONG_TEST_PROGRAMS'] ?? '';

/**
 * One of the programs that `tests/programs.mjs` put together, for a process of its own.
 * @param file its built file, or the worker of a test, from the project's root: `subgraphs/credit/dist/cli.js`,
 *   `tests/cases/support/case-worker.mjs`
 */
export const program = (file: string): string => path.join(PROGRAMS, file.replace(/\.mjs$/, '.js'));
