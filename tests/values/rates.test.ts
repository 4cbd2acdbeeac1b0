import { divideHalfUp, formatDecimal, formatPercent, parseDecimal, parsePercent, rateText } from '@zhitong/values';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';

const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

describe('a rate', () => {
  it('is shown as a decimal library rounds it, whatever its numbers', () => {
    const Exact = Decimal.clone({ precision: 60 });
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 1_000_000 }), (numerator, denominator) => {
        fc.pre(numerator / denominator < 9e11);
        expect(rateText({ numerator, denominator })).toBe(
          new Exact(numerator).dividedBy(denominator).toFixed(4, Decimal.ROUND_HALF_UP),
        );
      }),
    );
  });

  it('of nothing is none', () => {
    expect(rateText({ numerator: 0, denominator: 0 })).toBeNull();
    expect(() => divideHalfUp(1n, 0n)).toThrow(RangeError);
  });

  it.each([
    [5n, 2n, 3],
    [-5n, 2n, -3],
    [5n, -2n, -3],
    [-5n, -2n, 3],
    [7n, 5n, 1],
    [8n, 5n, 2],
    [0n, -3n, 0],
    [-1n, 3n, 0],
  ])('of %d in %d is rounded to %d, halves away from zero', (numerator, denominator, quotient) => {
    expect(divideHalfUp(numerator, denominator)).toBe(quotient);
  });

  it.each([
    ['0', 0],
    ['3', 300],
    ['4.35', 435],
    ['4.3', 430],
    ['0.05', 5],
    ['1000', 100_000],
  ])('%s per cent are %d basis points', (text, basisPoints) => {
    expect(parsePercent(text)).toBe(basisPoints);
  });

  it.each(['-1', '-0', '4.350', '4,35', '1e2', '.5', '', '四'])('"%s" is no rate in per cent', (text) =>
    expect(parsePercent(text)).toBeNull(),
  );

  it('is written in per cent with two digits behind the point', () => {
    expect([0, 5, 310, 2_400].map(formatPercent)).toEqual(['0.00', '0.05', '3.10', '24.00']);
  });
});

describe('a decimal number', () => {
  it('reads back as it was written, with any number of digits behind the point', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 10 }), (units, places) => {
        const text = formatDecimal(units, places);
        expect(new Decimal(text).times(new Decimal(10).pow(places)).toFixed()).toBe(String(units));
        expect(parseDecimal(text, places)).toEqual({ ok: true, units: units === 0 ? 0 : units });
      }),
    );
  });

  it.each([0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('cannot be made of %d units', (units) => {
    expect(() => formatDecimal(units, 2)).toThrow(RangeError);
  });
});
