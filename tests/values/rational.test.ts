import { rational, type RoundingMode } from '@zhitong/values';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';

const Wide = Decimal.clone({ precision: 400 });
/** Decimals as facts and policies write them, with any sign. */
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => new Wide(digits.toString()).dividedBy(new Wide(10).pow(places)).toFixed());
const HOW = { DOWN: Decimal.ROUND_DOWN, HALF_UP: Decimal.ROUND_HALF_UP, UP: Decimal.ROUND_UP };

describe('an exact number', () => {
  it('adds, subtracts, multiplies, compares and rounds decimals as a library of decimals does', () => {
    fc.assert(
      fc.property(decimal, decimal, fc.constantFrom<RoundingMode>('DOWN', 'HALF_UP', 'UP'), (one, other, mode) => {
        const [left, right] = [rational(one), rational(other)];
        const [wide, wider] = [new Wide(one), new Wide(other)];
        const product = wide.times(wider);
        expect([
          left.plus(right).toFixed(),
          left.minus(right).toFixed(),
          left.times(right).comparedTo(rational(product.toFixed())),
          left.comparedTo(right),
          left.abs().toFixed(),
        ]).toEqual([
          wide.plus(wider).toFixed(),
          wide.minus(wider).toFixed(),
          0,
          wide.comparedTo(wider),
          wide.abs().toFixed(),
        ]);
        const plain = (value: Decimal): string => (value.isZero() ? '0' : value.toFixed());
        expect([
          left.times(right).rounded(mode).toFixed(),
          left.times(right).floor().toFixed(),
          left.times(right).ceil().toFixed(),
        ]).toEqual([plain(product.toDecimalPlaces(0, HOW[mode])), plain(product.floor()), plain(product.ceil())]);
      }),
      { numRuns: 500 },
    );
  });

  it('divided and multiplied by the same number is what it was, however often', () => {
    fc.assert(
      fc.property(decimal, fc.array(decimal, { minLength: 1, maxLength: 8 }), (one, divisors) => {
        const parts = divisors.filter((divisor) => Number(divisor) !== 0).map((divisor) => rational(divisor));
        const divided = parts.reduce((value, divisor) => value.dividedBy(divisor), rational(one));
        const back = parts.reduce((value, factor) => value.times(factor), divided);
        expect(back.comparedTo(rational(one))).toBe(0);
        expect(back.toFixed()).toBe(rational(one).toFixed());
      }),
      { numRuns: 300 },
    );
  });

  it.each<[number | string, string]>([
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [-0.5, '-0.5'],
    ['12.340', '12.34'],
  ])('reads %s as it is written', (value, written) => expect(rational(value).toFixed()).toBe(written));

  it('cuts decimals without an end behind the fortieth, and halves away from zero', () => {
    expect(rational(-1).dividedBy(rational(3)).toFixed()).toBe(`-0.${'3'.repeat(40)}`);
    expect(['-2.5', '2.5', '-2.4'].map((value) => rational(value).rounded('HALF_UP').toFixed())).toEqual([
      '-3',
      '3',
      '-2',
    ]);
  });

  it.each([NaN, Infinity, '', 'one', '1.'])('is not made of %s', (value) =>
    expect(() => rational(value)).toThrow(RangeError),
  );

  it('is not divided by zero', () => {
    expect(() => rational(1).dividedBy(rational(0))).toThrow(RangeError);
  });
});
