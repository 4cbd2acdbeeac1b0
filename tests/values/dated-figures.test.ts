import { datedFigure, figureFaults, figureOn, successive, valueOn, type DatedValue } from '@zhitong/values';

const value = (from: string | null, until: string | null, source = '国务院令第802号第九条'): DatedValue<number> => ({
  from,
  until,
  value: 30,
  source,
});
const figure = (...values: DatedValue<number>[]) =>
  datedFigure({ name: 'term', label: '付款期限', unit: '天', values });

describe('a figure of law', () => {
  it('is what the document in force says, on the first and the last of its days too', () => {
    const term = figure({ ...value('2020-09-01', '2025-05-31'), value: 20 }, value('2025-06-01', null));
    expect(
      ['2020-08-31', '2020-09-01', '2025-05-31', '2025-06-01', '2199-12-31'].map(
        (day) => valueOn(term, day)?.value ?? null,
      ),
    ).toEqual([null, 20, 20, 30, 30]);
    expect(figureOn(term, '2025-05-31')).toBe(20);
    expect(() => figureOn(term, '2020-08-31')).toThrow('The figure term has no value on 2020-08-31.');
  });

  it('may count for what was before its document', () => {
    expect(figureOn(figure(value(null, null)), '1900-01-01')).toBe(30);
  });

  it.each<[string, DatedValue<number>[], string]>([
    [
      'two values for one day',
      [value('2020-09-01', null), value('2025-06-01', null)],
      'term has two values for days of 2025-06-01 – …',
    ],
    [
      'two values that meet on a day',
      [value('2020-09-01', '2025-06-01'), value('2025-06-01', null)],
      'term has two values for days of 2025-06-01 – …',
    ],
    [
      'two values without a beginning',
      [value(null, null), value('2025-06-01', '2025-06-30')],
      'term has two values for days of 2025-06-01 – 2025-06-30',
    ],
    [
      'an earlier value listed after a later one that covers it',
      [value('2025-06-01', null), value(null, '2025-06-01')],
      'term has two values',
    ],
    [
      'a value that no document sets',
      [value('2025-06-01', null, '')],
      'term has no source for its value of 2025-06-01 – …',
    ],
    ['a source of white space', [value('2025-06-01', null, ' 　')], 'term has no source'],
    [
      'an end before the beginning',
      [value('2025-06-01', '2025-05-31')],
      'term has a value that ends on 2025-05-31, before it begins on 2025-06-01',
    ],
    [
      'a day that does not exist',
      [value('2025-02-29', null)],
      'term has a value for "2025-02-29", which is no existing day',
    ],
    ['an end that does not exist', [value(null, '2025-06-31')], 'term has a value for "2025-06-31"'],
  ])('cannot have %s', (_what, values, message) => {
    expect(() => figure(...values)).toThrow(`The figure ${message}`);
  });

  it('names each value that is wrong, for who keeps many', () => {
    expect(
      figureFaults([value('2020-09-01', '2025-05-31'), value('2025-06-01', null, ''), value('2026-01-01', null)]).map(
        ({ at, code }) => [at, code],
      ),
    ).toEqual([
      [1, 'NO_SOURCE'],
      [2, 'OVERLAP'],
    ]);
    expect(
      figureFaults([value('2026-01-01', null, ''), value('2027-01-01', null, '')]).map(({ code }) => code),
    ).toEqual(['NO_SOURCE', 'NO_SOURCE', 'OVERLAP']);
  });

  it('that is published again and again counts until the day before the next publication', () => {
    const rates = successive([
      { from: '2024-10-21', value: 310, source: '公告' },
      { from: '2025-03-01', value: 300, source: '公告' },
    ]);
    expect(rates.map(({ from, until }) => [from, until])).toEqual([
      ['2024-10-21', '2025-02-28'],
      ['2025-03-01', null],
    ]);
    expect(figureFaults(rates)).toEqual([]);
    expect(() =>
      datedFigure({
        name: 'rate',
        label: '',
        unit: '',
        values: successive([
          { from: '2025-03-01', value: 1, source: '公告' },
          { from: '2024-10-21', value: 2, source: '公告' },
        ]),
      }),
    ).toThrow('before it begins');
  });
});
