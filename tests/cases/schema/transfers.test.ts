import { nationalCalendar } from '@zhitong/kit';
import { decidingClock } from '../../../subgraphs/cases/src/domain/case-view.js';
import { lastDayInTime } from '../../../subgraphs/cases/src/domain/deadline.js';
import { judgeMove } from '../../../subgraphs/cases/src/domain/lifecycle.js';
import { withWhatIsLeft } from '../../../subgraphs/cases/src/domain/moves/hand-over.js';
import { tick } from '../../../subgraphs/cases/src/usecases/overdue-job.js';
import { aCase, accepted, anAssignment, assigned, returned, type Happening } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { caseMoves } from '../support/moves.js';
import { freshKey, mutate, type Outcome } from '../support/mutations.js';

const calendar = nationalCalendar();
const { coordinator, officer } = people;
const { done, submitted } = caseMoves(() => cases);
let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, '2026-03-02')));
afterAll(async () => cases.close());

describe('a department that gets a case back', () => {
  /** Given to a department on a day by the rule, whatever the coordinator would like. */
  const given = (
    happened: Happening[],
    day: string,
    lead: string,
    type: 'TRANSFERRED' | 'ASSIGNED' = 'TRANSFERRED',
  ) => {
    const view = aCase('2026-03-02', happened);
    const assignment = withWhatIsLeft(view, anAssignment({ lead, reason: '职责' }), { calendar, today: day });
    happened.push([day, { type, assignment }]);
    return assignment.answerDays;
  };
  const due = (happened: readonly Happening[]): string | null => {
    const clock = decidingClock(aCase('2026-03-02', happened));
    return clock && lastDayInTime(clock, calendar);
  };

  it('has the days that it had left, and no new ones, however often it goes from hand to hand', () => {
    // Assigned on Monday the 2nd with five working days: the 9th. Handed on on the 4th, after two of them.
    const happened: Happening[] = [['2026-03-02', assigned({ lead: 'JXJ' })]];
    expect(given(happened, '2026-03-04', 'RSJ')).toBe(5);
    expect(due(happened)).toBe('2026-03-11');
    expect(given(happened, '2026-03-06', 'JXJ')).toBe(3);
    expect(due(happened)).toBe('2026-03-11');
    // The other one has used two as well; then each has one day less each day, until nothing is left.
    expect(given(happened, '2026-03-09', 'RSJ')).toBe(3);
    expect(given(happened, '2026-03-10', 'JXJ')).toBe(2);
    expect(given(happened, '2026-03-12', 'RSJ')).toBe(2);
    expect(given(happened, '2026-03-13', 'JXJ')).toBe(0);
    expect(due(happened)).toBe('2026-03-13');
    expect(given(happened, '2026-03-20', 'JRB')).toBe(5);
  });

  it('does not get days back by returning it, and asks neither the enterprise nor for more time again', () => {
    const happened: Happening[] = [
      ['2026-03-02', assigned({ lead: 'JXJ' })],
      ['2026-03-02', accepted],
      ['2026-03-03', { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '会商' }],
      ['2026-03-03', { type: 'EXTENSION_RULED', granted: true, workingDays: 3, reason: '同意' }],
      ['2026-03-04', { type: 'PAUSED', question: '请补充合同' }],
      ['2026-03-05', { type: 'SUPPLEMENTED', text: '合同已补充', attachments: [] }],
    ];
    given(happened, '2026-03-06', 'RSJ');
    happened.push(['2026-03-06', returned]);
    // Five and three granted ones, of which the 3rd, the 5th and the 6th have passed: the 4th was waited for.
    expect(given(happened, '2026-03-09', 'JXJ', 'ASSIGNED')).toBe(5);
    happened.push(['2026-03-09', accepted]);
    const view = aCase('2026-03-02', happened);
    expect(judgeMove(view, 'PAUSED', ['LEAD']).legal).toBe(false);
    expect(judgeMove(view, 'EXTENSION_REQUESTED', ['LEAD']).legal).toBe(false);
  });

  it('begins anew once the case was answered and reopened', () => {
    const happened: Happening[] = [
      ['2026-03-02', assigned({ lead: 'JXJ' })],
      ['2026-03-02', accepted],
      ['2026-03-06', { type: 'RESOLVED', answer: '已办结' }],
      ['2026-03-09', { type: 'REOPENED', reason: '问题再次出现', answerDays: 15 }],
    ];
    expect(given(happened, '2026-03-10', 'RSJ')).toBe(5);
    expect(aCase('2026-03-02', happened)).toMatchObject({ transfers: 1 });
  });
});

describe('transfers by the coordinator', () => {
  it('are three; the last brings the case before the joint meeting, which decides from then on', async () => {
    let one = await done('assignCase', await submitted(), { lead: 'JXJ' }, coordinator);
    const reason = '职责调整';
    for (const [day, lead] of [
      ['2026-03-03', 'RSJ'],
      ['2026-03-04', 'JXJ'],
      ['2026-03-05', 'RSJ'],
    ] as const) {
      cases.at(day);
      one = await done('transferCase', one, { lead, reason }, coordinator, 'escalation');
    }
    expect(one).toMatchObject({ escalation: 'JOINT_MEETING' });
    cases.at('2026-03-06');
    const input = { caseNumber: one.caseNumber, expectedVersion: one.version, lead: 'JXJ', reason };
    expect((await mutate(cases, 'transferCase', input, coordinator)).outcome?.refusal).toMatchObject({
      code: 'CONFLICT',
      path: ['caseNumber'],
      message: expect.stringContaining('3 times already') as string,
      details: { most: '3', zh: expect.stringContaining('联席会议') as string },
    });
    const ask = async (name: string, type: string, more: object) =>
      (
        await cases.ask<Record<string, { meeting: { id: string; version: number; decisions: object[] } }>>(
          `mutation ($input: ${type}!) { ${name}(input: $input) { meeting { id version decisions { becameMove } } refusal { message } } }`,
          { input: { idempotencyKey: freshKey(), ...more } },
          coordinator,
        )
      ).data?.[name]?.meeting;
    const planned = await ask('planMeeting', 'PlanMeetingInput', {
      kind: 'MONTHLY_JOINT_MEETING',
      date: '2026-03-06',
      title: '三月联席会议',
    });
    const on = { meeting: planned?.id, expectedVersion: 1 };
    await ask('holdMeeting', 'HoldMeetingInput', { ...on, chairedBy: '分管副市长' });
    const decided = await ask('recordMeetingDecision', 'RecordMeetingDecisionInput', {
      ...on,
      expectedVersion: 2,
      caseNumber: one.caseNumber,
      department: 'JXJ',
      decision: '由经信局办理',
      dueOn: '2026-03-20',
      reassign: true,
    });
    expect(decided?.decisions).toEqual([{ becameMove: 'TRANSFERRED' }]);
    // The meeting gives no new days either: one on the 3rd, one on the 5th were used.
    const { data } = await cases.ask(`{ case(caseNumber: "${one.caseNumber}") { dueOn } }`, {}, officer('JXJ'));
    expect(data).toEqual({ case: { dueOn: '2026-03-11' } });
  });
});

describe('an order of supervision', () => {
  const taken = { channel: 'MAIL', uscc: people.owner.uscc };
  const beginning = async () => {
    const desk = officer('JRB');
    const first = await submitted(taken, desk);
    let one: NonNullable<Outcome['case']> = await submitted(taken, desk);
    one = await done('assignCase', one, { lead: 'JRB', reason: '职责' }, coordinator);
    const order = { instruction: '限期办结', dueOn: '2026-03-05' };
    return { desk, into: first.caseNumber, one: await done('superviseCase', one, order, coordinator) };
  };

  it('is not ended by the desk that handles the case as well, by merging it', async () => {
    cases.at('2026-03-02');
    const { desk, into, one } = await beginning();
    const merged = await mutate(
      cases,
      'mergeCase',
      { caseNumber: one.caseNumber, expectedVersion: one.version, into, reason: '同一事项' },
      desk,
    );
    expect(merged.outcome?.refusal).toMatchObject({ code: 'CONFLICT', details: { reason: 'SUPERVISED_APART' } });
  });

  it('goes on, and is overrun on its day, where a merging is undone', async () => {
    cases.at('2026-03-02');
    const { desk, into, one } = await beginning();
    const merged = await done('mergeCase', one, { into, reason: '同一事项' }, coordinator, 'supervision { endedOn }');
    expect(merged['supervision']).toEqual({ endedOn: '2026-03-02' });
    await done('undoCaseMerge', merged, { reason: '两回事' }, desk);
    cases.at('2026-03-06');
    await tick({ ...cases, clock: { now: () => new Date('2026-03-06T04:00:00Z') } });
    const { data } = await cases.ask(
      `{ case(caseNumber: "${one.caseNumber}") { escalation supervision { endedOn isOverdue } supervisions { endedOn } } }`,
      {},
      coordinator,
    );
    expect(data).toEqual({
      case: {
        escalation: 'JOINT_MEETING',
        supervision: { endedOn: null, isOverdue: true },
        supervisions: [{ endedOn: null }],
      },
    });
  });
});
