import {
  addDays,
  addMonths,
  addTerm,
  addYears,
  daysBetween,
  dayInShanghai,
  endOfDayInShanghai,
  firstStartWithin,
  isLegalDay,
  isWeekend,
  lastStartOver,
  SHANGHAI_OFFSET,
  startOfDayInShanghai,
  type CalendarUnit,
} from '@zhitong/values';
import fc from 'fast-check';

const DAY_MS = 86_400_000;
/** Days of four centuries with their leap years, made by the language's own calendar. */
const day = fc
  .integer({ min: Date.UTC(1900, 0, 1) / DAY_MS, max: Date.UTC(2199, 11, 31) / DAY_MS })
  .map((number) => ({ number, text: new Date(number * DAY_MS).toISOString().slice(0, 10) }));

describe('a term that is counted forward from its start', () => {
  it('is over on a day for the starts up to the last one, and for none behind it', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom<CalendarUnit>('DAYS', 'MONTHS', 'YEARS'),
        ({ text: on }, count, unit) => {
          const last = lastStartOver(on, count, unit);
          expect(addTerm(last, count, unit) <= on).toBe(true);
          expect(addTerm(addDays(last, 1), count, unit) <= on).toBe(false);
          const first = firstStartWithin(on, count, unit);
          expect(addTerm(first, count, unit) >= on).toBe(true);
          expect(addTerm(addDays(first, -1), count, unit) >= on).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, number, CalendarUnit, string, string]>([
    ['2027-02-28', 6, 'MONTHS', '2026-08-31', '2026-08-28'],
    ['2024-02-28', 6, 'MONTHS', '2023-08-28', '2023-08-28'],
    ['2024-02-29', 6, 'MONTHS', '2023-08-31', '2023-08-29'],
    ['2026-03-31', 1, 'MONTHS', '2026-02-28', '2026-03-01'],
    ['2025-02-28', 1, 'YEARS', '2024-02-29', '2024-02-28'],
    ['2026-11-20', 30, 'DAYS', '2026-10-21', '2026-10-21'],
  ])('seen from %s, %d %s long, began by %s or since %s', (on, count, unit, last, first) => {
    expect([lastStartOver(on, count, unit), firstStartWithin(on, count, unit)]).toEqual([last, first]);
  });

  it('is not of a length below zero', () => {
    expect(() => lastStartOver('2026-11-20', -1, 'DAYS')).toThrow(RangeError);
    expect(() => firstStartWithin('2026-11-20', -1, 'DAYS')).toThrow(RangeError);
  });
});

describe('a legal day', () => {
  it.each(['2024-02-29', '2000-02-29', '1900-01-01', '2199-12-31', '2026-11-28'])('%s is one', (text) =>
    expect(isLegalDay(text)).toBe(true),
  );

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2024-2-9',
    '2024-13-01',
    '2026-00-10',
    '2026-01-00',
    '20240101',
    '2026/01/01',
    '2026-01/01',
    '2026/01-01',
    '2026-1a-01',
    '20 6-01-01',
    '2026-01-010',
    '2026-01-01 ',
    '2026-01-01T00:00:00Z',
    '1899-12-31',
    '2200-01-01',
    '0026-01-01',
    '',
    '明天',
    '２０２６-01-01',
    20260101,
    null,
    undefined,
    new Date(0),
  ])('%j is none', (value) => expect(isLegalDay(value)).toBe(false));

  it('is exactly what the calendar of the language has, for every text of that shape', () => {
    const number = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(number(9999), number(13), number(32), (year, month, date) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
        const made = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(made.getTime()) && made.toISOString().startsWith(text);
        expect(isLegalDay(text)).toBe(exists && year >= 1900 && year <= 2199);
      }),
    );
  });
});

describe('counting days', () => {
  it('follows the calendar of the language, forwards and backwards', () => {
    fc.assert(
      fc.property(day, day, (one, other) => {
        expect(daysBetween(one.text, other.text)).toBe(other.number - one.number);
        expect(addDays(one.text, other.number - one.number)).toBe(other.text);
        expect(isWeekend(one.text)).toBe([0, 6].includes(new Date(one.number * DAY_MS).getUTCDay()));
      }),
    );
  });

  it('counts the leap day', () => {
    expect(daysBetween('2023-12-31', '2024-12-31')).toBe(366);
    expect(addDays('2024-12-31', 1)).toBe('2025-01-01');
    expect(daysBetween('2024-03-01', '2024-02-29')).toBe(-1);
  });

  it.each<[string, number, CalendarUnit, string]>([
    ['2026-11-20', -3, 'YEARS', '2023-11-20'],
    ['2024-02-29', -1, 'YEARS', '2023-02-28'],
    ['2024-02-29', 4, 'YEARS', '2028-02-29'],
    ['2026-03-31', -1, 'MONTHS', '2026-02-28'],
    ['2024-01-31', 1, 'MONTHS', '2024-02-29'],
    ['2026-01-15', -2, 'MONTHS', '2025-11-15'],
    ['2024-11-30', 3, 'MONTHS', '2025-02-28'],
    ['2026-12-31', 2, 'MONTHS', '2027-02-28'],
    ['2026-03-01', -1, 'DAYS', '2026-02-28'],
    ['2026-12-31', 1, 'DAYS', '2027-01-01'],
  ])('%s and %d %s is %s (民法典 202)', (from, count, unit, expected) => {
    expect(addTerm(from, count, unit)).toBe(expected);
  });

  it('counts months beyond the years that may be given, to the year 9999', () => {
    expect(addDays('2199-12-31', 1)).toBe('2200-01-01');
    expect(addMonths('1900-01-31', -13)).toBe('1898-12-31');
    expect(addYears('2026-11-28', 7973)).toBe('9999-11-28');
    expect(() => addYears('2026-11-28', 7974)).toThrow('2026-11-28');
    expect(() => addMonths('2026-11-28', -12 * 2026)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
  });

  it.each(['2026-02-29', '2026-2-1', '20260201', '2026-13-01', '', '2026-02-28T00:00'])(
    'throws for "%s" and shows it',
    (text) => {
      for (const count of [
        () => addDays(text, 1),
        () => addMonths(text, 1),
        () => daysBetween(text, '2026-01-01'),
        () => isWeekend(text),
        () => startOfDayInShanghai(text),
      ]) {
        expect(count).toThrow(`"${text}" is not a day`);
      }
    },
  );

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('throws for a count of %d', (count) => {
    expect(() => addDays('2026-01-01', count)).toThrow(RangeError);
    expect(() => addMonths('2026-01-01', count)).toThrow(RangeError);
  });
});

describe('the day in Shanghai', () => {
  it.each([
    ['2026-02-13T15:59:59.999Z', '2026-02-13'],
    ['2026-02-13T16:00:00.000Z', '2026-02-14'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
    ['2026-02-14T00:30:00+08:00', '2026-02-14'],
  ])('at %s is %s', (moment, expected) => {
    expect(dayInShanghai(moment)).toBe(expected);
    expect(dayInShanghai(new Date(moment))).toBe(expected);
  });

  it('is the one of the time zone database since 1992', () => {
    const zone = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Asia/Shanghai',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1992-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true }),
        (moment) => expect(dayInShanghai(moment)).toBe(zone.format(moment)),
      ),
    );
  });

  it('begins and ends at midnight there', () => {
    expect(startOfDayInShanghai('2024-07-01')).toEqual(new Date('2024-06-30T16:00:00.000Z'));
    expect(endOfDayInShanghai('2024-06-30')).toEqual(new Date('2024-06-30T16:00:00.000Z'));
    fc.assert(
      fc.property(day, ({ text }) => {
        expect(dayInShanghai(startOfDayInShanghai(text))).toBe(text);
        expect(dayInShanghai(new Date(endOfDayInShanghai(text).getTime() - 1))).toBe(text);
      }),
    );
  });

  it('refuses a moment that does not exist', () => {
    expect(() => dayInShanghai('yesterday')).toThrow(RangeError);
  });
});

describe('the first and the last day that can be counted', () => {
  it('are those of the years 1 and 9999', () => {
    expect([addDays('0001-01-02', -1), addDays('9999-12-30', 1)]).toEqual(['0001-01-01', '9999-12-31']);
    expect(() => addDays('0001-01-01', -1)).toThrow('outside the years 1 to 9999');
    expect(() => addDays('9999-12-31', 1)).toThrow('outside the years 1 to 9999');
  });
});

it('the offset of Shanghai, as it is written, gives the first moment of a day', () => {
  expect(new Date(`2026-03-01T00:00:00${SHANGHAI_OFFSET}`)).toEqual(startOfDayInShanghai('2026-03-01'));
});
