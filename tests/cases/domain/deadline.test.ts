import fc from 'fast-check';

import { addWorkingDays } from '../../../subgraphs/cases/src/domain/calendar.js';
import { dueOn, lastDayInTime, pauseClock, readClock, resumeClock, startClock, stopClock, type Clock } from '../../../subgraphs/cases/src/domain/deadline.js';
import { addCalendarDays } from '../../../subgraphs/cases/src/domain/legal-day.js';
import { nationalCalendar } from '../../../subgraphs/cases/src/national-calendar.js';

const calendar = nationalCalendar();
const fiveDays = (startedOn: string): Clock => startClock('ANSWER', 2, startedOn, 5);

describe('a running clock', () => {
  it.each([
    ['2026-02-13', 5, false],
    ['2026-02-14', 4, false],
    ['2026-02-20', 4, false],
    ['2026-02-26', 1, false],
    ['2026-02-27', 0, false],
    ['2026-02-28', -1, true],
    ['2026-03-01', -1, true],
    ['2026-03-02', -2, true],
  ])('started before Spring Festival 2026, on %s it has %d days left and is overdue: %s', (today, left, overdue) => {
    expect(readClock(fiveDays('2026-02-13'), calendar, today)).toEqual({
      dueOn: '2026-02-27',
      isOverdue: overdue,
      workingDaysLeft: left,
      isPaused: false,
      unknownDay: null,
    });
  });

  it.each([
    ['2025-09-30', 4, false],
    ['2025-10-05', 4, false],
    ['2025-10-11', 1, false],
    ['2025-10-12', 1, false],
    ['2025-10-13', 0, false],
    ['2025-10-14', -1, true],
  ])('started at National Day 2025, on %s it has %d days left and is overdue: %s', (today, left, overdue) => {
    expect(readClock(fiveDays('2025-09-29'), calendar, today)).toMatchObject({ workingDaysLeft: left, isOverdue: overdue });
  });

  it('stops at the day of the answer, and can be asked about the days before', () => {
    const answered = stopClock(fiveDays('2026-03-02'), '2026-03-05');
    expect(readClock(answered, calendar, '2026-06-01')).toMatchObject({ dueOn: '2026-03-09', isOverdue: false, workingDaysLeft: 2 });
    expect(readClock(answered, calendar, '2026-03-03')).toMatchObject({ isOverdue: false, workingDaysLeft: 4 });
    expect(readClock(stopClock(fiveDays('2026-03-02'), '2026-03-10'), calendar, '2026-06-01')).toMatchObject({ isOverdue: true, workingDaysLeft: -1 });
  });

  it('keeps the first day when it is stopped twice', () => {
    expect(stopClock(stopClock(fiveDays('2026-03-02'), '2026-03-05'), '2026-03-20').stoppedOn).toBe('2026-03-05');
  });
});

describe('waiting for the enterprise', () => {
  const asked = pauseClock(fiveDays('2026-03-02'), '2026-03-04'); // Tuesday counts, Wednesday the 4th does not

  it('does not let the clock run from the day of asking on', () => {
    expect(readClock(asked, calendar, '2026-04-30')).toMatchObject({ isOverdue: false, isPaused: true, workingDaysLeft: 3 });
  });

  it('shows the due day as if the answer came today', () => {
    expect(readClock(asked, calendar, '2026-03-04').dueOn).toBe('2026-03-09');
    expect(readClock(asked, calendar, '2026-03-11').dueOn).toBe('2026-03-16');
  });

  it('counts the day of the answer', () => {
    expect(dueOn(resumeClock(asked, '2026-03-11'), calendar, '2026-03-20')).toEqual({ known: true, value: '2026-03-16' });
  });

  it('changes nothing when the answer comes the same day', () => {
    expect(dueOn(resumeClock(asked, '2026-03-04'), calendar, '2026-03-20')).toEqual({ known: true, value: '2026-03-09' });
  });

  it('leaves the last day to whoever asks on it', () => {
    const onLastDay = resumeClock(pauseClock(fiveDays('2026-03-02'), '2026-03-09'), '2026-03-20');
    expect(readClock(onLastDay, calendar, '2026-03-20')).toMatchObject({ dueOn: '2026-03-20', isOverdue: false });
  });

  it('does not heal a clock that was overdue when the question came', () => {
    const late = pauseClock(fiveDays('2026-03-02'), '2026-03-12');
    expect(readClock(late, calendar, '2026-03-20')).toMatchObject({ dueOn: '2026-03-09', isOverdue: true });
    expect(lastDayInTime(late, calendar)).toBe('2026-03-09');
  });

  it('can be asked about a day before the question', () => {
    expect(readClock(asked, calendar, '2026-03-03')).toMatchObject({ isPaused: false, dueOn: '2026-03-09', workingDaysLeft: 4 });
  });

  it('works across Spring Festival with several questions', () => {
    const twice = pauseClock(resumeClock(pauseClock(fiveDays('2026-02-11'), '2026-02-12'), '2026-02-14'), '2026-02-25');
    // Counted: 14 and 24 February; two of five are used when the second question comes on the 25th.
    expect(dueOn(resumeClock(twice, '2026-03-02'), calendar, '2026-03-31')).toEqual({ known: true, value: '2026-03-04' });
  });

  it('moves the due day by exactly the working days waited, whenever it happens', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 60 }), (start, budget, askedAfter, waited) => {
        const startedOn = addCalendarDays('2025-01-02', start);
        const clock = startClock('ANSWER', 2, startedOn, budget);
        const plain = dueOn(clock, calendar, '2026-12-31');
        const from = addCalendarDays(startedOn, askedAfter);
        if (!plain.known || from > plain.value) return true;
        const to = addCalendarDays(from, waited);
        const moved = dueOn(resumeClock(pauseClock(clock, from), to), calendar, '2026-12-31');
        const skipped = Array.from({ length: waited }, (_, i) => addCalendarDays(from, i)).filter((day) => worked(day)).length;
        const expected = addWorkingDays(calendar, plain.value, skipped);
        return moved.known && expected.known && moved.value === expected.value;
      }),
    );
  });

  const worked = (day: string): boolean => {
    const next = addWorkingDays(calendar, addCalendarDays(day, -1), 1);
    return next.known && next.value === day;
  };
});

describe('a clock beyond the published calendar', () => {
  const overNewYear = fiveDays('2026-12-28');

  it('names the first unknown day in place of a due day', () => {
    expect(readClock(overNewYear, calendar, '2026-12-29')).toEqual({ dueOn: null, isOverdue: false, workingDaysLeft: null, isPaused: false, unknownDay: '2027-01-01' });
  });

  it('does not say on an unknown day whether it is overdue', () => {
    expect(readClock(overNewYear, calendar, '2027-01-20').isOverdue).toBeNull();
  });

  it('has no stored last day', () => {
    expect(lastDayInTime(overNewYear, calendar)).toBeNull();
  });

  it('counts no further than it knows for a deadline that it does know', () => {
    expect(readClock(fiveDays('2026-12-23'), calendar, '2027-03-01')).toMatchObject({ dueOn: '2026-12-30', isOverdue: true, workingDaysLeft: null, unknownDay: '2027-01-01' });
  });
});

describe('lastDayInTime', () => {
  it.each([
    ['running', fiveDays('2026-03-02'), '2026-03-09'],
    ['stopped', stopClock(fiveDays('2026-03-02'), '2026-03-03'), null],
    ['waiting in time', pauseClock(fiveDays('2026-03-02'), '2026-03-04'), null],
    ['running again', resumeClock(pauseClock(fiveDays('2026-03-02'), '2026-03-04'), '2026-03-11'), '2026-03-16'],
  ])('of a clock that is %s is what the database may compare with today', (_state, clock, last) => {
    expect(lastDayInTime(clock, calendar)).toBe(last);
  });
});
