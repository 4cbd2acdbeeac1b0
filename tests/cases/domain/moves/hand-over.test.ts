import { nationalCalendar } from '@zhitong/kit';
import type { CaseView } from '../../../../subgraphs/cases/src/domain/case-view.js';
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
