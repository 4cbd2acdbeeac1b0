import { clockId, decidingClock, openCheck } from '../../../subgraphs/cases/src/domain/case-view.js';
import type { CaseChange } from '../../../subgraphs/cases/src/domain/case-event.js';
import { replay } from '../../../subgraphs/cases/src/domain/history.js';
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

const DAY = '2026-03-02';
const handled: Happening[] = [
  [DAY, assigned()],
  [DAY, accepted],
];
/** The case after what is usual and one more change, on 4 March. */
const after = (change: CaseChange, before: readonly Happening[] = handled) =>
  aCase(DAY, [...before, ['2026-03-04', change]]);

describe('what an event makes of a case', () => {
  it('a step: handling has begun', () => {
    expect(after({ type: 'STEP_RECORDED', note: '现场会商' })).toMatchObject({
      status: 'IN_PROGRESS',
      version: 4,
      updatedAt: '2026-03-04T04:00:00.000Z',
    });
  });

  it('the first contact: its clock stops and no other; a later contact keeps the first day', () => {
    const view = after(contacted);
    expect(view).toMatchObject({ status: 'IN_PROGRESS', firstContactOn: '2026-03-04' });
    expect(view.clocks.map(({ kind, stoppedOn }) => [kind, stoppedOn])).toEqual([
      ['TRIAGE', DAY],
      ['FIRST_CONTACT', '2026-03-04'],
      ['ANSWER', null],
    ]);
    expect(aCase(DAY, [...handled, ['2026-03-03', contacted], ['2026-03-04', contacted]]).firstContactOn).toBe(
      '2026-03-03',
    );
  });

  it('a question and its withdrawal: all running clocks wait, then run', () => {
    const asked = after({ type: 'PAUSED', question: '请补充合同' });
    expect(asked).toMatchObject({ status: 'WAITING', question: '请补充合同', firstContactOn: '2026-03-04' });
    expect(asked.clocks.map(({ kind, pauses }) => [kind, pauses])).toEqual([
      ['TRIAGE', []],
      ['FIRST_CONTACT', []],
      ['ANSWER', [{ from: '2026-03-04', to: null }]],
    ]);
    const resumed = aCase(DAY, [
      ...handled,
      ['2026-03-04', { type: 'PAUSED', question: '请补充合同' }],
      ['2026-03-09', { type: 'RESUMED', reason: '不再需要' }],
    ]);
    expect(resumed).toMatchObject({ status: 'IN_PROGRESS', question: null });
    expect(decidingClock(resumed)?.pauses).toEqual([{ from: '2026-03-04', to: '2026-03-09' }]);
  });

  it('a supplement: kept with its links, in order, and the status stays unless an answer was awaited', () => {
    const view = aCase(DAY, [
      ...handled,
      ['2026-03-04', { type: 'SUPPLEMENTED', text: '补充一', attachments: ['https://f.example.cn/1'] }],
      ['2026-03-05', { type: 'SUPPLEMENTED', text: '补充二', attachments: [] }],
    ]);
    expect(view.status).toBe('ACCEPTED');
    expect(view.supplements).toEqual([
      { at: '2026-03-04T04:00:00.000Z', text: '补充一', attachments: ['https://f.example.cn/1'] },
      { at: '2026-03-05T04:00:00.000Z', text: '补充二', attachments: [] },
    ]);
  });

  it('an extension: asked for, refused without effect, granted with its days', () => {
    const request: CaseChange = { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '需上级批复' };
    expect(after(request).pendingExtension).toEqual({ workingDays: 3, reason: '需上级批复' });
    const ruled = (granted: boolean) =>
      aCase(DAY, [
        ...handled,
        ['2026-03-04', request],
        ['2026-03-05', { type: 'EXTENSION_RULED', granted, workingDays: granted ? 3 : 0, reason: '意见' }],
      ]);
    expect(ruled(false)).toMatchObject({ pendingExtension: null, extendedBy: 0 });
    expect(decidingClock(ruled(false))).toMatchObject({ kind: 'ANSWER', budget: 5, stoppedOn: null });
    expect(ruled(true)).toMatchObject({ pendingExtension: null, extendedBy: 3 });
    expect(decidingClock(ruled(true))).toMatchObject({
      kind: 'EXTENSION',
      startedBy: 5,
      startedOn: DAY,
      budget: 8,
      stoppedOn: null,
    });
    expect(ruled(true).clocks.find(({ kind }) => kind === 'ANSWER')?.stoppedOn).toBe('2026-03-05');
  });

  it('an answer: every clock stops, what was asked or requested is settled', () => {
    const view = aCase(DAY, [
      ...handled,
      ['2026-03-03', { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '批复' }],
      ['2026-03-03', { type: 'PAUSED', question: '合同' }],
      ['2026-03-04', resolvedWith('已办理')],
    ]);
    expect(view).toMatchObject({
      status: 'RESOLVED',
      answer: '已办理',
      resolvedOn: '2026-03-04',
      pendingExtension: null,
      question: null,
      firstContactOn: '2026-03-03',
    });
    expect(view.clocks.every(({ stoppedOn }) => stoppedOn !== null)).toBe(true);
    expect(after(resolvedWith(), [[DAY, assigned()]]).firstContactOn).toBe('2026-03-04');
  });

  it('a check: opened, then found; only the open one gets the finding, and a bad finding reopens', () => {
    const answered: Happening[] = [...handled, ['2026-03-03', resolvedWith()], ['2026-03-03', rated(2, 2)]];
    const opened: Happening[] = [
      ...answered,
      ['2026-03-03', { type: 'CHECK_OPENED', cause: 'BAD_RATING', drawId: null }],
    ];
    expect(openCheck(aCase(DAY, opened))).toEqual({
      cause: 'BAD_RATING',
      drawId: null,
      openedOn: '2026-03-03',
      outcome: null,
      finding: null,
    });
    const confirmed = after({ type: 'CHECK_FOUND', outcome: 'CONFIRMED', finding: '属实', answerDays: 5 }, opened);
    expect(confirmed.status).toBe('RATED');
    expect(openCheck(confirmed)).toBeNull();
    const again = aCase(DAY, [
      ...opened,
      ['2026-03-04', { type: 'CHECK_FOUND', outcome: 'CONFIRMED', finding: '属实', answerDays: 5 }],
      ['2026-03-05', { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId: 'D1' }],
      ['2026-03-06', { type: 'CHECK_FOUND', outcome: 'NOT_RESOLVED', finding: '未解决', answerDays: 7 }],
    ]);
    expect(again.checks.map(({ drawId, outcome, finding }) => [drawId, outcome, finding])).toEqual([
      [null, 'CONFIRMED', '属实'],
      ['D1', 'NOT_RESOLVED', '未解决'],
    ]);
    expect(again).toMatchObject({ status: 'REOPENED', reopenings: 1, rating: null, resolvedOn: null });
    expect(decidingClock(again)).toMatchObject({ kind: 'ANSWER', budget: 7, startedOn: '2026-03-06', stoppedOn: null });
  });

  it('urging, supervision, escalation: counted, kept, set', () => {
    const view = aCase(DAY, [
      ...handled,
      ['2026-03-03', { type: 'URGED', note: '请尽快' }],
      ['2026-03-03', { type: 'URGED', note: '再催' }],
      ['2026-03-04', { type: 'SUPERVISED', instruction: '三日办结', dueOn: '2026-03-06' }],
      ['2026-03-04', { type: 'ESCALATED', level: 'LEADERSHIP', reason: '群体' }],
    ]);
    expect(view).toMatchObject({
      urges: 2,
      supervision: { instruction: '三日办结', dueOn: '2026-03-06', orderedOn: '2026-03-04' },
      escalation: 'LEADERSHIP',
      status: 'ACCEPTED',
    });
  });

  it('a referral and its conclusion: the other referral is left as it is', () => {
    const refer = (referralId: string): CaseChange => ({
      type: 'REFERRED',
      referralId,
      department: 'JWJW',
      reason: '推诿',
      evidence: ['https://e.example.cn/1'],
    });
    const view = aCase(DAY, [
      ...handled,
      ['2026-03-03', refer('R1')],
      ['2026-03-03', refer('R2')],
      ['2026-03-09', { type: 'REFERRAL_CONCLUDED', referralId: 'R2', outcome: 'CLEARED', note: '澄清' }],
    ]);
    const plain = {
      department: 'JWJW',
      reason: '推诿',
      evidence: ['https://e.example.cn/1'],
      referredOn: '2026-03-03',
    };
    expect(view.referrals).toMatchObject([
      { referralId: 'R1', ...plain, outcome: null, note: null, concludedOn: null },
      { referralId: 'R2', ...plain, outcome: 'CLEARED', note: '澄清', concludedOn: '2026-03-09' },
    ]);
  });

  it('an escalation for being overdue: each clock is remembered by kind and start', () => {
    const view = after({ type: 'OVERDUE_ESCALATED', clock: 'ANSWER#2', dueOn: '2026-03-09' });
    expect(view.overdueEscalations).toEqual(['ANSWER#2']);
    expect(
      clockId(
        decidingClock(view) ??
          view.clocks[0] ?? { kind: 'TRIAGE', startedBy: 0, startedOn: DAY, budget: 0, pauses: [], stoppedOn: null },
      ),
    ).toBe('ANSWER#2');
  });

  it('withdrawal: closed that day, no clock runs on, nothing is pending', () => {
    const view = aCase(DAY, [
      ...handled,
      ['2026-03-03', { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '批复' }],
      ['2026-03-04', { type: 'WITHDRAWN', reason: '已解决' }],
    ]);
    expect(view).toMatchObject({ status: 'WITHDRAWN', closedOn: '2026-03-04', pendingExtension: null });
    expect(view.clocks.every(({ stoppedOn }) => stoppedOn !== null)).toBe(true);
  });

  it('the third return: the coordinator rules, and the ruling binds', () => {
    const bounced: Happening[] = [
      [DAY, assigned()],
      [DAY, returned],
      [DAY, assigned()],
      [DAY, returned],
      [DAY, assigned()],
    ];
    expect(aCase(DAY, bounced.slice(0, 4))).toMatchObject({ status: 'RETURNED', returns: 2, assignedOn: null });
    expect(aCase(DAY, [...bounced, [DAY, returned]])).toMatchObject({ status: 'AWAITING_RULING', returns: 3 });
    expect(
      aCase(DAY, [...bounced, [DAY, returned], [DAY, { type: 'RULED', assignment: anAssignment({ lead: 'RSJ' }) }]]),
    ).toMatchObject({ status: 'ASSIGNED', isBinding: true, assignment: { lead: 'RSJ' } });
    expect(aCase(DAY, bounced).isBinding).toBe(false);
  });
});

describe('a broken history', () => {
  it.each([
    [
      'an event that follows another than the last',
      aHistory(DAY, [
        [DAY, assigned()],
        [DAY, accepted],
      ]).filter(({ seq }) => seq !== 2),
      'case SQ2026-000001: event 3 follows event 1',
    ],
    [
      'a first event that is not the first',
      aHistory(DAY).map((event) => ({ ...event, seq: 2 })),
      'case SQ2026-000001: the first event has number 2',
    ],
    ['no submission', aHistory(DAY, [[DAY, assigned()]]).slice(1), 'the first event of a case must be SUBMITTED'],
    [
      'a second submission',
      [...aHistory(DAY), ...aHistory(DAY).map((event) => ({ ...event, seq: 2 }))],
      'case SQ2026-000001 is submitted twice',
    ],
  ])('is named: %s', (_what, events, message) => {
    expect(() => replay(events)).toThrow(expect.objectContaining({ name: 'BrokenHistoryError', message }) as Error);
  });
});
