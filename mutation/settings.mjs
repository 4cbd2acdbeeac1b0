/** Where the reports go; git does not see it. */
export const REPORTS = 'reports/mutation';

const plugin = (file) => new URL(file, import.meta.url).href;

/** StrykerJS's settings for one part, with its sample when one is asked for. */
export function strykerSettings(name, { mutate, tests }, { sample, seed, concurrency, files }) {
  return {
    mutate: files ?? [...mutate],
    testRunner: 'circus',
    circus: { tests },
    coverageAnalysis: 'perTest',
    plugins: [plugin('./circus-runner.mjs'), plugin('./sample-checker.mjs')],
    checkers: ['sample'],
    sample: { size: sample, seed },
    concurrency,
    timeoutMS: 5_000,
    timeoutFactor: 3,
    ignorePatterns: ['bench', '.data', 'coverage', 'reports', '**/dist'],
    tempDirName: `.stryker-tmp/${name}`,
    cleanTempDir: 'always',
    reporters: ['json', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
    jsonReporter: { fileName: `${REPORTS}/${name}.json` },
    allowConsoleColors: false,
    logLevel: 'warn',
    warnings: { unknownOptions: false },
    allowEmpty: true,
  };
}
