import { nationalCalendar } from '@zhitong/kit';
import { decidingClock } from '../../../../subgraphs/cases/src/domain/case-view.js';
import type { CaseView } from '../../../../subgraphs/cases/src/domain/case-view.js';
import { lastDayInTime } from '../../../../subgraphs/cases/src/domain/deadline.js';
import { judgeMove } from '../../../../subgraphs/cases/src/domain/lifecycle.js';
import { withWhatIsLeft } from '../../../../subgraphs/cases/src/domain/moves/hand-over.js';
import {
  accepted,
  aCase,
  anAssignment,
  assigned,
  resolvedWith,
  returned,
  type Happening,
} from '../../support/a-case.js';

// 2 March 2026 is a Monday; the term of an answer is 5 working days.
const MONDAY = '2026-03-02';
const calendar = nationalCalendar();
const transferred = (lead: string): Happening[1] => ({ type: 'TRANSFERRED', assignment: anAssignment({ lead }) });
/** The days that a department has for its answer when it gets a case. */
const daysFor = (lead: string, view: CaseView, today: string, answerDays = 5): number =>
  withWhatIsLeft(view, anAssignment({ lead, answerDays }), { calendar, today }).answerDays;

describe('the days that a department has when it gets a case', () => {
  it('are the whole term for one that comes to it newly', () => {
    expect(daysFor('JRB', aCase(MONDAY), MONDAY)).toBe(5);
    expect(daysFor('RSJ', aCase(MONDAY, [[MONDAY, assigned()]]), '2026-03-04')).toBe(5);
    expect(
      daysFor(
        'RSJ',
        aCase(MONDAY, [
          [MONDAY, assigned()],
          ['2026-03-04', returned],
        ]),
        '2026-03-05',
      ),
    ).toBe(5);
  });

  it('are what it has left where it had it before: Tuesday and Wednesday of five are used', () => {
    const back = aCase(MONDAY, [
      [MONDAY, assigned()],
      ['2026-03-04', returned],
    ]);
    expect(daysFor('JRB', back, '2026-03-04')).toBe(3);
    // The days at the desk are not the department's.
    expect(daysFor('JRB', back, '2026-03-12')).toBe(3);
    // By the terms of another lane 15 days less the two.
    expect(daysFor('JRB', back, '2026-03-12', 15)).toBe(13);
  });

  it('are what it has left where it has it now', () => {
    expect(daysFor('JRB', aCase(MONDAY, [[MONDAY, assigned()]]), '2026-03-05')).toBe(2);
  });

  it('are fewer with each time, whoever had it in between', () => {
    const often = aCase(MONDAY, [
      [MONDAY, assigned()],
      ['2026-03-03', transferred('RSJ')],
      ['2026-03-05', transferred('JRB')],
      ['2026-03-06', transferred('RSJ')],
    ]);
    // JRB had Tuesday, and Friday; RSJ Wednesday and Thursday.
    expect(daysFor('JRB', often, '2026-03-06')).toBe(3);
    expect(daysFor('RSJ', often, '2026-03-06')).toBe(3);
  });

  it('are none, and not fewer, where it used them up', () => {
    const late = aCase(MONDAY, [
      [MONDAY, assigned()],
      ['2026-03-09', returned],
    ]);
    expect(daysFor('JRB', late, '2026-03-10')).toBe(0);
    expect(
      daysFor(
        'JRB',
        aCase(MONDAY, [
          [MONDAY, assigned()],
          ['2026-03-20', returned],
        ]),
        '2026-03-23',
      ),
    ).toBe(0);
  });

  it('have in them what was granted to it', () => {
    const extended = aCase(MONDAY, [
      [MONDAY, assigned()],
      [MONDAY, accepted],
      ['2026-03-03', { type: 'EXTENSION_REQUESTED', workingDays: 4, reason: '需上级批复' }],
      ['2026-03-04', { type: 'EXTENSION_RULED', granted: true, workingDays: 4, reason: '同意' }],
      ['2026-03-05', transferred('RSJ')],
    ]);
    // Nine days less Tuesday to Thursday.
    expect(daysFor('JRB', extended, '2026-03-06')).toBe(6);
    expect(daysFor('RSJ', extended, '2026-03-05')).toBe(5);
  });

  it('are none beyond the published calendar, where nobody knows how many were used', () => {
    const atYearsEnd = aCase('2026-12-28', [
      ['2026-12-28', assigned()],
      ['2026-12-30', returned],
    ]);
    expect(daysFor('JRB', atYearsEnd, '2026-12-31')).toBe(0);
    expect(daysFor('JRB', atYearsEnd, '2026-12-31', 15)).toBe(10);
  });

  it('are the whole term again after an answer', () => {
    const answered = aCase(MONDAY, [
      [MONDAY, assigned()],
      ['2026-03-04', transferred('RSJ')],
      ['2026-03-05', resolvedWith()],
      ['2026-03-06', { type: 'REOPENED', reason: '没有解决', answerDays: 15 }],
    ]);
    expect(daysFor('JRB', answered, '2026-03-09')).toBe(5);
  });

  it('change nothing else of the assignment', () => {
    const back = aCase(MONDAY, [
      [MONDAY, assigned()],
      ['2026-03-04', returned],
    ]);
    const assignment = anAssignment({ reason: '再次交办', assisting: ['CZJ'] });
    expect(withWhatIsLeft(back, assignment, { calendar, today: '2026-03-05' })).toEqual({
      ...assignment,
      answerDays: 3,
    });
  });
});

it('a case that is paused, extended and handed on three times has for each department one term, worked by hand', () => {
  const happened: Happening[] = [
    [MONDAY, assigned()],
    [MONDAY, accepted],
    // Tuesday and Wednesday do not count. Thursday the 5th is the first of five days: due on the 11th.
    ['2026-03-03', { type: 'PAUSED', question: '请补充合同', longestDays: 30 }],
    ['2026-03-05', { type: 'RESUMED', reason: '已补充' }],
    // Three more: the 12th, 13th and 16th.
    ['2026-03-05', { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '需上级批复' }],
    ['2026-03-05', { type: 'EXTENSION_RULED', granted: true, workingDays: 3, reason: '同意' }],
  ];
  const due = (): string | null => {
    const clock = decidingClock(aCase(MONDAY, happened));
    return clock && lastDayInTime(clock, calendar);
  };
  const handOn = (day: string, lead: string): void => {
    const view = aCase(MONDAY, happened);
    const assignment = withWhatIsLeft(view, anAssignment({ lead, answerDays: 5 }), { calendar, today: day });
    happened.push([day, { type: 'TRANSFERRED', assignment }]);
  };
  expect(due()).toBe('2026-03-16');
  // JRB has used Thursday and Friday of eight.
  handOn('2026-03-06', 'RSJ');
  expect(due()).toBe('2026-03-13');
  // RSJ has used Monday; JRB has six left: the 10th to the 13th, the 16th, the 17th.
  handOn('2026-03-09', 'JRB');
  expect(due()).toBe('2026-03-17');
  // JRB has used Tuesday; RSJ has four left: the 11th to the 13th, the 16th.
  handOn('2026-03-10', 'RSJ');
  expect(due()).toBe('2026-03-16');
  expect(aCase(MONDAY, happened).transfers).toBe(3);
  // Merged while it was RSJ's and taken apart again a week later, it is as late as it would have been.
  happened.push(['2026-03-11', { type: 'MERGED', into: 'SQ2026-000009', reason: '同一事项' }]);
  expect(decidingClock(aCase(MONDAY, happened))?.stoppedOn).toBe('2026-03-11');
  happened.push(['2026-03-18', { type: 'MERGE_UNDONE', reason: '并非同一事项' }]);
  expect(due()).toBe('2026-03-16');
  // And back at JRB, which has five left: the 19th, 20th, 23rd, 24th, 25th.
  handOn('2026-03-18', 'JRB');
  expect(due()).toBe('2026-03-25');
  expect(judgeMove(aCase(MONDAY, [...happened, ['2026-03-18', accepted]]), 'PAUSED', ['LEAD']).legal).toBe(false);
  expect(judgeMove(aCase(MONDAY, [...happened, ['2026-03-18', accepted]]), 'EXTENSION_REQUESTED', ['LEAD']).legal).toBe(
    false,
  );
});

it('a case that waits when it is handed on and comes back no longer waits', () => {
  const view = aCase(MONDAY, [
    [MONDAY, assigned()],
    [MONDAY, accepted],
    ['2026-03-03', { type: 'PAUSED', question: '请补充合同', longestDays: 30 }],
    ['2026-03-04', transferred('RSJ')],
    ['2026-03-05', transferred('JRB')],
  ]);
  const clock = decidingClock(view);
  // The 6th, 9th, 10th, 11th and 12th.
  expect([view.status, view.question, clock && lastDayInTime(clock, calendar)]).toEqual([
    'ASSIGNED',
    null,
    '2026-03-12',
  ]);
});

describe('a department that had a case before', () => {
  const before: readonly Happening[] = [
    [MONDAY, assigned()],
    [MONDAY, accepted],
    ['2026-03-03', { type: 'PAUSED', question: '请补充合同', longestDays: 30 }],
    ['2026-03-05', { type: 'RESUMED', reason: '已补充' }],
    ['2026-03-05', { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '需上级批复' }],
    ['2026-03-05', { type: 'EXTENSION_RULED', granted: true, workingDays: 3, reason: '同意' }],
    ['2026-03-06', transferred('RSJ')],
  ];

  it('asks neither the enterprise nor for more time a second time', () => {
    expect(aCase(MONDAY, [...before, ['2026-03-09', transferred('JRB')]])).toMatchObject({
      ...{ status: 'ASSIGNED', extendedBy: 3, extensionsAsked: 1, transfers: 2, assignedOn: '2026-03-09' },
      ...{ firstContactOn: null, question: null, pendingExtension: null, isBinding: false },
    });
    const clock = aCase(MONDAY, [...before, ['2026-03-09', transferred('JRB')]]).clocks.at(-1);
    expect(clock).toEqual({
      ...{ kind: 'ANSWER', startedBy: 9, startedOn: '2026-03-09', budget: 5, stoppedOn: null },
      pauses: [{ from: '2026-03-03', to: '2026-03-05', until: '2026-04-02' }],
    });
  });

  it('takes neither from another one', () => {
    const view = aCase(MONDAY, before);
    expect(view).toMatchObject({ extendedBy: 0, extensionsAsked: 0, transfers: 1 });
    expect(view.clocks.at(-1)).toMatchObject({ startedBy: 8, pauses: [] });
    expect(view.formerHands).toMatchObject([
      {
        lead: 'JRB',
        extendedBy: 3,
        extensionsAsked: 1,
        clock: { kind: 'EXTENSION', budget: 8, stoppedOn: '2026-03-06' },
      },
    ]);
  });

  it('has been none at the desk', () => {
    expect(aCase(MONDAY, [[MONDAY, assigned()]]).formerHands).toEqual([]);
    expect(
      aCase(MONDAY, [
        [MONDAY, assigned()],
        [MONDAY, returned],
      ]).formerHands,
    ).toHaveLength(1);
  });
});
