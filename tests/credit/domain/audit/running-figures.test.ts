import { auditFigures } from '../../../../subgraphs/credit/src/domain/audit/audit-figures.js';
import { runningSteps, stepsBetween } from '../../../../subgraphs/credit/src/domain/audit/running-figures.js';
import { aLedger, fulfil, someTerms } from '../../support/builders.js';

const terms = someTerms({
  amount: 100_000,
  promisor: 'ZSJ',
  instalments: [
    { no: 1, dueOn: '2024-06-30', amount: 60_000 },
    { no: 2, dueOn: '2024-12-31', amount: 40_000 },
  ],
});
const figured = (entries: ReturnType<typeof aLedger>) =>
  entries.map((entry) => ({
    effectiveOn: entry.effectiveOn,
    figures: auditFigures(entry, (seq) => entries.find((each) => each.seq === seq)),
  }));
const ofDepartment = (steps: ReturnType<typeof runningSteps>) =>
  steps
    .filter(({ groupBy }) => groupBy === 'DEPARTMENT')
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ key, day, ...sums }) => [
      key,
      day,
      Object.fromEntries(Object.entries(sums).filter(([, sum]) => typeof sum === 'bigint' && sum !== 0n)),
    ]);

it('a promise adds to its groups from its day on, and what is due becomes overdue the day after', () => {
  const promised = figured(aLedger([], terms));
  const [first] = promised;
  expect(ofDepartment(runningSteps(promised))).toEqual([
    ['ZSJ', first?.effectiveOn, { promisedCount: 1n, count: 1n, promised: 100_000n, outstanding: 100_000n }],
    ['ZSJ', '2024-07-01', { overdueCount: 1n, overdue: 60_000n }],
    ['ZSJ', '2025-01-01', { overdue: 40_000n }],
  ]);
  // Paid late, in August: 50,000 of the 60,000 that were due.
  const paid = figured(aLedger([['2024-09-01', fulfil(50_000, '2024-08-01', '回单-1')]], terms));
  expect(ofDepartment(stepsBetween(promised, paid))).toEqual([
    ['ZSJ', '2024-08-01', { fulfilled: 50_000n, outstanding: -50_000n, overdue: -50_000n }],
  ]);
  expect(stepsBetween(paid, paid)).toEqual([]);
});
