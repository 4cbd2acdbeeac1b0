import { nationalCalendar } from '@zhitong/kit';
import { caseFigures } from '../../../../subgraphs/cases/src/domain/case-figures.js';
import { accepted, aCase, assigned, contacted, resolvedWith, type Happening } from '../../support/a-case.js';

const calendar = nationalCalendar();
const figures = (day: string, ...happenings: readonly Happening[]) => caseFigures(aCase(day, happenings), calendar);
const inHand = (day: string): readonly Happening[] => [
  [day, assigned()],
  [day, accepted],
];
const asked = (day: string): Happening => [day, { type: 'PAUSED', question: '请补充合同' }];
const goesOn = (day: string): Happening => [day, { type: 'RESUMED', reason: '已补充' }];

describe('what the database is told of a case', () => {
  it('the last days of answer and contact while they run', () => {
    // Monday 2 March 2026 plus five, and two, working days.
    expect(figures('2026-03-02', ...inHand('2026-03-02'))).toEqual({
      ...{ lastDayInTime: '2026-03-09', isDueDayUnknown: false, answeredInTime: null, lastDayForContact: '2026-03-04' },
    });
    expect(figures('2026-03-02', ...inHand('2026-03-02'), ['2026-03-03', contacted])).toMatchObject({
      ...{ lastDayInTime: '2026-03-09', lastDayForContact: null },
    });
    expect(figures('2026-03-02')).toMatchObject({ lastDayInTime: '2026-03-03', lastDayForContact: null });
  });

  it('no last day while the enterprise is waited for', () => {
    expect(figures('2026-03-02', ...inHand('2026-03-02'), asked('2026-03-04'))).toMatchObject({
      ...{ lastDayInTime: null, isDueDayUnknown: false },
    });
  });

  it.each<[string, string, boolean]>([
    ['on the last day', '2026-03-09', true],
    ['a day later', '2026-03-10', false],
  ])('whether it was answered in time: %s', (_when, day, isInTime) => {
    expect(figures('2026-03-02', ...inHand('2026-03-02'), [day, resolvedWith()]).answeredInTime).toBe(isInTime);
  });

  // The calendar of 2027 is not published. Five working days from Monday 28 December end in it, from the 21st they do
  // not.
  it.each<[string, readonly Happening[], boolean, boolean | null]>([
    ['ends in a year that is not published', inHand('2026-12-28'), true, null],
    ['ends before', inHand('2026-12-21'), false, null],
    [
      'ends there because the enterprise was waited for',
      [...inHand('2026-12-21'), asked('2026-12-23'), goesOn('2026-12-30')],
      true,
      null,
    ],
    ['would end before, if the enterprise answered today', [...inHand('2026-12-21'), asked('2026-12-23')], false, null],
    [
      'was answered before anybody needs to know',
      [...inHand('2026-12-28'), ['2026-12-31', resolvedWith()]],
      true,
      true,
    ],
    [
      'was answered on a day of which nobody knows whether it is in time',
      [...inHand('2026-12-28'), ['2027-01-06', resolvedWith()]],
      true,
      null,
    ],
    [
      'was answered in time after the enterprise was waited for',
      [...inHand('2026-12-21'), asked('2026-12-23'), goesOn('2026-12-24'), ['2026-12-29', resolvedWith()]],
      false,
      true,
    ],
  ])('whether the calendar tells, of a term that %s', (_what, happenings, isUnknown, isInTime) => {
    const day = happenings[0]?.[0] ?? '';
    expect(figures(day, ...happenings)).toMatchObject({ isDueDayUnknown: isUnknown, answeredInTime: isInTime });
  });

  it('nothing of a case without a clock', () => {
    const view = { ...aCase('2026-03-02', [...inHand('2026-03-02'), ['2026-03-04', resolvedWith()]]), clocks: [] };
    expect(caseFigures(view, calendar)).toEqual({
      ...{ lastDayInTime: null, isDueDayUnknown: false, answeredInTime: null, lastDayForContact: null },
    });
  });
});
