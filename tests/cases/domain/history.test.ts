import { nationalCalendar } from '@zhitong/kit';
import fc from 'fast-check';

import { caseFigures } from '../../../subgraphs/cases/src/domain/case-figures.js';
import type { CaseChange } from '../../../subgraphs/cases/src/domain/case-event.js';
import { decidingClock, STATUSES } from '../../../subgraphs/cases/src/domain/case-view.js';
import { readClock } from '../../../subgraphs/cases/src/domain/deadline.js';
import { applyEvent, BrokenHistoryError, replay } from '../../../subgraphs/cases/src/domain/history.js';
import { judgeMove } from '../../../subgraphs/cases/src/domain/lifecycle.js';
import { TRANSITIONS } from '../../../subgraphs/cases/src/domain/moves/transitions.js';
import {
  accepted,
  aCase,
  aHistory,
  anAssignment,
  assigned,
  contacted,
  rated,
  resolvedWith,
  returned,
  type Happening,
} from '../support/a-case.js';

const calendar = nationalCalendar();
const figures = (day: string, happenings: readonly Happening[]) => caseFigures(aCase(day, happenings), calendar);

describe('replaying a history', () => {
  it('gives the same view whether events come at once or one by one', () => {
    const events = aHistory('2026-03-02', [
      ['2026-03-03', assigned()],
      ['2026-03-03', accepted],
      ['2026-03-04', contacted],
      ['2026-03-06', resolvedWith()],
      ['2026-03-09', rated(5, 5)],
    ]);
    expect(events.slice(4).reduce(applyEvent, replay(events.slice(0, 4)))).toEqual(replay(events));
  });

  it('numbers the version after the last event', () => {
    expect(aCase('2026-03-02', [['2026-03-03', assigned()]]).version).toBe(2);
  });

  it.each([
    ['nothing', []],
    ['a history without its beginning', aHistory('2026-03-02', [['2026-03-03', assigned()]]).slice(1)],
    [
      'a gap',
      aHistory('2026-03-02', [
        ['2026-03-03', assigned()],
        ['2026-03-03', accepted],
      ]).filter((event) => event.seq !== 2),
    ],
    ['a change that nobody has heard of', aHistory('2026-03-02', [['2026-03-02', { type: 'UNHEARD_OF' } as never]])],
    ['two beginnings', [...aHistory('2026-03-02'), ...aHistory('2026-03-02').map((event) => ({ ...event, seq: 2 }))]],
  ])('refuses %s', (_what, events) => {
    expect(() => replay(events)).toThrow(BrokenHistoryError);
  });

  it('drops the clocks of a department that returned the case and starts triage anew', () => {
    const view = aCase('2026-03-02', [
      ['2026-03-02', assigned()],
      ['2026-03-04', returned],
    ]);
    expect(view).toMatchObject({ status: 'RETURNED', returns: 1, assignment: null });
    expect(readClock(decidingClock(view) ?? view.clocks[0] ?? neverMissing(), calendar, '2026-03-04')).toMatchObject({
      dueOn: '2026-03-05',
    });
  });

  it('hands a case that was answered at the desk back to the desk when it is reopened', () => {
    const view = aCase('2026-03-02', [
      ['2026-03-02', { type: 'ANSWERED_DIRECTLY', answer: '政策依据见附件，可直接办理' }],
      ['2026-03-05', { type: 'REOPENED', reason: '仍然无法办理', answerDays: 15 }],
    ]);
    expect(view).toMatchObject({ status: 'RECEIVED', resolvedOn: null, reopenings: 1, answeredDirectly: false });
  });

  it('brings an overdue case to the coordinator, never back down from a higher level', () => {
    const mark: CaseChange = { type: 'OVERDUE_ESCALATED', clock: 'ANSWER#2', dueOn: '2026-03-09' };
    expect(
      aCase('2026-03-02', [
        ['2026-03-02', assigned()],
        ['2026-03-10', mark],
      ]).escalation,
    ).toBe('COORDINATOR');
    expect(
      aCase('2026-03-02', [
        ['2026-03-02', assigned()],
        ['2026-03-05', { type: 'ESCALATED', level: 'LEADERSHIP', reason: '反映强烈' }],
        ['2026-03-10', mark],
      ]).escalation,
    ).toBe('LEADERSHIP');
  });

  it('runs again when the enterprise supplements what was asked', () => {
    const view = aCase('2026-03-02', [
      ['2026-03-02', assigned()],
      ['2026-03-02', accepted],
      ['2026-03-04', { type: 'PAUSED', question: '请补充合同' }],
      ['2026-03-11', { type: 'SUPPLEMENTED', text: '合同已补充', attachments: [] }],
    ]);
    expect(view).toMatchObject({ status: 'IN_PROGRESS', question: null });
    expect(caseFigures(view, calendar).lastDayInTime).toBe('2026-03-16');
  });

  it('never reaches a status that the table does not allow, whatever legal moves are made', () => {
    const changes: Record<string, CaseChange> = {
      ANSWERED_DIRECTLY: { type: 'ANSWERED_DIRECTLY', answer: '答复' },
      ASSIGNED: assigned(),
      RULED: { type: 'RULED', assignment: anAssignment() },
      ACCEPTED: accepted,
      RETURNED: returned,
      CONTACTED: contacted,
      STEP_RECORDED: { type: 'STEP_RECORDED', note: '会商' },
      PAUSED: { type: 'PAUSED', question: '补充' },
      RESUMED: { type: 'RESUMED', reason: '已补充' },
      SUPPLEMENTED: { type: 'SUPPLEMENTED', text: '补充', attachments: [] },
      EXTENSION_REQUESTED: { type: 'EXTENSION_REQUESTED', workingDays: 5, reason: '复杂' },
      EXTENSION_RULED: { type: 'EXTENSION_RULED', granted: true, workingDays: 5, reason: '同意' },
      RESOLVED: resolvedWith(),
      RATED: rated(2, 2),
      CHECK_OPENED: { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId: null },
      CHECK_FOUND: { type: 'CHECK_FOUND', outcome: 'NOT_RESOLVED', finding: '未落实', answerDays: 15 },
      REOPENED: { type: 'REOPENED', reason: '不满意', answerDays: 15 },
      CLOSED: { type: 'CLOSED', reason: '办结' },
      TRANSFERRED: { type: 'TRANSFERRED', assignment: anAssignment({ lead: 'RSJ' }) },
      RECATEGORISED: { type: 'RECATEGORISED', category: 'ARREARS', reason: '属拖欠账款' },
      CORRECTED: { type: 'CORRECTED', correction: { labels: ['续贷'] }, reason: '漏登' },
      NOTED: { type: 'NOTED', note: '注意时限' },
      DECLINED: { type: 'DECLINED', competent: '法院', reason: '已起诉' },
      CLOSE_UNDONE: { type: 'CLOSE_UNDONE', reason: '误操作' },
      MERGED: { type: 'MERGED', into: 'SQ2026-000002', reason: '重复' },
      MERGE_UNDONE: { type: 'MERGE_UNDONE', reason: '两件事' },
      RELEASED: { type: 'RELEASED', from: 'SQ2026-000003', reason: '两件事' },
      EVALUATED: {
        type: 'EVALUATED',
        settlement: 'SETTLED',
        cause: 'OTHER',
        isCommon: false,
        measure: null,
        note: '已落实',
      },
      ABSORBED: { type: 'ABSORBED', from: 'SQ2026-000003', title: '续贷', text: '同上' },
      SPLIT: { type: 'SPLIT', into: 'SQ2026-000004', reason: '两件事' },
      SUPERVISION_REPORTED: { type: 'SUPERVISION_REPORTED', note: '已办' },
      SUPERVISION_CONCLUDED: { type: 'SUPERVISION_CONCLUDED', fulfilled: true, note: '属实' },
      DUTIES_AMENDED: {
        type: 'DUTIES_AMENDED',
        responsibilities: [{ department: 'CZJ', duty: '配合' }],
        reason: '增加单位',
      },
      DUTY_REPORTED: { type: 'DUTY_REPORTED', result: '已配合' },
      ASSISTANCE_RATED: { type: 'ASSISTANCE_RATED', department: 'CZJ', grade: 4, reason: null },
      LANE_CHANGED: {
        type: 'LANE_CHANGED',
        lane: 'URGENT',
        clock: { answerDays: 2, isAnew: true },
        reason: '急事',
      },
      URGED: { type: 'URGED', note: '请尽快' },
      SUPERVISED: { type: 'SUPERVISED', instruction: '限期', dueOn: '2026-04-01' },
    };
    const names = Object.keys(changes);
    fc.assert(
      fc.property(fc.array(fc.nat(names.length - 1), { maxLength: 25 }), (steps) => {
        let view = aCase('2026-03-02');
        for (const step of steps) {
          const row = TRANSITIONS.find((candidate) => candidate.move === names[step]);
          const change = changes[names[step] ?? ''];
          if (!row || !change || !judgeMove(view, row.move, row.by).legal) continue;
          const next = applyEvent(view, {
            caseNumber: view.caseNumber,
            seq: view.version + 1,
            at: '2026-03-03T04:00:00.000Z',
            by: { sub: 'x', party: 'SYSTEM', department: null, uscc: null },
            change,
          });
          const isAllowed =
            STATUSES.some((status) => status === next.status) &&
            (row.to.some((to) => to === next.status) || (row.to.includes('UNCHANGED') && next.status === view.status));
          if (!isAllowed) return false;
          view = next;
        }
        return true;
      }),
    );
  });
});

describe('the figures of a case', () => {
  it.each([
    [
      'a fresh one waits for triage',
      [],
      { lastDayInTime: '2026-03-03', answeredInTime: null, lastDayForContact: null },
    ],
    [
      'an assigned one has two clocks',
      [['2026-03-03', assigned()]],
      { lastDayInTime: '2026-03-10', lastDayForContact: '2026-03-05' },
    ],
    [
      'one answered on the last day is in time',
      [
        ['2026-03-03', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-10', resolvedWith()],
      ],
      { lastDayInTime: null, answeredInTime: true },
    ],
    [
      'one answered a day later is not',
      [
        ['2026-03-03', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-05', contacted],
        ['2026-03-11', resolvedWith()],
      ],
      { answeredInTime: false },
    ],
    [
      'an extension is on time until its own day',
      [
        ['2026-03-03', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-05', contacted],
        ['2026-03-09', { type: 'EXTENSION_REQUESTED', workingDays: 5, reason: '复杂' }],
        ['2026-03-10', { type: 'EXTENSION_RULED', granted: true, workingDays: 5, reason: '同意' }],
        ['2026-03-17', resolvedWith()],
      ],
      { answeredInTime: true },
    ],
    [
      'a refused extension changes nothing',
      [
        ['2026-03-03', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-09', { type: 'EXTENSION_REQUESTED', workingDays: 5, reason: '复杂' }],
        ['2026-03-10', { type: 'EXTENSION_RULED', granted: false, workingDays: 0, reason: '不同意' }],
      ],
      { lastDayInTime: '2026-03-10' },
    ],
    [
      'a withdrawn one owes nothing',
      [['2026-03-20', { type: 'WITHDRAWN', reason: '已解决' }]],
      { lastDayInTime: null, answeredInTime: null },
    ],
    [
      'a reopened one has fifteen days',
      [
        ['2026-03-03', assigned()],
        ['2026-03-04', accepted],
        ['2026-03-05', resolvedWith()],
        ['2026-03-09', { type: 'REOPENED', reason: '不满意', answerDays: 15 }],
      ],
      { lastDayInTime: '2026-03-30', answeredInTime: null },
    ],
  ] as [string, Happening[], object][])('%s', (_what, happenings, expected) => {
    expect(figures('2026-03-02', happenings)).toMatchObject(expected);
  });

  it('say when the due day is not known yet', () => {
    expect(figures('2026-12-29', [['2026-12-30', assigned()]])).toMatchObject({
      lastDayInTime: null,
      isDueDayUnknown: true,
    });
  });
});

const neverMissing = (): never => {
  throw new Error('the case has no clock');
};
