import { rank, score, type Appraised } from '../../../../subgraphs/cases/src/domain/figures/ranking.js';

const appraised = (
  department: string,
  part: Partial<Record<'response' | 'onTime' | 'process' | 'result', readonly [number, number]>> = {},
  openAccountability = 0,
): Appraised => {
  const ratio = ([numerator, denominator]: readonly [number, number]) => ({ numerator, denominator });
  return {
    department,
    openAccountability,
    rates: {
      response: ratio(part.response ?? [10, 10]),
      onTime: ratio(part.onTime ?? [10, 10]),
      processSatisfaction: ratio(part.process ?? [10, 10]),
      resultSatisfaction: ratio(part.result ?? [10, 10]),
      resolution: ratio([0, 0]),
      satisfaction: ratio([0, 0]),
      promiseBroken: ratio([0, 0]),
    },
  };
};

describe('the score of a department', () => {
  it.each([
    ['everything perfect', {}, 10_000],
    ['half of everything', { response: [1, 2], onTime: [1, 2], process: [1, 2], result: [1, 2] }, 5_000],
    [
      '20 x 1/3 + 30 x 2/3 + 20 x 3/4 + 30 x 1, by hand 71.67',
      { response: [1, 3], onTime: [2, 3], process: [3, 4], result: [1, 1] },
      7_167,
    ],
    [
      'nobody has rated: response 1, on time 1/2, of 50 points',
      { response: [4, 4], onTime: [2, 4], process: [0, 0], result: [0, 0] },
      7_000,
    ],
  ] as const)('with %s', (_what, part, expected) => {
    expect(score(appraised('A', part).rates)).toBe(expected);
  });

  it('does not exist without any case', () => {
    expect(
      score(appraised('A', { response: [0, 0], onTime: [0, 0], process: [0, 0], result: [0, 0] }).rates),
    ).toBeNull();
  });
});

describe('the ranking', () => {
  it('shares a rank between equals and skips the next', () => {
    const order = rank([appraised('C', { onTime: [5, 10] }), appraised('B'), appraised('A')]);
    expect(order.map((entry) => [entry.department, entry.rank])).toEqual([
      ['A', 1],
      ['B', 1],
      ['C', 3],
    ]);
  });

  it('does not rank a department with fewer than five decided cases, however good', () => {
    const order = rank([appraised('A', { onTime: [4, 4] }), appraised('B', { onTime: [3, 5] })]);
    expect(order.map((entry) => [entry.department, entry.rank])).toEqual([
      ['B', 1],
      ['A', null],
    ]);
  });

  it('gives the flag to the first, but not while a referral stands against it', () => {
    expect(rank([appraised('A'), appraised('B', { onTime: [5, 10] })]).map((entry) => entry.holdsFlag)).toEqual([
      true,
      false,
    ]);
    expect(rank([appraised('A', {}, 1), appraised('B', { onTime: [5, 10] })]).map((entry) => entry.holdsFlag)).toEqual([
      false,
      false,
    ]);
  });
});
