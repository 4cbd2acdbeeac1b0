import { nationalCalendar } from '@zhitong/kit';
import { withOverrides } from '@zhitong/values';
import { decidingClock } from '../../../subgraphs/cases/src/domain/case-view.js';
import { lastDayInTime, readClock } from '../../../subgraphs/cases/src/domain/deadline.js';
import { judgeMove } from '../../../subgraphs/cases/src/domain/lifecycle.js';
import { laneVerdict } from '../../../subgraphs/cases/src/domain/moves/lane.js';
import { serviceTermsOn } from '../../../subgraphs/cases/src/domain/service-terms.js';
import { lastDayFaults } from '../../../subgraphs/cases/src/domain/set-day.js';
import { accepted, aCase, assigned, resolvedWith, type Happening } from '../support/a-case.js';

const calendar = nationalCalendar();
const inHand: Happening[] = [
  ['2026-03-03', assigned()],
  ['2026-03-03', accepted],
];
const asked: Happening = ['2026-03-04', { type: 'PAUSED', question: '请补充合同', longestDays: 30 }];
const answered: Happening = ['2026-03-05', { type: 'SUPPLEMENTED', text: '合同已补充', attachments: [] }];

describe('a clock that waits for the enterprise', () => {
  it('stands once: a pause each evening and a reply each morning hold it no longer', () => {
    const verdict = judgeMove(aCase('2026-03-02', [...inHand, asked, answered]), 'PAUSED', ['LEAD']);
    expect(verdict).toMatchObject({ legal: false, notAllowedToParty: false });
    expect(judgeMove(aCase('2026-03-02', inHand), 'PAUSED', ['LEAD']).legal).toBe(true);
  });

  it('may stand again when the matter is reopened, which is a new clock', () => {
    const reopened = aCase('2026-03-02', [
      ...inHand,
      asked,
      answered,
      ['2026-03-09', resolvedWith()],
      ['2026-03-10', { type: 'REOPENED', reason: '未解决', answerDays: 15 }],
    ]);
    expect(judgeMove(reopened, 'PAUSED', ['LEAD']).legal).toBe(true);
  });

  it('goes on by itself after 30 days', () => {
    // Asked on 4 March: 3 April counts again. Of five days none has passed; 4 to 6 April are days off (清明).
    const clock = decidingClock(aCase('2026-03-02', [...inHand, asked]));
    if (clock === null) throw new Error('no clock runs');
    expect(lastDayInTime(clock, calendar)).toBe('2026-04-10');
    expect(readClock(clock, calendar, '2026-04-02')).toMatchObject({ isPaused: true });
    expect(readClock(clock, calendar, '2026-04-03')).toMatchObject({ isPaused: false, dueOn: '2026-04-10' });
    expect(readClock(clock, calendar, '2026-04-11').isOverdue).toBe(true);
  });

  it('stands without an end in histories from before that bound', () => {
    const clock = decidingClock(
      aCase('2026-03-02', [...inHand, ['2026-03-04', { type: 'PAUSED', question: '请补充' }]]),
    );
    expect(clock && lastDayInTime(clock, calendar)).toBeNull();
  });
});

it('a lane that is changed back and forth every day moves no last day, and lets no clock stand twice', () => {
  const happened: Happening[] = [...inHand, asked, answered];
  const terms = serviceTermsOn('2026-03-02');
  const change = (day: string, lane: 'URGENT' | 'ORDINARY'): void => {
    const verdict = laneVerdict(aCase('2026-03-02', happened), lane, { terms, calendar, today: day });
    if (!verdict.ok) throw new Error(verdict.why.message);
    happened.push([day, { type: 'LANE_CHANGED', lane, clock: verdict.clock, reason: '调整' }]);
  };
  const due = (): string | null => {
    const clock = decidingClock(aCase('2026-03-02', happened));
    return clock && lastDayInTime(clock, calendar);
  };
  // Assigned on Tuesday the 3rd, asked on the 4th, which does not count: five working days end on the 11th.
  expect(due()).toBe('2026-03-11');
  for (const day of ['2026-03-05', '2026-03-06', '2026-03-09']) {
    change(day, 'URGENT');
    change(day, 'ORDINARY');
    expect([day, due()]).toEqual([day, '2026-03-11']);
    expect(judgeMove(aCase('2026-03-02', happened), 'PAUSED', ['LEAD']).legal).toBe(false);
  }
});

it('an extension that was refused is not asked for again', () => {
  const refused = aCase('2026-03-02', [
    ...inHand,
    ['2026-03-04', { type: 'EXTENSION_REQUESTED', workingDays: 5, reason: '会商' }],
    ['2026-03-05', { type: 'EXTENSION_RULED', granted: false, workingDays: 0, reason: '不同意' }],
  ]);
  expect(judgeMove(refused, 'EXTENSION_REQUESTED', ['LEAD'])).toMatchObject({
    legal: false,
    reason: 'an extension has been asked for once already, and was refused',
  });
});

describe('a last day that somebody sets', () => {
  it.each([
    ['2026-03-20', []],
    ['2026-03-21', ['2026-03-21 is no working day; the next one is 2026-03-23']],
    ['2026-04-04', ['2026-04-04 is no working day; the next one is 2026-04-07']],
    ['2026-02-28', ['2026-02-28 lies in the past']],
    ['2026-05-09', []],
    ['2027-03-06', []],
  ])('%s: %j', (day, messages) => {
    expect(lastDayFaults(day, { calendar, today: '2026-03-16' }).map(({ message }) => message)).toEqual(messages);
  });
});

describe('a year that is published later', () => {
  const daysOff = ['2027-01-01', '2027-10-01'];
  it('is entered by the city', () => {
    expect(withOverrides(calendar, { daysOff, workingDays: ['2027-01-09'], through: 2027 }).knownThrough).toBe(
      '2027-12-31',
    );
  });
  it.each([
    [{ daysOff: ['2027-01-01'], workingDays: [], through: 2027 }, '2027-10-01 (National Day) is missing'],
    [{ daysOff, workingDays: [] }, 'CASES_CALENDAR_THROUGH'],
  ])('is refused in part: %j', (overrides, why) => {
    expect(() => withOverrides(calendar, overrides)).toThrow(why);
  });
});
