import { randomStream } from '../../demo/src/index.js';

const draw = (seed: string, name: string): number[] => {
  const random = randomStream(seed, name);
  return Array.from({ length: 20 }, () => random.int(0, 1_000_000));
};

describe('randomStream', () => {
  it('repeats itself for the same seed and name', () => {
    expect(draw('a', 'x')).toEqual(draw('a', 'x'));
  });

  it.each([
    ['a', 'y'],
    ['b', 'x'],
    ['ax', ''],
  ])('differs under seed "%s" and name "%s"', (seed, name) => {
    expect(draw(seed, name)).not.toEqual(draw('a', 'x'));
  });

  it('is not moved by another stream', () => {
    const one = randomStream('a', 'x');
    const other = randomStream('a', 'y');
    const mixed = Array.from({ length: 20 }, () => (other.fraction(), one.int(0, 1_000_000)));
    expect(mixed).toEqual(draw('a', 'x'));
  });

  it('stays within both bounds and reaches them', () => {
    const random = randomStream('a', 'bounds');
    const drawn = new Set(Array.from({ length: 300 }, () => random.int(-1, 2)));
    expect([...drawn].sort()).toEqual([-1, 0, 1, 2]);
  });

  it('chooses in proportion to the weights, and never what weighs nothing', () => {
    const random = randomStream('a', 'weights');
    const drawn = Array.from({ length: 4_000 }, () =>
      random.weighted([
        ['often', 3],
        ['never', 0],
        ['seldom', 1],
      ]),
    );
    expect(drawn).not.toContain('never');
    expect(drawn.filter((item) => item === 'often').length / drawn.length).toBeCloseTo(0.75, 1);
  });

  it('draws normally distributed numbers', () => {
    const random = randomStream('a', 'normal');
    const drawn = Array.from({ length: 4_000 }, () => random.normal(10, 2));
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
    const deviation = Math.sqrt(drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length);
    expect(mean).toBeCloseTo(10, 0);
    expect(deviation).toBeCloseTo(2, 0);
  });

  it('shuffles without losing or repeating an item, and leaves the list as it was', () => {
    const list = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = randomStream('a', 'shuffle').shuffle(list);
    expect(shuffled).not.toEqual(list);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(list);
  });

  it('refuses what cannot be chosen from', () => {
    const random = randomStream('a', 'bad');
    expect(() => random.pick([])).toThrow(RangeError);
    expect(() => random.weighted([['x', 0]])).toThrow(RangeError);
    expect(() => random.int(3, 2)).toThrow('3 and 2');
    expect(() => random.int(0, 1.5)).toThrow('1.5');
  });
});
