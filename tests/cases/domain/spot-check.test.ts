import fc from 'fast-check';

import { draw } from '../../../subgraphs/cases/src/domain/spot-check.js';

const numbers = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `SQ2026-${String(i + 1).padStart(6, '0')}`);

describe('the spot check', () => {
  it.each([
    [0, 0],
    [1, 1],
    [9, 1],
    [10, 1],
    [11, 2],
    [344, 35],
    [3245, 325],
  ])('of %d cases draws %d, ten per cent rounded up', (size, drawn) => {
    expect(draw({ seed: '2026-Q1', population: numbers(size), percent: 10 }).drawn).toHaveLength(drawn);
  });

  it('draws the cases with the lowest SHA-256 of seed and number, as anyone can compute', () => {
    // printf '%s\n%s' demo SQ2026-00000N | sha256sum, for N = 1 to 10: the lowest begins with 8acf…
    const { drawn, populationDigest } = draw({ seed: 'demo', population: numbers(10), percent: 10 });
    expect({ drawn, populationDigest }).toEqual({
      drawn: ['SQ2026-000010'],
      populationDigest: '5efdc8a908d5b381195694c48c0ec603df2b442c917dec53344b3f97b54b9c04',
    });
  });

  it('is the same whatever the order and repetition of the cases', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^SQ2026-\d{6}$/), { maxLength: 40 }),
        fc.string(),
        (population, seed) => {
          const once = draw({ seed, population, percent: 10 });
          expect(draw({ seed, population: [...population].reverse().concat(population), percent: 10 })).toEqual(once);
          expect(population).toEqual(expect.arrayContaining([...once.drawn]));
        },
      ),
    );
  });

  it('draws others with another seed', () => {
    const [one, other] = ['a', 'b'].map((seed) => draw({ seed, population: numbers(100), percent: 10 }).drawn.join());
    expect(one).not.toBe(other);
  });

  it('gives every case about the same chance', () => {
    const hits = new Map<string, number>();
    for (let i = 0; i < 2_000; i += 1)
      for (const number of draw({ seed: `seed ${i}`, population: numbers(20), percent: 10 }).drawn)
        hits.set(number, (hits.get(number) ?? 0) + 1);
    // 200 expected each; fixed seeds, so the bounds are no gamble.
    expect(Math.min(...hits.values())).toBeGreaterThan(150);
    expect(Math.max(...hits.values())).toBeLessThan(250);
  });

  it.each([[0], [-1], [101], [Number.NaN]])('refuses a share of %d per cent', (percent) => {
    expect(() => draw({ seed: 's', population: [], percent })).toThrow(RangeError);
  });
});
