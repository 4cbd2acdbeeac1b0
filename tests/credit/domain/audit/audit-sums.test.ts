import {
  addSums,
  NO_SUMS,
  oldestDueDay,
  sumsFrom,
  type KeptFigures,
} from '../../../../subgraphs/credit/src/domain/audit/audit-sums.js';

/**
 * A group of two promises at the end of March 2024: 50 fen due a year before and more, 30 due on 2024-03-30, 20 due on
 * 2024-04-10.
 */
const kept: KeptFigures = {
  promisedCount: 3,
  count: 2,
  undocumentedCount: 1,
  promised: 500n,
  fulfilled: 390n,
  waived: 10n,
  outstanding: 100n,
  days: [oldestDueDay('2024-03-31'), '2024-03-30', '2024-04-10'],
  open: [50n, 30n, 20n],
  first: [1, 0, 1],
  due: [2, 1, 1],
  inTime: [1, 0, 0],
};
const on = (asOf: string) => sumsFrom(kept, asOf);

describe('the figures that follow from a checkpoint', () => {
  it('on its own day count what was due before, not what is due later', () => {
    expect(on('2024-03-31')).toEqual({
      promisedCount: 3,
      count: 2,
      undocumentedCount: 1,
      promised: 500n,
      fulfilled: 390n,
      waived: 10n,
      outstanding: 100n,
      overdue: 80n,
      overdueCount: 1,
      ageingAmounts: [30n, 0n, 0n, 0n, 50n],
      ageingCounts: [0, 0, 0, 0, 1],
      fallenDue: 3,
      inTime: 1,
    });
  });

  it.each([
    ['2024-04-10', { overdue: 80n, overdueCount: 1, fallenDue: 3, ageingAmounts: [30n, 0n, 0n, 0n, 50n] }],
    ['2024-04-11', { overdue: 100n, overdueCount: 2, fallenDue: 4, ageingAmounts: [50n, 0n, 0n, 0n, 50n] }],
    ['2024-04-29', { ageingAmounts: [50n, 0n, 0n, 0n, 50n], ageingCounts: [1, 0, 0, 0, 1] }],
    ['2024-04-30', { ageingAmounts: [20n, 30n, 0n, 0n, 50n], ageingCounts: [1, 0, 0, 0, 1] }],
    ['2025-03-30', { ageingAmounts: [0n, 0n, 0n, 50n, 50n], ageingCounts: [0, 0, 0, 1, 1] }],
    ['2025-04-10', { ageingAmounts: [0n, 0n, 0n, 20n, 80n] }],
    ['2025-04-11', { ageingAmounts: [0n, 0n, 0n, 0n, 100n], ageingCounts: [0, 0, 0, 0, 2] }],
  ])('on %s are overdue from the day after the due day, and age', (asOf, figures) => {
    expect(on(asOf)).toMatchObject(figures);
  });
});

describe('figures of two sets of promises', () => {
  it('are added one by one, and nothing adds nothing', () => {
    expect(addSums(NO_SUMS, on('2024-03-31'))).toEqual(on('2024-03-31'));
    expect(addSums(on('2024-03-31'), on('2024-04-30'))).toMatchObject({
      promisedCount: 6,
      overdue: 180n,
      ageingAmounts: [50n, 30n, 0n, 0n, 100n],
      fallenDue: 7,
    });
  });
});
