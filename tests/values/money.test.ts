import { divideHalfUp, fenOfYuan, formatYuan, parseYuan, sumFen, yuanOfFen } from '@zhitong/values';
import fc from 'fast-check';

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

describe('amounts in files', () => {
  it.each([
    [0, 0],
    [12.3, 1_230],
    [0.01, 1],
    [1e13, 1e15],
    [10_000_000_000_000.01, null],
    [0.001, null],
    [1e-7, null],
    [-1, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    ['12', null],
    [null, null],
  ])('%p yuan are %p fen', (yuan, fen) => expect(fenOfYuan(yuan)).toBe(fen));

  it('read back as they were written, up to ten trillion yuan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (fen) =>
        expect(fenOfYuan(JSON.parse(JSON.stringify(yuanOfFen(fen))))).toBe(fen),
      ),
    );
    expect(() => yuanOfFen(1e15 + 1)).toThrow(RangeError);
    expect(() => yuanOfFen(-1)).toThrow(RangeError);
    expect(() => yuanOfFen(0.5)).toThrow(RangeError);
  });
});
