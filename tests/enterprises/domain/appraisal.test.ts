import {
  answerFaults,
  drawn,
  isOpenOn,
  isSatisfied,
  lotOf,
  populationDigest,
  seedHash,
  type Tally,
} from '../../../subgraphs/enterprises/src/domain/appraisal/appraisal.js';
import {
  isLower,
  resultsOf,
  type DepartmentResult,
} from '../../../subgraphs/enterprises/src/domain/appraisal/results.js';

describe('the draw of an appraisal', () => {
  it('is what sha256sum gives: of the seed, of the codes line by line, and of each lot', () => {
    // printf 'seed-1' | sha256sum; printf 'A\nB\nC' | sha256sum; printf 'seed-1\nP\nA' | sha256sum
    expect(seedHash('seed-1')).toBe('0eb026731d9ea3f870511f8c18daeb814eaa2c9e276082b204f2a962212fb5bd');
    expect(populationDigest(['A', 'B', 'C'])).toBe('2e70d7238a20934f7a8a145e8750ee44d6e043a7a8c9b3a1a0979d640e62af8c');
    expect(lotOf('seed-1', 'P', 'A')).toBe('7b7b6b9ae2e98598dbcd2f4eb7794050862fbffda776735e4b9d0040d9995a5a');
  });

  it('takes those with the lowest lots: 67… of C, 70… of D, 7b… of A, c1… of B', () => {
    const ask = (size: number) => drawn(['A', 'B', 'C', 'D'], { seed: 'seed-1', population: 'P', size });
    expect(ask(2)).toEqual(['C', 'D']);
    expect(ask(3)).toEqual(['C', 'D', 'A']);
    expect(ask(9)).toEqual(['C', 'D', 'A', 'B']);
    expect(ask(0)).toEqual([]);
  });
});

describe('answers', () => {
  const grades = (department: string, process: number, result: number) => ({ department, process, result });
  it('grade departments that are appraised, each once, with 1 to 5', () => {
    expect(answerFaults([grades('RSJ', 1, 5), grades('JXJ', 3, 3)], ['RSJ', 'JXJ'])).toEqual([]);
    expect(answerFaults([], ['RSJ'])).toMatchObject([{ path: ['grades'], message: 'grade at least one department' }]);
    expect(answerFaults([grades('RSJ', 5, 5), grades('XXX', 5, 5)], ['RSJ'])).toMatchObject([
      { path: ['grades', '1', 'department'], message: 'XXX is not appraised here' },
    ]);
    expect(answerFaults([grades('RSJ', 5, 5), grades('RSJ', 5, 5)], ['RSJ'])).toMatchObject([
      { path: ['grades', '1', 'department'], message: 'RSJ stands twice' },
    ]);
    expect(answerFaults([grades('RSJ', 0, 6)], ['RSJ'])).toMatchObject([
      { path: ['grades', '0', 'process'], message: 'a grade is a whole number from 1 to 5, not 0' },
      { path: ['grades', '0', 'result'], message: 'a grade is a whole number from 1 to 5, not 6' },
    ]);
    expect(answerFaults([grades('RSJ', 4.5, 5)], ['RSJ'])).toHaveLength(1);
    expect(answerFaults([grades('甲'.repeat(50), 4, 5)], ['RSJ'])[0]?.message).toBe(
      `${'甲'.repeat(40)} is not appraised here`,
    );
  });

  it('are taken from the first day of a round to its last', () => {
    const round = { opensOn: '2026-06-01', closesOn: '2026-06-20' };
    expect(['2026-05-31', '2026-06-01', '2026-06-20', '2026-06-21'].map((day) => isOpenOn(round, day))).toEqual([
      ...[false, true, true, false],
    ]);
    expect([1, 2, 3, 4, 5].map(isSatisfied)).toEqual([false, false, true, true, true]);
  });
});

describe('the results of a round', () => {
  const tally = (department: string, process: number, result: number, count: number): Tally => ({
    ...{ department, process, result, count },
  });
  const before = (department: string, process: number, result: number, denominator = 10): DepartmentResult => ({
    ...{ department, rank: 1, isDoubleDrop: null, holdsFlag: true },
    process: { numerator: process, denominator },
    result: { numerator: result, denominator },
  });

  it('count the satisfied of each question, and none where fewer than five graded', () => {
    const [first, second, third] = resultsOf(
      [tally('A', 3, 2, 4), tally('A', 2, 5, 1), tally('B', 5, 5, 4)],
      ['A', 'B', 'C'],
      [],
    );
    expect(first).toEqual({
      ...{ department: 'A', rank: 1, isDoubleDrop: null, holdsFlag: false },
      process: { numerator: 4, denominator: 5 },
      result: { numerator: 1, denominator: 5 },
    });
    const none = { process: null, result: null, rank: null, isDoubleDrop: null, holdsFlag: false };
    expect([second, third]).toEqual([
      { department: 'B', ...none },
      { department: 'C', ...none },
    ]);
  });

  it('rank by both questions, equals alike; whoever is first holds the flag unless all are equal', () => {
    const all = [
      tally('A', 5, 5, 8),
      tally('A', 1, 1, 2),
      tally('B', 5, 1, 5),
      tally('C', 5, 5, 4),
      tally('C', 1, 1, 1),
    ];
    // A: 16 of 20, B: 5 of 10, C: 8 of 10.
    expect(resultsOf(all, ['A', 'B', 'C'], []).map(({ rank, holdsFlag }) => [rank, holdsFlag])).toEqual([
      [1, true],
      [3, false],
      [1, true],
    ]);
    const equal = resultsOf([tally('A', 5, 5, 5), tally('B', 5, 5, 5)], ['A', 'B'], []);
    expect(equal.map(({ rank, holdsFlag }) => [rank, holdsFlag])).toEqual([
      [1, false],
      [1, false],
    ]);
  });

  it('know a double drop: both rates lower than before, exactly', () => {
    const now = [tally('A', 5, 5, 5), tally('A', 1, 1, 5)];
    const drop = (...former: DepartmentResult[]) => resultsOf(now, ['A'], former)[0]?.isDoubleDrop;
    expect(drop(before('A', 6, 6))).toBe(true);
    expect(drop(before('A', 5, 6))).toBe(false);
    expect(drop(before('A', 6, 5))).toBe(false);
    expect(drop(before('B', 6, 6))).toBeNull();
    expect(drop({ ...before('A', 6, 6), process: null })).toBeNull();
    expect(drop({ ...before('A', 6, 6), result: null })).toBeNull();
    // Too few graded it now: there is nothing to compare.
    expect(resultsOf([tally('A', 1, 1, 4)], ['A'], [before('A', 6, 6)])[0]?.isDoubleDrop).toBeNull();
    expect(isLower({ numerator: 1, denominator: 3 }, { numerator: 2, denominator: 6 })).toBe(false);
    expect(isLower({ numerator: 333_333_333_333, denominator: 1e12 }, { numerator: 1, denominator: 3 })).toBe(true);
  });
});
