import { ageingBucket, daysOverdue } from '../../../../subgraphs/credit/src/domain/commitments/ageing.js';

describe('ageing', () => {
  it.each([
    [0, null],
    [1, 'UP_TO_30'],
    [30, 'UP_TO_30'],
    [31, 'UP_TO_90'],
    [90, 'UP_TO_90'],
    [91, 'UP_TO_180'],
    [181, 'UP_TO_365'],
    [365, 'UP_TO_365'],
    [366, 'OVER_365'],
  ])('puts %d days into %s', (days, bucket) => {
    expect(ageingBucket(days)).toBe(bucket);
  });

  it.each([
    ['2024-06-30', 0],
    ['2024-07-01', 1],
    ['2024-06-01', 0],
  ])('of something due on 2024-06-30 counts on %s as %d days', (asOf, days) => {
    expect(daysOverdue('2024-06-30', asOf)).toBe(days);
  });
});
