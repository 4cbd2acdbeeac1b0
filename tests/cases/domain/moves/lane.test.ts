import { nationalCalendar } from '@zhitong/kit';
import type { CaseView } from '../../../../subgraphs/cases/src/domain/case-view.js';
import { laneVerdict } from '../../../../subgraphs/cases/src/domain/moves/lane.js';
import { serviceTermsOn } from '../../../../subgraphs/cases/src/domain/service-terms.js';
import type { Lane } from '../../../../subgraphs/cases/src/domain/taxonomy.js';
import { accepted, aCase, assigned, type Happening } from '../../support/a-case.js';

// An urgent case has 2 working days, an ordinary one 5, a joint one 15. 2 March 2026 is a Monday.
const terms = serviceTermsOn('2026-03-02');
const calendar = nationalCalendar();
const verdict = (view: CaseView, lane: Lane, today: string, own = terms) =>
  laneVerdict(view, lane, { terms: own, calendar, today });

const MONDAY = '2026-03-02';
const ordinary = aCase(MONDAY, [[MONDAY, assigned({ assisting: ['CZJ'] })]]);
const alone = aCase(MONDAY, [[MONDAY, assigned()]]);
const hurried: readonly Happening[] = [
  [MONDAY, assigned({ assisting: ['CZJ'] })],
  [
    '2026-03-03',
    { type: 'LANE_CHANGED', lane: 'URGENT', clock: { answerDays: 2, isAnew: true }, reason: '企业停产在即' },
  ],
];

describe('the answer clock in another lane', () => {
  it.each<[string, Lane, string, object | null]>([
    ['a longer term counts from the assignment', 'JOINT', '2026-03-05', { answerDays: 15, isAnew: false }],
    // Two working days from Wednesday end on Friday, before Monday the 9th, on which the five end.
    ['a shorter one counts from the day of the change', 'URGENT', '2026-03-04', { answerDays: 2, isAnew: true }],
    ['a shorter one that would end on the same day changes nothing', 'URGENT', '2026-03-05', null],
    ['nor does one that would end later', 'URGENT', '2026-03-06', null],
    [
      'on the last day itself a longer term is still possible',
      'JOINT',
      '2026-03-09',
      { answerDays: 15, isAnew: false },
    ],
  ])('%s', (_what, lane, today, clock) => {
    expect(verdict(ordinary, lane, today)).toEqual({ ok: true, clock });
  });

  it.each<[string, CaseView, Lane, string, string, string]>([
    ['in the lane already', ordinary, 'ORDINARY', '2026-03-03', 'lane', 'the case is ORDINARY already'],
    ['of one department', alone, 'JOINT', '2026-03-03', 'lane', 'JOINT needs at least one assisting department'],
    ['overdue', ordinary, 'JOINT', '2026-03-10', 'caseNumber', 'an answer that is overdue keeps its term'],
    ['overdue', ordinary, 'URGENT', '2026-03-10', 'caseNumber', 'an answer that is overdue keeps its term'],
  ])('a case that is %s stays as it is', (_what, view, lane, today, path, reason) => {
    expect(verdict(view, lane, today)).toMatchObject({ ok: false, path, why: { message: reason } });
  });

  it('a case of one department may become urgent', () => {
    expect(verdict(alone, 'URGENT', '2026-03-03')).toEqual({ ok: true, clock: { answerDays: 2, isAnew: true } });
  });

  it('who comes back to the longer term has it from the assignment, not from the hurry', () => {
    expect(verdict(aCase(MONDAY, hurried), 'ORDINARY', '2026-03-04')).toEqual({
      ok: true,
      clock: { answerDays: 5, isAnew: false, countedFrom: MONDAY },
    });
  });

  it('a term of equal length runs on', () => {
    const equal = { ...terms, answerDays: { ...terms.answerDays, URGENT: 5 } };
    expect(verdict(ordinary, 'URGENT', '2026-03-04', equal)).toEqual({
      ok: true,
      clock: { answerDays: 5, isAnew: false },
    });
  });

  it('a shorter term begins anew where the calendar does not tell when the longer one ends', () => {
    // The calendar of 2027 is not published: five working days from Friday 25 December end in it, two from Monday do
    // not.
    const atYearsEnd = aCase('2026-12-25', [['2026-12-25', assigned()]]);
    expect(verdict(atYearsEnd, 'URGENT', '2026-12-28')).toEqual({ ok: true, clock: { answerDays: 2, isAnew: true } });
    expect(verdict(atYearsEnd, 'URGENT', '2026-12-31')).toEqual({ ok: true, clock: { answerDays: 2, isAnew: true } });
  });

  it('a case without a clock changes its lane alone', () => {
    expect(verdict({ ...ordinary, clocks: [] }, 'URGENT', '2026-03-04')).toEqual({ ok: true, clock: null });
  });
});

describe('what a change of lane makes of a case', () => {
  const changed = (
    clock: { answerDays: number; isAnew: boolean; countedFrom?: string } | null,
    before: Happening[] = [],
  ) =>
    aCase(MONDAY, [
      [MONDAY, assigned()],
      [MONDAY, accepted],
      ...before,
      ['2026-03-04', { type: 'LANE_CHANGED', lane: 'URGENT', clock, reason: '企业停产在即' }],
    ]);
  const clocksOf = (view: CaseView) =>
    view.clocks.map(({ kind, startedBy, startedOn, budget, stoppedOn }) => [
      kind,
      startedBy,
      startedOn,
      budget,
      stoppedOn,
    ]);
  const TRIAGE = ['TRIAGE', 1, MONDAY, 1, MONDAY];
  const CONTACT = ['FIRST_CONTACT', 2, MONDAY, 2, null];

  it('the lane alone, where no clock changes', () => {
    const view = changed(null);
    expect(view.assignment).toMatchObject({ lane: 'URGENT', answerDays: 5 });
    expect(clocksOf(view)).toEqual([TRIAGE, CONTACT, ['ANSWER', 2, MONDAY, 5, null]]);
  });

  it('a new answer clock in place of the old one, with the pauses that it had', () => {
    const view = changed({ answerDays: 2, isAnew: true }, [
      ['2026-03-03', { type: 'PAUSED', question: '请补充合同' }],
      ['2026-03-04', { type: 'RESUMED', reason: '已补充' }],
    ]);
    expect(view.assignment).toMatchObject({ lane: 'URGENT', answerDays: 2 });
    expect(clocksOf(view)).toEqual([
      TRIAGE,
      ['FIRST_CONTACT', 2, MONDAY, 2, '2026-03-03'],
      ['ANSWER', 2, MONDAY, 5, '2026-03-04'],
      ['ANSWER', 6, '2026-03-04', 2, null],
    ]);
    expect(view.clocks.at(-1)?.pauses).toEqual([{ from: '2026-03-03', to: '2026-03-04' }]);
  });

  it('another length of the clock that runs, from where it began or from a day that is told', () => {
    expect(clocksOf(changed({ answerDays: 15, isAnew: false }))).toEqual([
      TRIAGE,
      CONTACT,
      ['ANSWER', 2, MONDAY, 15, null],
    ]);
    expect(clocksOf(changed({ answerDays: 15, isAnew: false, countedFrom: '2026-02-27' }))).toEqual([
      TRIAGE,
      CONTACT,
      ['ANSWER', 2, '2026-02-27', 15, null],
    ]);
    expect(changed({ answerDays: 15, isAnew: false }).assignment?.answerDays).toBe(15);
  });

  it('nothing of a clock that has stopped', () => {
    const twice = aCase(MONDAY, [
      ...hurried,
      [
        '2026-03-04',
        { type: 'LANE_CHANGED', lane: 'ORDINARY', clock: { answerDays: 5, isAnew: false }, reason: '复核' },
      ],
    ]);
    expect(clocksOf(twice).slice(2)).toEqual([
      ['ANSWER', 2, MONDAY, 5, '2026-03-03'],
      ['ANSWER', 3, '2026-03-03', 5, null],
    ]);
  });
});
