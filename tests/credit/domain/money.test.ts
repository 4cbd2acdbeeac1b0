import { divideHalfUp, formatYuan, parseYuan, sumFen } from '../../../subgraphs/credit/src/domain/money.js';

describe('parseYuan', () => {
  it.each([
    ['1200000.00', 120_000_000],
    ['1200000', 120_000_000],
    ['0.5', 50],
    ['0.05', 5],
    ['-3.10', -310],
    ['-0.00', 0],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('reads %s as %d fen', (text, fen) => {
    expect(parseYuan(text)).toEqual({ ok: true, fen });
  });

  it.each([
    ['12.345', 'TOO_MANY_DIGITS'],
    ['12.300', 'TOO_MANY_DIGITS'],
    ['90071992547409.92', 'TOO_LARGE'],
    ['1e6', 'NOT_A_NUMBER'],
    ['1,200', 'NOT_A_NUMBER'],
    ['.5', 'NOT_A_NUMBER'],
    ['', 'NOT_A_NUMBER'],
    ['一百', 'NOT_A_NUMBER'],
  ])('refuses "%s" as %s and repeats what was given', (text, code) => {
    expect(parseYuan(text)).toMatchObject({ ok: false, code, message: expect.stringContaining(`"${text}"`) as string });
  });
});

describe('formatYuan', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [120_000_000, '1200000.00'],
  ])('writes %d fen as %s', (fen, text) => {
    expect(formatYuan(fen)).toBe(text);
  });

  it('refuses what is not a whole number of fen', () => {
    expect(() => formatYuan(0.5)).toThrow(RangeError);
  });
});

describe('sumFen', () => {
  it('adds exactly', () => {
    expect(sumFen([10, 20, -5])).toBe(25);
  });

  it('refuses a sum that it cannot hold exactly', () => {
    expect(() => sumFen([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  });
});

describe('divideHalfUp', () => {
  it.each([
    [5n, 2n, 3],
    [4n, 3n, 1],
    [-5n, 2n, -3],
    [1n, 3n, 0],
    [-1n, 3n, 0],
  ])('rounds %d / %d to %d', (numerator, denominator, expected) => {
    expect(divideHalfUp(numerator, denominator)).toBe(expected);
  });
});
