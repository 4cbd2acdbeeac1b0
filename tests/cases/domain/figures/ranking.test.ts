import {
  rank,
  score,
  withoutWithheld,
  type Appraised,
} from '../../../../subgraphs/cases/src/domain/figures/ranking.js';

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

describe('the order of the ranking', () => {
  it('is by rank, then by code, and the unranked come last whatever their score', () => {
    const order = rank([
      appraised('Z', { onTime: [4, 4] }),
      appraised('Y', { response: [0, 0], onTime: [0, 0], process: [0, 0], result: [0, 0] }),
      appraised('C', { result: [0, 10] }),
      appraised('B', { result: [5, 10] }),
      appraised('A', { result: [0, 10] }),
    ]);
    expect(order.map(({ department, rank: place, score: points }) => [department, place, points])).toEqual([
      ['B', 1, 8_500],
      ['A', 2, 7_000],
      ['C', 2, 7_000],
      ['Y', null, null],
      ['Z', null, 10_000],
    ]);
    expect(order.map(({ holdsFlag }) => holdsFlag)).toEqual([true, false, false, false, false]);
    expect(rank([])).toEqual([]);
  });

  it('begins with five decided cases', () => {
    expect(rank([appraised('A', { onTime: [0, 5] })])[0]?.rank).toBe(1);
    expect(rank([appraised('A', { onTime: [4, 4] })])[0]).toMatchObject({ rank: null, holdsFlag: false });
  });

  it('rounds a score half up, without rounding in between', () => {
    // 20 x 1/3 + 30 x 1/7 + 20 x 1/9 + 30 x 1/11 = 15.9018… of 100.
    expect(score(appraised('A', { response: [1, 3], onTime: [1, 7], process: [1, 9], result: [1, 11] }).rates)).toBe(
      1_590,
    );
    // Only the result is rated: 1 of 8 is 12.5, 1 of 16 is 6.25, 1 of 32 is 3.125 and so 3.13.
    const alone = { response: [0, 0], onTime: [0, 0], process: [0, 0] } as const;
    expect([8, 16, 32].map((of) => score(appraised('A', { ...alone, result: [1, of] }).rates))).toEqual([
      1_250, 625, 313,
    ]);
  });
});

describe('a department of which a rate is withheld', () => {
  const of = (...withheld: string[]) => withoutWithheld({ ...appraised('A'), withheld: new Set(withheld) });

  it.each([['response'], ['onTime'], ['processSatisfaction'], ['resultSatisfaction']])(
    'has neither score nor place where it is %s, which the score would give away',
    (name) => {
      const [place] = rank([of(name)]);
      expect(place).toEqual({ department: 'A', score: null, rank: null, holdsFlag: false });
      expect(Object.values(of(name).rates)).toEqual(
        Array.from({ length: 7 }, () => ({ numerator: 0, denominator: 0 })),
      );
    },
  );

  it('keeps them where it is another figure, or none', () => {
    expect(rank([of('received', 'resolution', 'satisfaction')])[0]?.score).toBe(10_000);
    expect(rank([of()])[0]?.score).toBe(10_000);
  });
});
