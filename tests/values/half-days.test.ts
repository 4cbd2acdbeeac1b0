import { nationalCalendar } from '@zhitong/kit';
import { halfDaysText, promisedMoment } from '@zhitong/values';

const calendar = nationalCalendar();
const due = (received: string, halfDays: number): string => {
  const answer = promisedMoment(calendar, new Date(received), halfDays);
  return answer.known ? answer.value.toISOString() : `unknown from ${answer.unknownDay}`;
};

describe('a promise of whole and half working days', () => {
  it.each([
    // Tuesday 10 March 2026, 09:30: by the end of the day.
    ['2026-03-10T01:30:00Z', 1, '2026-03-10T16:00:00.000Z'],
    // The same day at 12:00 and 14:00: by noon of the next.
    ['2026-03-10T04:00:00Z', 1, '2026-03-11T04:00:00.000Z'],
    ['2026-03-10T06:00:00Z', 1, '2026-03-11T04:00:00.000Z'],
    // Friday afternoon: Monday at noon. Saturday morning the same.
    ['2026-03-13T06:00:00Z', 1, '2026-03-16T04:00:00.000Z'],
    ['2026-03-14T01:00:00Z', 1, '2026-03-16T04:00:00.000Z'],
    // The make-up working Saturday of 28 February counts as a working day.
    ['2026-02-28T01:00:00Z', 1, '2026-02-28T16:00:00.000Z'],
    // One day: the day of receipt does not count. One and a half: noon of the day after that.
    ['2026-03-10T01:30:00Z', 2, '2026-03-11T16:00:00.000Z'],
    ['2026-03-10T01:30:00Z', 3, '2026-03-12T04:00:00.000Z'],
    // Five working days from 10 February over the spring festival: 24 February.
    ['2026-02-10T01:00:00Z', 10, '2026-02-24T16:00:00.000Z'],
    ['2026-03-10T01:30:00Z', 0, '2026-03-10T16:00:00.000Z'],
    ['2026-12-31T06:00:00Z', 1, 'unknown from 2027-01-01'],
  ])('received %s, %i half days: %s', (received, halfDays, expected) => {
    expect(due(received, halfDays)).toBe(expected);
  });

  it('is told in working days', () => {
    expect([1, 2, 5, 0].map(halfDaysText)).toEqual(['0.5', '1.0', '2.5', '0.0']);
  });
});
