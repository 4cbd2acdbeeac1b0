import { spawnSync } from 'node:child_process';
import path from 'node:path';

const check = (printed: string): { code: number | null; said: string } => {
  const { status, stderr } = spawnSync(process.execPath, [path.resolve('scripts/only-report.mjs')], {
    input: printed,
    encoding: 'utf8',
  });
  return { code: status, said: stderr };
};

const REPORT = `
> zhitong@0.1.0 pretest
> node scripts/build.mjs
npm notice New major version of npm available!

\u001b[32mPASS\u001b[39m tests/hub/one-hub.test.ts (86.1 s)
PASS tests/cases/domain/deadline.test.ts

Test Suites: 1 skipped, 279 passed, 279 of 280 total
Tests:       2 skipped, 5151 passed, 5153 total
Snapshots:   0 total
Time:        812.342 s, estimated 900 s
Ran all test suites.
Test results written to: report.json
`;

describe('what a run of all tests prints', () => {
  it("is Jest's own report", () => {
    expect(check(REPORT)).toEqual({ code: 0, said: '' });
  });

  it.each([
    'A worker process has failed to exit gracefully and has been force exited. This is likely caused by tests leaking due to improper teardown.',
    '(node:4711) MaxListenersExceededWarning: Possible EventEmitter memory leak detected.',
    '{"level":40,"name":"cases","msg":"a log line"}',
    '  console.log',
  ])('is nothing like %s', (line) => {
    expect(check(`${REPORT}${line}\n`)).toEqual({
      code: 1,
      said: `The tests printed more than their report:\n${line}\n`,
    });
  });
});
