import fc from 'fast-check';
import { fenOfYuan } from '@zhitong/values';
import type { Problem } from '../../../../subgraphs/policies/src/domain/problem.js';
import { RecordReader } from '../../../../subgraphs/policies/src/domain/format/record-reader.js';

/** What a reader makes of one value under the key `it`, and how it refuses it. */
function read<T>(
  row: Record<string, unknown>,
  how: (reader: RecordReader) => T,
): { readonly value: T; readonly refused: readonly string[] } {
  const problems: Problem[] = [];
  const value = how(new RecordReader(row, '', problems));
  return { value, refused: problems.map(({ place, code, message }) => `${place} ${code}: ${message}`) };
}
const accepted = <T>(value: T) => ({ value, refused: [] });

describe('fenOfYuan', () => {
  it.each<[unknown, number | null]>([
    [0, 0],
    [0.01, 1],
    [0.29, 29],
    [1.1, 110],
    [4.35, 435],
    [10_000_000_000_000, 1_000_000_000_000_000],
    [10_000_000_000_000.01, null],
    [0.001, null],
    [-0.01, null],
    [-1, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    ['1', null],
    [null, null],
    [undefined, null],
  ])('%s yuan are %s fen', (yuan, fen) => {
    expect(fenOfYuan(yuan)).toBe(fen);
  });

  it('is the inverse of dividing by a hundred', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (fen) => expect(fenOfYuan(fen / 100)).toBe(fen)),
    );
  });
});

describe('a text', () => {
  const text = (row: Record<string, unknown>, needed: boolean) =>
    read(row, (reader) => reader.text('it', { most: 3, needed }));

  it('is taken up to its length, as it stands', () => {
    expect([
      text({ it: '局长甲' }, true),
      text({ it: ' 甲' }, true),
      text({ it: '' }, false),
      text({ it: '  ' }, false),
    ]).toEqual([accepted('局长甲'), accepted(' 甲'), accepted(''), accepted('  ')]);
  });

  it('may be absent where nobody needs it', () => {
    expect([text({}, false), text({ it: null }, false)]).toEqual([accepted(''), accepted('')]);
    const needed = { value: '', refused: ['it WRONG_SHAPE: This is needed.'] };
    expect([text({}, true), text({ it: null }, true)]).toEqual([needed, needed]);
  });

  it('is refused when it is blank, too long or something else', () => {
    expect(text({ it: '一二三四' }, true)).toEqual({
      value: '',
      refused: ['it WRONG_TYPE: "一二三四" is no text of 1 to 3 characters.'],
    });
    expect(text({ it: '一二三四' }, false)).toEqual({
      value: '',
      refused: ['it WRONG_TYPE: "一二三四" is no text of 0 to 3 characters.'],
    });
    expect(text({ it: ' ' }, true).refused).toEqual(['it WRONG_TYPE: " " is no text of 1 to 3 characters.']);
    expect(text({ it: ['一'] }, false)).toEqual({
      value: '',
      refused: ['it WRONG_TYPE: a list of 1 is no text of 0 to 3 characters.'],
    });
  });
});

describe('a text of a form', () => {
  const matching = (row: Record<string, unknown>) =>
    read(row, (reader) => reader.matching('it', /^[a-z]+$/, { en: 'small letters', zh: '小写字母' }));

  it('is taken when it has the form and at most 500 characters', () => {
    expect([matching({ it: 'abc' }), matching({ it: 'a'.repeat(500) }), matching({}), matching({ it: null })]).toEqual([
      accepted('abc'),
      accepted('a'.repeat(500)),
      accepted(null),
      accepted(null),
    ]);
  });

  it('is refused otherwise', () => {
    expect(matching({ it: 'ABC' })).toEqual({ value: null, refused: ['it WRONG_TYPE: "ABC" is not small letters.'] });
    expect(matching({ it: 5 })).toEqual({ value: null, refused: ['it WRONG_TYPE: 5 is not small letters.'] });
    expect(matching({ it: 'a'.repeat(501) }).refused).toHaveLength(1);
  });
});

describe('a day', () => {
  const day = (row: Record<string, unknown>) => read(row, (reader) => reader.day('it'));

  it('is one that exists', () => {
    expect([day({ it: '2024-02-29' }), day({}), day({ it: null })]).toEqual([
      accepted('2024-02-29'),
      accepted(null),
      accepted(null),
    ]);
    expect(day({ it: '2026-02-29' })).toEqual({
      value: null,
      refused: ['it WRONG_TYPE: "2026-02-29" is no existing day, YYYY-MM-DD.'],
    });
  });
});

describe('a flag', () => {
  const flag = (row: Record<string, unknown>) => read(row, (reader) => reader.flag('it'));

  it('is true or false, false when nobody sets it', () => {
    expect([flag({ it: true }), flag({ it: false }), flag({})]).toEqual([
      accepted(true),
      accepted(false),
      accepted(false),
    ]);
    expect(flag({ it: 'yes' })).toEqual({ value: false, refused: ['it WRONG_TYPE: "yes" is neither true nor false.'] });
    expect(flag({ it: null }).refused).toEqual(['it WRONG_TYPE: null is neither true nor false.']);
  });
});

describe('a choice', () => {
  const choice = (row: Record<string, unknown>) =>
    read(row, (reader) => reader.choice('it', ['ONCE', 'YEAR'] as const, 'ONCE'));

  it('is one of the list', () => {
    expect([choice({ it: 'YEAR' }), choice({})]).toEqual([accepted('YEAR'), accepted('ONCE')]);
    expect(choice({ it: 'MONTH' })).toEqual({
      value: 'ONCE',
      refused: ['it WRONG_TYPE: "MONTH" is not one of ONCE, YEAR.'],
    });
    expect(choice({ it: null }).refused).toHaveLength(1);
  });
});

describe('a whole number', () => {
  const whole = (row: Record<string, unknown>) =>
    read(row, (reader) => reader.whole('it', { least: 3, most: 9, whenAbsent: 7 }));

  it('lies within its range, both ends included', () => {
    expect([whole({ it: 3 }), whole({ it: 9 }), whole({})]).toEqual([accepted(3), accepted(9), accepted(7)]);
    expect(whole({ it: 2 })).toEqual({ value: 7, refused: ['it OUT_OF_RANGE: 2 is no whole number from 3 to 9.'] });
    expect(
      [whole({ it: 10 }), whole({ it: 4.5 }), whole({ it: '4' }), whole({ it: null })].map(
        ({ refused }) => refused.length,
      ),
    ).toEqual([1, 1, 1, 1]);
  });
});

describe('an amount', () => {
  const fen = (row: Record<string, unknown>) => read(row, (reader) => reader.fen('it'));

  it('in yuan becomes fen', () => {
    expect([fen({ it: 4.35 }), fen({}), fen({ it: null })]).toEqual([accepted(435), accepted(null), accepted(null)]);
    expect(fen({ it: -1 })).toEqual({
      value: null,
      refused: ['it OUT_OF_RANGE: -1 is no amount in yuan from 0 to 10000000000000 with at most two decimals.'],
    });
  });
});

describe('a list', () => {
  const list = (row: Record<string, unknown>) => read(row, (reader) => reader.list('it', 2));

  it('is taken up to its length', () => {
    expect([list({ it: [] }), list({ it: [1, 'x'] }), list({}), list({ it: null })]).toEqual([
      accepted([]),
      accepted([1, 'x']),
      accepted(null),
      accepted(null),
    ]);
    expect(list({ it: [1, 2, 3] })).toEqual({
      value: null,
      refused: ['it WRONG_SHAPE: A list of at most 2 is needed, not a list of 3.'],
    });
    expect(list({ it: 'no' })).toEqual({
      value: null,
      refused: ['it WRONG_SHAPE: A list of at most 2 is needed, not "no".'],
    });
  });
});

describe('an object within the object', () => {
  const inner = (row: Record<string, unknown>) =>
    read(row, (reader) => reader.record('it')?.text('name', { most: 9, needed: true }) ?? null);

  it('tells its problems with their place', () => {
    expect([inner({ it: { name: '甲' } }), inner({}), inner({ it: null })]).toEqual([
      accepted('甲'),
      accepted(null),
      accepted(null),
    ]);
    expect(inner({ it: {} })).toEqual({ value: '', refused: ['it.name WRONG_SHAPE: This is needed.'] });
    expect(inner({ it: [] })).toEqual({
      value: null,
      refused: ['it WRONG_SHAPE: An object is needed, not a list of 0.'],
    });
    expect(inner({ it: 'x' })).toEqual({ value: null, refused: ['it WRONG_SHAPE: An object is needed, not "x".'] });
  });
});

describe('a key that nobody asks for', () => {
  it('is refused at the end, by its first 40 characters', () => {
    const finished = read({ it: '甲', misspelt: 1, ['x'.repeat(50)]: 1 }, (reader) => {
      reader.text('it', { most: 9, needed: true });
      reader.finish();
      return [reader.has('it'), reader.has('misspelt'), reader.has('toString'), reader.has('absent')];
    });
    expect(finished).toEqual({
      value: [true, true, false, false],
      refused: [
        'misspelt UNKNOWN_KEY: The format has no such key.',
        `${'x'.repeat(40)} UNKNOWN_KEY: The format has no such key.`,
      ],
    });
  });
});
