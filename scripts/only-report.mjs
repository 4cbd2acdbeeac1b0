// Reads from standard input what a run of all tests printed, and lets through nothing but Jest's own report: what else
// was printed (a warning, a log line, a worker that had to be ended) is named, with exit code 1. `npm test 2>&1 | node
// scripts/only-report.mjs`
import { text } from 'node:stream/consumers';

const COLOURS = /\u001b\[[\d;]*m/g;
/** Lines of npm, and those with which Jest tells of files that passed and of the sum. */
const OF_THE_REPORT = [
  /^> /,
  /^npm (notice|warn)\b/,
  /^PASS \S+( \([\d.]+ m?s\))?$/,
  /^(Test Suites|Tests|Snapshots): +[\d, a-z]+$/,
  /^Time: +[\d., a-z]+$/,
  /^Ran all test suites\b.*\.$/,
  /^Test results written to: \S+$/,
];

const printed = (await text(process.stdin))
  .replace(COLOURS, '')
  .split('\n')
  .map((line) => line.trimEnd());
const others = printed.filter((line) => line !== '' && !OF_THE_REPORT.some((pattern) => pattern.test(line)));
if (others.length > 0) {
  process.stderr.write(`The tests printed more than their report:\n${others.join('\n')}\n`);
  process.exitCode = 1;
}
