// The goals, each with where its figure lies in the results.

/** @typedef {{ work: string, goal: string, of: string, figure: (result: any) => number | null | undefined, reached: (figure: number) => boolean, unit: string }} Goal */

const atLeast = (limit) => (figure) => figure >= limit;
const atMost = (limit) => (figure) => figure <= limit;
const ratioOfMedians = (one, other) => (one === null || other === null || one === undefined || other === undefined ? null : one.median / other.median);

/** @type {Goal[]} */
export const GOALS = [
  { work: 'flagship', of: 'flagship', goal: 'requests/s at least 0.6 of the floor', figure: (r) => r.vsFloor?.median, reached: atLeast(0.6), unit: '×' },
  { work: 'flagship', of: 'flagship', goal: 'at least 3 times the stock gateway', figure: (r) => r.vsStock?.median, reached: atLeast(3), unit: '×' },
  { work: 'flagship', of: 'flagship', goal: 'at least 2 times Hive Gateway with the Rust planner', figure: (r) => r.vsHiveRust?.median, reached: atLeast(2), unit: '×' },
  { work: 'flagship', of: 'flagship', goal: 'gateway CPU at most 1.0 ms a request', figure: (r) => r.gatewayCpuMs?.median, reached: atMost(1), unit: 'ms' },
  { work: 'list of 50', of: 'list', goal: 'requests/s at least 0.7 of the floor', figure: (r) => r.vsFloor?.median, reached: atLeast(0.7), unit: '×' },
  { work: 'list of 50', of: 'list', goal: 'at least 4 times the stock gateway', figure: (r) => r.vsStock?.median, reached: atLeast(4), unit: '×' },
  { work: 'list of 50', of: 'list', goal: 'at least 1.5 times Hive Gateway with the Rust planner', figure: (r) => r.vsHiveRust?.median, reached: atLeast(1.5), unit: '×' },
  { work: 'list of 50', of: 'list', goal: 'p99 at most 3 times p50', figure: (r) => ratioOfMedians(r.p99, r.p50), reached: atMost(3), unit: '×' },
  { work: 'commands to MongoDB', of: 'flagship', goal: 'flagship at most 5', figure: (r) => r.commands?.perRequest, reached: atMost(5), unit: '' },
  { work: 'commands to MongoDB', of: 'list', goal: 'list of 50 at most 8', figure: (r) => r.commands?.perRequest, reached: atMost(8), unit: '' },
  { work: 'full matching in memory', of: 'matching', goal: 'at least 100 times json-rules-engine', figure: (r) => r.vsJsonRulesEngine.median, reached: atLeast(100), unit: '×' },
  { work: 'full matching in memory', of: 'matching', goal: 'at least 20 times sift', figure: (r) => r.vsSift.median, reached: atLeast(20), unit: '×' },
  { work: 'one changed enterprise', of: 'matching', goal: 'within 5 ms (p99, in memory)', figure: (r) => r.changedEnterpriseMicroseconds.p99 / 1000, reached: atMost(5), unit: 'ms' },
  { work: 'reasons for one pair', of: 'matching', goal: 'within 50 µs (p99)', figure: (r) => r.reasonsMicroseconds.p99, reached: atMost(50), unit: 'µs' },
  { work: 'matching run end to end', of: 'matching', goal: 'whole city within 10 s', figure: (r) => r.run?.fullSeconds, reached: atMost(10), unit: 's' },
  { work: 'matching run end to end', of: 'matching', goal: 'unchanged second run within 3 s', figure: (r) => r.run?.againSeconds, reached: atMost(3), unit: 's' },
  // Of a smaller city nothing is said: that would not be the goal.
  { work: 'matching run end to end', of: 'memory', goal: 'memory flat (within a quarter) from 27,851 to 1,000,000 enterprises', figure: (r) => (r.large.enterprises >= 1_000_000 ? r.growth : null), reached: atMost(1.25), unit: '×' },
  { work: 'preview of a policy', of: 'matching', goal: 'within 300 ms', figure: (r) => r.preview.milliseconds.median, reached: atMost(300), unit: 'ms' },
  { work: 'preview of a policy', of: 'matching', goal: '20 times faster than MongoDB queries', figure: (r) => r.preview.vsQueries.median, reached: atLeast(20), unit: '×' },
  { work: 'audit of the ledger', of: 'audit', goal: 'no slower than 1.3 times one tuned aggregation', figure: (r) => Math.max(r.slowerThanTuned.median, r.slowerThanTunedPast.median), reached: atMost(1.3), unit: '×' },
  { work: 'audit of the ledger', of: 'audit', goal: '10 times faster with checkpoints', figure: (r) => r.checkpoint?.fasterThanWithout.median, reached: atLeast(10), unit: '×' },
  { work: 'start', of: 'start', goal: 'ready within 10 s', figure: (r) => r.secondsToReady.median, reached: atMost(10), unit: 's' },
  { work: 'start', of: 'start', goal: 'memory of all our processes under 1 GB', figure: (r) => r.memoryMiB.median, reached: atMost(1_000_000_000 / 2 ** 20), unit: 'MiB' },
  { work: 'one slow department', of: 'slow', goal: 'other operations keep at least 90 % of their throughput', figure: (r) => r.kept.median, reached: atLeast(0.9), unit: '×' },
];
