import { nationalCalendar } from '@zhitong/kit';
import fc from 'fast-check';

import {
  addDays,
  addWorkingDays,
  isWorkingDay,
  withOverrides,
  workingDaysBetween,
  type WorkingCalendar,
} from '@zhitong/values';

const calendar = nationalCalendar();

describe('the national working calendar', () => {
  // State Council notices 国办发明电〔2024〕12号 (for 2025) and 国办发明电〔2025〕7号 (for 2026).
  it.each([
    ['2025-01-26', true, 'make-up Sunday before Spring Festival'],
    ['2025-01-27', true, 'Monday before Spring Festival'],
    ['2025-01-28', false, 'Spring Festival eve'],
    ['2025-02-04', false, 'last day of the holiday'],
    ['2025-02-05', true, 'first day back'],
    ['2025-02-08', true, 'make-up Saturday'],
    ['2025-09-28', true, 'make-up Sunday before National Day'],
    ['2025-10-01', false, 'National Day'],
    ['2025-10-08', false, 'last day of the long holiday'],
    ['2025-10-11', true, 'make-up Saturday'],
    ['2025-10-12', false, 'plain Sunday'],
    ['2026-02-14', true, 'make-up Saturday before Spring Festival'],
    ['2026-02-15', false, 'first day of the holiday'],
    ['2026-02-23', false, 'last day of the holiday'],
    ['2026-02-28', true, 'make-up Saturday'],
    ['2026-09-20', true, 'make-up Sunday before National Day'],
    ['2026-10-07', false, 'last day of National Day'],
    ['2026-10-10', true, 'make-up Saturday'],
    ['2026-12-31', true, 'last known day'],
  ])('on %s it says %s (%s)', (day, works) => {
    expect(isWorkingDay(calendar, day)).toEqual({ known: true, value: works });
  });

  it.each([['2027-01-01'], ['2027-10-01'], ['2003-12-31']])(
    'on %s, outside the published years, it does not guess',
    (day) => {
      expect(isWorkingDay(calendar, day)).toEqual({ known: false, unknownDay: day });
    },
  );

  it('is known from 2004 through 2026', () => {
    expect([calendar.knownFrom, calendar.knownThrough]).toEqual(['2004-01-01', '2026-12-31']);
  });
});

describe('addWorkingDays', () => {
  it.each([
    ['2025-01-24', 5, '2025-02-07', 'Friday before Spring Festival 2025: 26, 27 January, 5, 6, 7 February'],
    ['2025-01-26', 5, '2025-02-08', 'received on a make-up Sunday, due on a make-up Saturday'],
    ['2025-01-31', 1, '2025-02-05', 'received in the holiday'],
    ['2025-09-26', 5, '2025-10-10', 'Friday before National Day 2025: 28, 29, 30 September, 9, 10 October'],
    ['2025-10-01', 3, '2025-10-11', 'received on National Day 2025'],
    ['2026-02-13', 5, '2026-02-27', 'Friday before Spring Festival 2026: 14, 24, 25, 26, 27 February'],
    ['2026-02-13', 6, '2026-02-28', 'the sixth day is the make-up Saturday'],
    ['2026-09-30', 2, '2026-10-09', 'the day before National Day 2026'],
    ['2026-09-30', 3, '2026-10-10', 'the third day is the make-up Saturday'],
    ['2026-09-18', 1, '2026-09-20', 'Friday, next working day is a make-up Sunday'],
    ['2026-11-20', 5, '2026-11-27', 'an ordinary week'],
    ['2026-11-21', 0, '2026-11-21', 'no days: the day itself, worked or not'],
  ])('from %s with %d days it is due on %s (%s)', (from, days, due) => {
    expect(addWorkingDays(calendar, from, days)).toEqual({ known: true, value: due });
  });

  it('says which day is unknown when a deadline runs past the published calendar', () => {
    expect(addWorkingDays(calendar, '2026-12-29', 2)).toEqual({ known: true, value: '2026-12-31' });
    expect(addWorkingDays(calendar, '2026-12-29', 3)).toEqual({ known: false, unknownDay: '2027-01-01' });
  });

  it.each([[-1], [1.5], [Number.NaN]])('refuses %d days', (days) => {
    expect(() => addWorkingDays(calendar, '2026-01-05', days)).toThrow(RangeError);
  });

  it('is the inverse of counting, whatever the day and the number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 200 }), (offset, days) => {
        const from = addDays('2024-01-01', offset);
        const due = addWorkingDays(calendar, from, days);
        return due.known && expectEqual(workingDaysBetween(calendar, from, due.value), days);
      }),
    );
  });
});

const expectEqual = (answer: { known: boolean; value?: number }, value: number): boolean =>
  answer.known && answer.value === value;

describe('workingDaysBetween', () => {
  it('counts after the first day up to and including the last, and back with a minus', () => {
    expect(workingDaysBetween(calendar, '2026-02-13', '2026-02-28')).toEqual({ known: true, value: 6 });
    expect(workingDaysBetween(calendar, '2026-02-28', '2026-02-13')).toEqual({ known: true, value: -6 });
    expect(workingDaysBetween(calendar, '2026-02-14', '2026-02-14')).toEqual({ known: true, value: 0 });
  });

  it('adds up over any day in between', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(900), fc.nat(900), fc.nat(900)), (offsets) => {
        const [a = '', b = '', c = ''] = offsets.sort((x, y) => x - y).map((offset) => addDays('2024-03-01', offset));
        const [ab, bc, ac] = [
          workingDaysBetween(calendar, a, b),
          workingDaysBetween(calendar, b, c),
          workingDaysBetween(calendar, a, c),
        ];
        return ab.known && bc.known && ac.known && ab.value + bc.value === ac.value;
      }),
    );
  });
});

describe('counting working days', () => {
  const small: WorkingCalendar = {
    knownFrom: '2025-12-29',
    knownThrough: '2026-02-03',
    daysOff: new Set(['2026-01-01', '2026-01-02']),
    workingWeekends: new Set(['2026-01-04', '2026-01-31']),
  };
  /** The rule as the doc comments say it, one day after the other. */
  const steps = (
    from: string,
    enough: (worked: number, day: string) => boolean,
  ): { answer: ReturnType<typeof addWorkingDays>; worked: number } => {
    let day = from;
    let worked = 0;
    while (!enough(worked, day)) {
      day = addDays(day, 1);
      const works = isWorkingDay(small, day);
      if (!works.known) return { answer: works, worked };
      if (works.value) worked += 1;
    }
    return { answer: { known: true, value: day }, worked };
  };
  const someDay = fc.integer({ min: -8, max: 45 }).map((offset) => addDays('2025-12-29', offset));

  it('comes to what counting day by day comes to, inside the calendar, across its ends and outside', () => {
    fc.assert(
      fc.property(someDay, someDay, fc.nat(30), (from, to, days) => {
        expect(addWorkingDays(small, from, days)).toEqual(steps(from, (worked) => worked === days).answer);
        const [first, last] = from < to ? [from, to] : [to, from];
        const { answer, worked } = steps(first, (_count, day) => day === last);
        expect(workingDaysBetween(small, first, last)).toEqual(answer.known ? { known: true, value: worked } : answer);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a city's own calendar", () => {
  const flooded = withOverrides(calendar, {
    daysOff: ['2026-07-02', '2026-02-14'],
    workingDays: ['2026-07-04', '2026-10-01'],
  });

  it.each([
    ['2026-07-02', false, 'a Thursday off'],
    ['2026-07-04', true, 'a worked Saturday'],
    ['2026-02-14', false, 'a make-up day taken back'],
    ['2026-10-01', true, 'a public holiday worked'],
    ['2026-07-03', true, 'a day that it does not name'],
  ])('on %s it says %s (%s)', (day, works) => {
    expect(isWorkingDay(flooded, day)).toEqual({ known: true, value: works });
  });

  it('leaves the national calendar as it was', () => {
    expect(isWorkingDay(calendar, '2026-07-02')).toEqual({ known: true, value: true });
  });

  it.each([
    [
      { daysOff: ['2026-07-02'], workingDays: ['2026-07-02'] },
      '2026-07-02 is listed as a day off and as a working day',
    ],
    [{ daysOff: ['2026-02-30'], workingDays: [] }, '"2026-02-30" in the city\'s calendar is not a day'],
    [{ daysOff: [], workingDays: ['2027-01-04'] }, '2027-01-04 lies outside the known calendar'],
  ])('refuses what contradicts itself or is not known: %j', (overrides, message) => {
    expect(() => withOverrides(calendar, overrides)).toThrow(message);
  });
});

describe('a working calendar', () => {
  it('does not mutate the calendar it counts in', () => {
    const small: WorkingCalendar = {
      knownFrom: '2026-01-01',
      knownThrough: '2026-01-31',
      daysOff: new Set(['2026-01-01']),
      workingWeekends: new Set(['2026-01-04']),
    };
    addWorkingDays(small, '2026-01-01', 3);
    expect([...small.daysOff, ...small.workingWeekends]).toEqual(['2026-01-01', '2026-01-04']);
  });
});
