import fc from 'fast-check';
import { LinearSpan, randomVectors } from '../../../../subgraphs/cases/src/domain/figures/linear-span.js';
import { derivable, type Sum } from '../../support/subtraction-attack.js';

/** What a span of some sums over unknowns says of another one. */
const combination = (unknowns: number, sums: readonly (readonly number[])[], target: readonly number[]) => {
  const vectors = randomVectors(unknowns, sums.length + 1);
  const span = new LinearSpan(sums.length);
  for (const [place, sum] of sums.entries()) span.add(vectors.sumOf(sum), place);
  return span.combinationOf(vectors.sumOf(target));
};

describe('what can be worked out of some sums', () => {
  it.each<[string, readonly (readonly number[])[], readonly number[], number[] | null]>([
    ['a sum itself', [[0, 1], [2]], [0, 1], [0]],
    [
      'a part, when whole and rest are told',
      [
        [0, 1, 2],
        [1, 2],
      ],
      [0],
      [0, 1],
    ],
    ['a part, when the whole and each other part are told', [[0, 1, 2], [1], [2]], [0], [0, 1, 2]],
    ['a sum of two that are told', [[0, 1], [2], [3]], [0, 1, 3], [0, 2]],
    [
      'one of three of which each two are told together',
      [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
      [1],
      [0, 1, 2],
    ],
    ['nothing new from what is told twice', [[0, 1], [0, 1], [1]], [0], [0, 2]],
    ['the sum of nothing', [[0, 1]], [], []],
    ['not one of two that are told together', [[0, 1]], [0], null],
    ['not what nothing is told of', [[0, 1], [1]], [2], null],
    ['not from nothing', [], [0], null],
  ])('%s', (_what, sums, target, expected) => expect(combination(4, sums, target)).toEqual(expected));

  it('is the same as what elimination over the unknowns themselves gives', () => {
    const sum = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(sum, { maxLength: 7 }), sum, (sums, target) => {
        const named = (over: readonly number[]): Sum => ({ name: 'sum', over: new Set(over) });
        return (combination(6, sums, target) !== null) === derivable([named(target)], sums.map(named), 6).length > 0;
      }),
      { numRuns: 200 },
    );
  });
});

describe('the vectors of unknowns', () => {
  it('are the numbers of mulberry32 from 1 on, below the prime, the same in every run', () => {
    // The published generator (0.6270739405881613, 0.002735721180215478, 0.5274470399599522 … times 2^32) in Python.
    const vectors = randomVectors(2, 4);
    expect([...vectors.sumOf([0])]).toEqual([8_907_707, 11_749_833, 50_775_440, 52_832_563]);
    expect([...vectors.sumOf([1])]).toEqual([65_511_004, 66_479_749, 14_877_363, 8_560_706]);
  });

  it('are added up modulo the prime', () => {
    const vectors = randomVectors(2, 4);
    // 8907707 + 65511004 and 11749833 + 66479749 pass the prime.
    expect([...vectors.sumOf([0, 1])]).toEqual([7_309_852, 11_120_723, 65_652_803, 61_393_269]);
    expect([...vectors.sumOf([])]).toEqual([0, 0, 0, 0]);
    expect([...vectors.sumOf([7])]).toEqual([0, 0, 0, 0]);
  });
});
