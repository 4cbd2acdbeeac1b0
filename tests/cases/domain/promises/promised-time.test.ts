import { nationalCalendar } from '@zhitong/kit';
import {
  actualTime,
  isPromiseBroken,
  itemNumber,
  timesInDays,
  toldTimeFaults,
} from '../../../../subgraphs/cases/src/domain/promises/promised-time.js';

const calendar = nationalCalendar();
const TODAY = '2026-11-16';
const read = (told: Parameters<typeof actualTime>[0]) => actualTime(told, { today: TODAY, calendar });

describe('how long a matter took, as it is told', () => {
  it.each([
    // Across the National Day of 2026: off 1 to 7 October, worked on Saturday 10 October.
    ['2026-09-30', '2026-10-08', 2],
    ['2026-09-30', '2026-10-10', 6],
    // A Friday to the Monday after it, and the same day.
    ['2026-11-06', '2026-11-09', 2],
    ['2026-11-09', '2026-11-09', 0],
  ])('counts from %s to %s as %i half days, the first day not counted', (askedOn, hadOn, halfDays) => {
    expect(read({ askedOn, hadOn })).toEqual({ ok: true, time: { halfDays, askedOn, hadOn } });
  });

  it('takes working days in halves as they are told', () => {
    expect(read({ actualDays: '2.5' })).toEqual({ ok: true, time: { halfDays: 5, askedOn: null, hadOn: null } });
    expect(toldTimeFaults({ actualDays: '0' })).toEqual([]);
    expect(toldTimeFaults({ actualDays: '999' })).toEqual([]);
  });

  it.each([
    [{ actualDays: '2.3' }, 'actualDays'],
    [{ actualDays: '-1' }, 'actualDays'],
    [{ actualDays: '999.5' }, 'actualDays'],
    [{ actualDays: '3', askedOn: '2026-11-02', hadOn: '2026-11-05' }, 'actualDays'],
    [{ actualDays: '3', hadOn: '2026-11-05' }, 'actualDays'],
    [{ askedOn: '2026-11-02' }, 'hadOn'],
    [{ hadOn: '2026-11-02' }, 'askedOn'],
    [{ askedOn: '2026-11-03', hadOn: '2026-11-02' }, 'hadOn'],
  ])('refuses %j at %s', (told, path) => {
    expect(toldTimeFaults(told)).toMatchObject([{ path: [path] }]);
  });

  it('refuses a day to come, and days that the calendar does not know', () => {
    expect(read({ askedOn: '2026-11-10', hadOn: '2026-11-17' })).toMatchObject({
      ok: false,
      fault: { path: ['hadOn'] },
    });
    expect(read({ askedOn: '1980-01-02', hadOn: '1980-01-03' })).toMatchObject({
      ok: false,
      fault: { path: ['askedOn'], message: expect.stringContaining('actualDays') as string },
    });
  });
});

describe('a promise', () => {
  const days = { askedOn: '2026-11-02', hadOn: '2026-11-05' };
  it.each([
    // Promised and taken half days, whether by days, broken.
    [4, 4, false, false],
    [4, 5, false, true],
    [5, 6, false, true],
    // Whoever decided on the day at whose noon the promise ends has the benefit of the doubt.
    [5, 6, true, false],
    [5, 8, true, true],
    [0, 0, true, false],
    [0, 2, true, true],
    [1, 2, true, false],
  ])('of %i half days is, after %i (by days: %s), broken: %s', (promisedHalfDays, halfDays, byDays, expected) => {
    const actual = { halfDays, ...(byDays ? days : { askedOn: null, hadOn: null }) };
    expect(isPromiseBroken({ promisedHalfDays }, actual)).toBe(expected);
  });

  it('that is not known, or of which no time is told, is neither kept nor broken', () => {
    expect(isPromiseBroken({ promisedHalfDays: null }, { halfDays: 2, askedOn: null, hadOn: null })).toBeNull();
    expect(isPromiseBroken({ promisedHalfDays: 2 }, null)).toBeNull();
    expect(isPromiseBroken(null, { halfDays: 2, askedOn: null, hadOn: null })).toBeNull();
  });
});

describe('told times together', () => {
  it('have the median of an odd and of an even number of cases, and the longest', () => {
    // 1.0, 1.0, 2.5 days: the middle one is 1.0.
    expect(
      timesInDays([
        { halfDays: 5, cases: 1 },
        { halfDays: 2, cases: 2 },
      ]),
    ).toEqual({ median: '1.00', longest: '2.5' });
    // 1.0, 2.5: (1 + 2.5) / 2.
    expect(
      timesInDays([
        { halfDays: 2, cases: 1 },
        { halfDays: 5, cases: 1 },
      ]),
    ).toEqual({ median: '1.75', longest: '2.5' });
    expect(timesInDays([])).toBeNull();
    expect(timesInDays([{ halfDays: 2, cases: 0 }])).toBeNull();
  });
});

describe('the number of a matter', () => {
  it('is the same in any case and width', () => {
    expect(['ZZ-SPJY', ' zz-spjy ', 'ＺＺ-ＳＰＪＹ'].map(itemNumber)).toEqual(['ZZ-SPJY', 'ZZ-SPJY', 'ZZ-SPJY']);
  });
});
