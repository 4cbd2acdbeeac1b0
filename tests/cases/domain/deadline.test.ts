import { nationalCalendar } from '@zhitong/kit';
import fc from 'fast-check';

import { addDays, addWorkingDays } from '@zhitong/values';
import {
  dueOn,
  lastDayInTime,
  pauseClock,
  readClock,
  resumeClock,
  startClock,
  stopClock,
  type Clock,
} from '../../../subgraphs/cases/src/domain/deadline.js';

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
    expect(readClock(fiveDays('2025-09-29'), calendar, today)).toMatchObject({
      workingDaysLeft: left,
      isOverdue: overdue,
    });
  });

  it('stops at the day of the answer, and can be asked about the days before', () => {
    const answered = stopClock(fiveDays('2026-03-02'), '2026-03-05');
    expect(readClock(answered, calendar, '2026-06-01')).toMatchObject({
      dueOn: '2026-03-09',
      isOverdue: false,
      workingDaysLeft: 2,
    });
    expect(readClock(answered, calendar, '2026-03-03')).toMatchObject({ isOverdue: false, workingDaysLeft: 4 });
    expect(readClock(stopClock(fiveDays('2026-03-02'), '2026-03-10'), calendar, '2026-06-01')).toMatchObject({
      isOverdue: true,
      workingDaysLeft: -1,
    });
  });

  it('keeps the first day when it is stopped twice', () => {
    expect(stopClock(stopClock(fiveDays('2026-03-02'), '2026-03-05'), '2026-03-20').stoppedOn).toBe('2026-03-05');
  });
});

describe('waiting for the enterprise', () => {
  const asked = pauseClock(fiveDays('2026-03-02'), '2026-03-04'); // Tuesday counts, Wednesday the 4th does not

  it('does not let the clock run from the day of asking on', () => {
    expect(readClock(asked, calendar, '2026-04-30')).toMatchObject({
      isOverdue: false,
      isPaused: true,
      workingDaysLeft: 3,
    });
  });

  it('shows the due day as if the answer came today', () => {
    expect(readClock(asked, calendar, '2026-03-04').dueOn).toBe('2026-03-09');
    expect(readClock(asked, calendar, '2026-03-11').dueOn).toBe('2026-03-16');
  });

  it('counts the day of the answer', () => {
    expect(dueOn(resumeClock(asked, '2026-03-11'), calendar, '2026-03-20')).toEqual({
      known: true,
      value: '2026-03-16',
    });
  });

  it('changes nothing when the answer comes the same day', () => {
    expect(dueOn(resumeClock(asked, '2026-03-04'), calendar, '2026-03-20')).toEqual({
      known: true,
      value: '2026-03-09',
    });
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
    expect(readClock(asked, calendar, '2026-03-03')).toMatchObject({
      isPaused: false,
      dueOn: '2026-03-09',
      workingDaysLeft: 4,
    });
  });

  it('works across Spring Festival with several questions', () => {
    const twice = pauseClock(resumeClock(pauseClock(fiveDays('2026-02-11'), '2026-02-12'), '2026-02-14'), '2026-02-25');
    // Counted: 14 and 24 February; two of five are used when the second question comes on the 25th.
    expect(dueOn(resumeClock(twice, '2026-03-02'), calendar, '2026-03-31')).toEqual({
      known: true,
      value: '2026-03-04',
    });
  });

  it('moves the due day by exactly the working days waited, whenever it happens', () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 60 }),
        (start, budget, askedAfter, waited) => {
          const startedOn = addDays('2025-01-02', start);
          const clock = startClock('ANSWER', 2, startedOn, budget);
          const plain = dueOn(clock, calendar, '2026-12-31');
          const from = addDays(startedOn, askedAfter);
          if (!plain.known || from > plain.value) return true;
          const to = addDays(from, waited);
          const moved = dueOn(resumeClock(pauseClock(clock, from), to), calendar, '2026-12-31');
          const skipped = Array.from({ length: waited }, (_, i) => addDays(from, i)).filter((day) =>
            worked(day),
          ).length;
          const expected = addWorkingDays(calendar, plain.value, skipped);
          return moved.known && expected.known && moved.value === expected.value;
        },
      ),
    );
  });

  const worked = (day: string): boolean => {
    const next = addWorkingDays(calendar, addDays(day, -1), 1);
    return next.known && next.value === day;
  };
});

describe('a clock beyond the published calendar', () => {
  const overNewYear = fiveDays('2026-12-28');

  it('names the first unknown day in place of a due day', () => {
    expect(readClock(overNewYear, calendar, '2026-12-29')).toEqual({
      dueOn: null,
      isOverdue: false,
      workingDaysLeft: null,
      isPaused: false,
      unknownDay: '2027-01-01',
    });
  });

  it('does not say on an unknown day whether it is overdue', () => {
    expect(readClock(overNewYear, calendar, '2027-01-20').isOverdue).toBeNull();
  });

  it('has no stored last day', () => {
    expect(lastDayInTime(overNewYear, calendar)).toBeNull();
  });

  it('counts no further than it knows for a deadline that it does know', () => {
    expect(readClock(fiveDays('2026-12-23'), calendar, '2027-03-01')).toMatchObject({
      dueOn: '2026-12-30',
      isOverdue: true,
      workingDaysLeft: null,
      unknownDay: '2027-01-01',
    });
  });
});

describe('a clock at the edges of its pauses and its end', () => {
  // Five working days from Monday 2 March 2026: 3, 4, 5, 6, 9.
  const clock = fiveDays('2026-03-02');

  it.each([
    ['asked on the day that it started', resumeClock(pauseClock(clock, '2026-03-02'), '2026-03-05'), '2026-03-11'],
    ['asked and answered on one day', resumeClock(pauseClock(clock, '2026-03-04'), '2026-03-04'), '2026-03-09'],
    [
      'asked twice on one day',
      resumeClock(pauseClock(resumeClock(pauseClock(clock, '2026-03-04'), '2026-03-05'), '2026-03-05'), '2026-03-06'),
      '2026-03-11',
    ],
    ['asked over a weekend', resumeClock(pauseClock(clock, '2026-03-06'), '2026-03-09'), '2026-03-10'],
    ['asked on a Saturday', resumeClock(pauseClock(clock, '2026-03-07'), '2026-03-09'), '2026-03-09'],
    ['asked on its last day', resumeClock(pauseClock(clock, '2026-03-09'), '2026-03-12'), '2026-03-12'],
    ['asked after it ran out', resumeClock(pauseClock(clock, '2026-03-10'), '2026-03-20'), '2026-03-09'],
  ])('%s is due on %#', (_what, paused, due) => {
    expect(dueOn(paused, calendar, '2026-03-31')).toEqual({ known: true, value: due });
  });

  it('looks at no question that comes later than the day, and takes one that lasts to end on the day', () => {
    const waiting = pauseClock(clock, '2026-03-05');
    expect(dueOn(waiting, calendar, '2026-03-04')).toEqual({ known: true, value: '2026-03-09' });
    expect(dueOn(waiting, calendar, '2026-03-05')).toEqual({ known: true, value: '2026-03-09' });
    expect(dueOn(waiting, calendar, '2026-03-06')).toEqual({ known: true, value: '2026-03-10' });
    const answered = resumeClock(waiting, '2026-03-11');
    expect(dueOn(answered, calendar, '2026-03-06')).toEqual({ known: true, value: '2026-03-10' });
    expect(dueOn(answered, calendar, '2026-03-11')).toEqual(dueOn(answered, calendar, '2026-12-31'));
  });

  it('waits from the day of the question up to, not on, the day of the answer', () => {
    const answered = resumeClock(pauseClock(clock, '2026-03-05'), '2026-03-11');
    expect(
      ['2026-03-04', '2026-03-05', '2026-03-10', '2026-03-11'].map(
        (day) => readClock(answered, calendar, day).isPaused,
      ),
    ).toEqual([false, true, true, false]);
    expect(readClock(answered, calendar, '2026-03-10').workingDaysLeft).toBe(2);
    expect(readClock(pauseClock(clock, '2026-03-05'), calendar, '2026-03-31')).toMatchObject({
      isPaused: true,
      workingDaysLeft: 2,
    });
  });

  it('stands still when it is stopped: in a pause, on the day itself, later', () => {
    const stopped = stopClock(pauseClock(clock, '2026-03-05'), '2026-03-06');
    expect(stopped.pauses).toEqual([{ from: '2026-03-05', to: '2026-03-06' }]);
    for (const day of ['2026-03-06', '2026-03-31'])
      expect(readClock(stopped, calendar, day)).toMatchObject({
        isPaused: false,
        isOverdue: false,
        dueOn: '2026-03-10',
        workingDaysLeft: 2,
      });
    expect(readClock(stopClock(clock, '2026-03-10'), calendar, '2026-03-31')).toMatchObject({
      isOverdue: true,
      workingDaysLeft: -1,
    });
    expect(stopClock(stopped, '2026-03-09').stoppedOn).toBe('2026-03-06');
  });

  it('is not paused once it has stopped, nor twice', () => {
    const stopped = stopClock(clock, '2026-03-04');
    expect(pauseClock(stopped, '2026-03-05')).toEqual(stopped);
    const waiting = pauseClock(clock, '2026-03-05');
    expect(pauseClock(waiting, '2026-03-06')).toEqual(waiting);
    expect(resumeClock(resumeClock(waiting, '2026-03-06'), '2026-03-09').pauses).toEqual([
      { from: '2026-03-05', to: '2026-03-06' },
    ]);
    expect(pauseClock(resumeClock(waiting, '2026-03-06'), '2026-03-09').pauses).toHaveLength(2);
  });

  it('has no last day while it waits in time, and the old one when it was late before the question', () => {
    expect(lastDayInTime(pauseClock(clock, '2026-03-09'), calendar)).toBeNull();
    expect(lastDayInTime(pauseClock(clock, '2026-03-10'), calendar)).toBe('2026-03-09');
    expect(
      lastDayInTime(pauseClock(resumeClock(pauseClock(clock, '2026-03-04'), '2026-03-05'), '2026-03-06'), calendar),
    ).toBeNull();
  });

  it('is overdue on no day before the first unknown one', () => {
    expect(
      ['2026-12-31', '2027-01-01'].map((day) => readClock(fiveDays('2026-12-28'), calendar, day).isOverdue),
    ).toEqual([false, null]);
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
