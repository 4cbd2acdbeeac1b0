import type { CaseChange, Party } from '../../../../subgraphs/cases/src/domain/case-event.js';
import type { CaseView } from '../../../../subgraphs/cases/src/domain/case-view.js';
import { replay } from '../../../../subgraphs/cases/src/domain/history.js';
import {
  accepted,
  aCase,
  aHistory,
  anAssignment,
  anAuthor,
  assigned,
  contacted,
  rated,
  resolvedWith,
  type Happening,
} from '../../support/a-case.js';

const DAY = '2026-03-02';
const NEXT = '2026-03-03';
const inHand: readonly Happening[] = [
  [DAY, assigned()],
  [DAY, accepted],
];
const answered: readonly Happening[] = [...inHand, [DAY, resolvedWith()]];
const closed: CaseChange = { type: 'CLOSED', reason: '办结' };
/** The case after some changes, all on the next day. */
const after = (before: readonly Happening[], ...changes: readonly CaseChange[]): CaseView =>
  aCase(DAY, [...before, ...changes.map((change): Happening => [NEXT, change])]);
/** The same, the last change made by somebody. */
const by = (party: Party, department: string | null, before: readonly Happening[], change: CaseChange): CaseView => {
  const events = aHistory(DAY, [...before, [NEXT, change]]);
  return replay(
    events.map((event, at) => (at < events.length - 1 ? event : { ...event, by: anAuthor(party, { department }) })),
  );
};

describe('a case that comes in', () => {
  it('has nothing but what was said, and the clock of the desk', () => {
    expect(aCase(DAY, [], { splitFrom: 'SQ2026-000009', triageDays: 1 })).toMatchObject({
      ...{ caseNumber: 'SQ2026-000001', version: 1, status: 'RECEIVED', receivedOn: DAY, splitFrom: 'SQ2026-000009' },
      ...{
        receivedAt: `${DAY}T04:00:00.000Z`,
        updatedAt: `${DAY}T04:00:00.000Z`,
        updatedForOffices: `${DAY}T04:00:00.000Z`,
      },
      ...{ updatedForOutside: `${DAY}T04:00:00.000Z`, notes: [], internalChanges: 0, declined: null, declines: 0 },
      ...{ mergedInto: null, beforeMerging: null, absorbed: [], splitInto: [], wording: null, supplements: [] },
      ...{ assignment: null, assignedOn: null, isBinding: false, formerHands: [], transfers: 0, returns: 0 },
      ...{ firstContactOn: null, question: null, pendingExtension: null, extendedBy: 0, extensionsAsked: 0 },
      ...{ answer: null, answeredDirectly: false, resolvedOn: null, rating: null, evaluation: null, checks: [] },
      ...{ checkers: [], reopenings: 0, closedOn: null, urges: 0, supervision: null, supervisions: [], duties: [] },
      ...{ escalation: 'NONE', overdueEscalations: [], referrals: [] },
      clocks: [{ kind: 'TRIAGE', startedBy: 1, startedOn: DAY, budget: 1, pauses: [], stoppedOn: null }],
    });
    expect(aCase(DAY).splitFrom).toBeNull();
    expect(aCase(DAY)).not.toHaveProperty('triageDays');
  });

  it('by the line of the secretary and the mayor is before them, by another one before nobody', () => {
    expect(aCase(DAY, [], { channel: 'LEADERS_LINE' }).escalation).toBe('LEADERSHIP');
    expect(aCase(DAY, [], { channel: 'LEADER_VISIT' }).escalation).toBe('NONE');
  });
});

describe('what the desk and the coordinator make of a case', () => {
  const UPDATED = ['updatedAt', 'updatedForOffices', 'updatedForOutside'] as const;

  it('another category, a note, other words, cases that go on in it or were split off', () => {
    expect(after([], { type: 'RECATEGORISED', category: 'ARREARS', reason: '属拖欠账款' }).category).toBe('ARREARS');
    expect(by('LEAD', 'JRB', [], { type: 'NOTED', note: '注意时限' }).notes).toEqual([
      { at: `${NEXT}T04:00:00.000Z`, note: '注意时限', by: anAuthor('LEAD', { department: 'JRB' }) },
    ]);
    expect(after([], { type: 'WORDED', title: '融资', text: '企业反映融资困难' }).wording).toEqual({
      ...{ title: '融资', text: '企业反映融资困难' },
    });
    const absorbed = (from: string): CaseChange => ({ type: 'ABSORBED', from, title: '续贷', text: '同上' });
    expect(after([], absorbed('A'), absorbed('B')).absorbed).toEqual(['A', 'B']);
    expect(
      after([], absorbed('A'), absorbed('B'), { type: 'RELEASED', from: 'A', reason: '不同事项' }).absorbed,
    ).toEqual(['B']);
    const split = (into: string): CaseChange => ({ type: 'SPLIT', into, reason: '两件事' });
    expect(after([], split('C'), split('D')).splitInto).toEqual(['C', 'D']);
  });

  it('one that another body decides: no clock runs, and it is told which; twice is counted', () => {
    const declined: CaseChange = { type: 'DECLINED', competent: '法院', reason: '已起诉' };
    const view = after([], declined);
    expect(view).toMatchObject({
      ...{ status: 'DECLINED', closedOn: NEXT, declined: { competent: '法院', reason: '已起诉' }, declines: 1 },
      clocks: [{ kind: 'TRIAGE', stoppedOn: NEXT }],
    });
    const again = after([], declined, { type: 'REOPENED', reason: '不属法院', answerDays: 1 });
    expect(again).toMatchObject({ status: 'RECEIVED', declined: null, declines: 1, closedOn: null, reopenings: 1 });
    expect(again.clocks.at(-1)).toEqual({
      ...{ kind: 'TRIAGE', startedBy: 3, startedOn: NEXT, budget: 1, pauses: [], stoppedOn: null },
    });
  });

  it('one that goes on in another, and is again what it was when that is undone', () => {
    const before: readonly Happening[] = [
      ...inHand,
      [DAY, { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '需上级批复' }],
      [DAY, { type: 'PAUSED', question: '请补充合同' }],
    ];
    const stood = aCase(DAY, before);
    const merged = after(before, { type: 'MERGED', into: 'SQ2026-000002', reason: '同一事项' });
    expect(merged).toMatchObject({
      ...{ status: 'MERGED', mergedInto: 'SQ2026-000002', closedOn: NEXT, question: null, pendingExtension: null },
    });
    expect(merged.clocks.map(({ stoppedOn }) => stoppedOn)).toEqual([DAY, DAY, NEXT]);
    const undone = after(
      before,
      { type: 'MERGED', into: 'SQ2026-000002', reason: '同一事项' },
      { type: 'MERGE_UNDONE', reason: '不同事项' },
    );
    const changed = { version: 7, ...Object.fromEntries(UPDATED.map((name) => [name, `${NEXT}T04:00:00.000Z`])) };
    expect(undone).toEqual({ ...stood, ...changed });
  });

  it('one that is assigned by a ruling binds, by another assignment does not', () => {
    const assignment = anAssignment({ lead: 'RSJ' });
    expect(after([], { type: 'RULED', assignment })).toMatchObject({ isBinding: true, transfers: 0, assignedOn: NEXT });
    expect(after(inHand, { type: 'TRANSFERRED', assignment })).toMatchObject({
      ...{ status: 'ASSIGNED', isBinding: false, transfers: 1, assignment: { lead: 'RSJ' } },
    });
    const ruled: Happening = [DAY, { type: 'RULED', assignment: anAssignment() }];
    expect(after([ruled], { type: 'TRANSFERRED', assignment }).isBinding).toBe(false);
  });

  it('one that is handed on ends what the former department had running', () => {
    const view = after([...inHand, [DAY, contacted]], {
      type: 'TRANSFERRED',
      assignment: anAssignment({ lead: 'RSJ' }),
    });
    expect(view.firstContactOn).toBeNull();
    expect(view.clocks.map(({ kind, startedBy, stoppedOn }) => [kind, startedBy, stoppedOn])).toEqual([
      ...[['TRIAGE', 1, DAY] as const, ['FIRST_CONTACT', 2, DAY] as const, ['ANSWER', 2, NEXT] as const],
      ...[['FIRST_CONTACT', 5, null] as const, ['ANSWER', 5, null] as const],
    ]);
  });
});

describe('what follows an answer', () => {
  it('a closing, and its undoing: rated where it was rated', () => {
    expect(after(answered, closed)).toMatchObject({ status: 'CLOSED', closedOn: NEXT });
    const undone: CaseChange = { type: 'CLOSE_UNDONE', reason: '误操作' };
    expect(after(answered, closed, undone)).toMatchObject({ status: 'RESOLVED', closedOn: null });
    expect(after(answered, rated(5, 5), closed, undone)).toMatchObject({ status: 'RATED', closedOn: null });
  });

  it('a rating, which leaves a closed case closed; the enterprise’s own, or one after a call-back', () => {
    expect(after(answered, rated(4, 2))).toMatchObject({
      status: 'RATED',
      rating: { process: 4, result: 2, reason: '测试评价', ratedOn: NEXT, isOwn: true },
    });
    expect(after(answered, closed, rated(4, 2)).status).toBe('CLOSED');
    expect(by('COORDINATOR', 'YSB', answered, rated(4, 2)).rating?.isOwn).toBe(false);
  });

  it('a check, whose team is each department once until it is found', () => {
    const opened = (...team: string[]): CaseChange => ({
      type: 'CHECK_OPENED',
      cause: 'SPOT_CHECK',
      drawId: 'D1',
      team,
    });
    expect(after(answered, opened('SJJ', 'YSB')).checkers).toEqual(['SJJ', 'YSB']);
    const twice = after(answered, opened('SJJ', 'YSB'), opened('YSB', 'CZJ'));
    expect(twice.checkers).toEqual(['SJJ', 'YSB', 'CZJ']);
    expect(twice.checks).toHaveLength(2);
    expect(after(answered, { type: 'CHECK_OPENED', cause: 'BAD_RATING', drawId: null }).checkers).toEqual([]);
    const found: CaseChange = { type: 'CHECK_FOUND', outcome: 'CONFIRMED', finding: '属实', answerDays: 5 };
    expect(after(answered, opened('SJJ'), opened('YSB'), found)).toMatchObject({
      ...{ checkers: [], status: 'RESOLVED', reopenings: 0 },
      checks: [
        { outcome: 'CONFIRMED', finding: '属实' },
        { outcome: 'CONFIRMED', finding: '属实' },
      ],
    });
  });

  it('an evaluation', () => {
    expect(
      after(answered, {
        type: 'EVALUATED',
        settlement: 'PARTLY',
        cause: 'PROCEDURE',
        isCommon: true,
        measure: '改流程',
        note: '已落实',
      }).evaluation,
    ).toEqual({
      ...{ settlement: 'PARTLY', cause: 'PROCEDURE', isCommon: true, measure: '改流程', note: '已落实' },
      evaluatedOn: NEXT,
    });
  });

  it('a reopening: a new clock, without what belonged to the former answer', () => {
    const before: readonly Happening[] = [
      ...inHand,
      [DAY, { type: 'EXTENSION_REQUESTED', workingDays: 3, reason: '需上级批复' }],
      [DAY, { type: 'EXTENSION_RULED', granted: true, workingDays: 3, reason: '同意' }],
      [DAY, resolvedWith('已协调')],
      [DAY, rated(2, 2)],
      [DAY, { type: 'EVALUATED', settlement: 'SETTLED', cause: 'POLICY', isCommon: false, measure: null, note: '无' }],
      [DAY, closed],
    ];
    const view = after(before, { type: 'REOPENED', reason: '没有解决', answerDays: 15 });
    expect(view).toMatchObject({
      ...{ status: 'REOPENED', reopenings: 1, resolvedOn: null, closedOn: null, rating: null, evaluation: null },
      ...{ extendedBy: 0, extensionsAsked: 0, answeredDirectly: false, answer: '已协调', firstContactOn: DAY },
    });
    expect(view.clocks.at(-1)).toEqual({
      ...{ kind: 'ANSWER', startedBy: 10, startedOn: NEXT, budget: 15, pauses: [], stoppedOn: null },
    });
    expect(view.clocks).toHaveLength(5);
  });

  it('at the desk itself it is known to be so, and goes back there', () => {
    const direct: CaseChange = { type: 'ANSWERED_DIRECTLY', answer: '可直接办理' };
    expect(after([], direct)).toMatchObject({
      ...{ status: 'RESOLVED', answer: '可直接办理', answeredDirectly: true, resolvedOn: NEXT, firstContactOn: NEXT },
      clocks: [{ kind: 'TRIAGE', stoppedOn: NEXT }],
    });
    expect(after(answered).answeredDirectly).toBe(false);
  });

  it('hands that had it before have their whole term again, and transfers are counted anew', () => {
    const view = after(
      [...inHand, [DAY, { type: 'TRANSFERRED', assignment: anAssignment({ lead: 'RSJ' }) }], [DAY, accepted]],
      resolvedWith(),
    );
    expect(view).toMatchObject({ formerHands: [], transfers: 0 });
  });
});

describe('what assisting departments owe', () => {
  const listed: Happening = [
    DAY,
    assigned({ assisting: ['CZJ', 'RSJ'], responsibilities: [{ department: 'CZJ', duty: '核实资金' }] }),
  ];
  const amended: CaseChange = {
    type: 'DUTIES_AMENDED',
    reason: '增加单位',
    responsibilities: [
      { department: 'CZJ', duty: '核实资金' },
      { department: 'RSJ', duty: '提供材料', dueOn: '2026-03-09' },
    ],
  };
  const none = { result: null, reportedOn: null, grade: null, gradeReason: null, endedOn: null };

  it('is what the list has, from the assignment on', () => {
    expect(aCase(DAY, [listed]).duties).toEqual([
      { department: 'CZJ', duty: '核实资金', dueOn: null, givenBy: 2, ...none },
    ]);
    const view = after([listed], amended);
    expect(view.duties).toEqual([
      { department: 'CZJ', duty: '核实资金', dueOn: null, givenBy: 2, ...none },
      { department: 'RSJ', duty: '提供材料', dueOn: '2026-03-09', givenBy: 3, ...none },
    ]);
    expect(view.assignment).toMatchObject({ assisting: ['CZJ', 'RSJ'], responsibilities: [{}, { duty: '提供材料' }] });
    expect(after([], amended).assignment).toBeNull();
  });

  it('is reported by the department itself and rated by the lead', () => {
    const reported = by('ASSISTING', 'CZJ', [listed, [DAY, amended]], { type: 'DUTY_REPORTED', result: '已核实' });
    expect(reported.duties).toMatchObject([
      { department: 'CZJ', result: '已核实', reportedOn: NEXT },
      { department: 'RSJ', result: null, reportedOn: null },
    ]);
    const graded = after([listed, [DAY, amended]], {
      type: 'ASSISTANCE_RATED',
      department: 'RSJ',
      grade: 2,
      reason: '拖延',
    });
    expect(graded.duties).toMatchObject([
      { department: 'CZJ', grade: null, gradeReason: null },
      { department: 'RSJ', grade: 2, gradeReason: '拖延' },
    ]);
  });

  it('ends where the case goes to other hands', () => {
    const ended = (change: CaseChange) => after([listed], change).duties.map(({ endedOn }) => endedOn);
    expect(ended({ type: 'RETURNED', reason: '非职责', triageDays: 1 })).toEqual([NEXT]);
    expect(ended({ type: 'TRANSFERRED', assignment: anAssignment({ lead: 'ZRJ' }) })).toEqual([NEXT]);
  });
});

describe('the level that a case is brought to', () => {
  const passed = (clock: string, level?: 'NONE' | 'COORDINATOR' | 'JOINT_MEETING'): CaseChange => ({
    type: 'OVERDUE_ESCALATED',
    clock,
    dueOn: DAY,
    ...(level === undefined ? {} : { level }),
  });
  it.each<[string, CaseChange, string]>([
    ['a missed answer, in histories that state no level', passed('ANSWER#2'), 'COORDINATOR'],
    ['a missed first contact, likewise', passed('FIRST_CONTACT#2'), 'NONE'],
    ['a missed order of supervision', passed('SUPERVISION#a', 'JOINT_MEETING'), 'JOINT_MEETING'],
    ['a missed duty', passed('DUTY#2/CZJ', 'NONE'), 'NONE'],
    ['somebody’s decision', { type: 'ESCALATED', level: 'JOINT_MEETING', reason: '涉及多部门' }, 'JOINT_MEETING'],
  ])('by %s', (_what, change, level) => expect(after(inHand, change).escalation).toBe(level));

  it('each last day is noticed, and another day by another calendar changes nothing', () => {
    expect(after(inHand, passed('FIRST_CONTACT#2'), passed('ANSWER#2')).overdueEscalations).toEqual([
      ...['FIRST_CONTACT#2', 'ANSWER#2'],
    ]);
    const at = `${NEXT}T04:00:00.000Z`;
    expect(after(inHand, { type: 'REDATED', from: DAY, to: NEXT })).toEqual({
      ...aCase(DAY, inHand),
      ...{ version: 4, updatedAt: at, updatedForOffices: at, updatedForOutside: at },
    });
  });

  it('an order of supervision ends with the answer', () => {
    const order: Happening = [DAY, { type: 'SUPERVISED', instruction: '限期办结', dueOn: '2026-03-20' }];
    expect(after([...inHand, order], resolvedWith()).supervision?.endedOn).toBe(NEXT);
    expect(after([...inHand, order], contacted).supervision?.endedOn).toBeNull();
    expect(after([...inHand, order], { type: 'SUPERVISION_REPORTED', note: '正在办' }).supervision?.report).toEqual({
      ...{ note: '正在办', on: NEXT },
    });
    expect(
      after([...inHand, order], { type: 'SUPERVISION_CONCLUDED', fulfilled: false, note: '未落实' }).supervision,
    ).toMatchObject({ endedOn: NEXT, isFulfilled: false, conclusion: '未落实' });
  });
});

describe('a referral to discipline inspection', () => {
  const referred: CaseChange = {
    type: 'REFERRED',
    referralId: 'R1',
    department: 'JRB',
    reason: '推诿',
    evidence: ['https://e.example.cn/1'],
    persons: [{ name: '王五', post: '科长' }],
    concerning: 'SHIRKING',
    dueOn: '2026-03-31',
  };
  const bare: CaseChange = { type: 'REFERRED', referralId: 'R2', department: 'JRB', reason: '推诿', evidence: [] };

  it('is pending, with whom and what it concerns, as far as histories state it', () => {
    expect(after([], referred, bare).referrals).toEqual([
      {
        ...{
          referralId: 'R1',
          department: 'JRB',
          reason: '推诿',
          evidence: ['https://e.example.cn/1'],
          referredOn: NEXT,
        },
        ...{ outcome: null, note: null, concludedOn: null, concludedBy: null, clearingNotice: null },
        persons: [{ name: '王五', post: '科长', sanction: null, isCleared: false }],
        ...{ concerning: 'SHIRKING', dueOn: '2026-03-31' },
      },
      {
        ...{ referralId: 'R2', department: 'JRB', reason: '推诿', evidence: [], referredOn: NEXT },
        ...{ outcome: null, note: null, concludedOn: null, concludedBy: null, clearingNotice: null },
        ...{ persons: [], concerning: null, dueOn: null },
      },
    ]);
  });

  it('is concluded by somebody, and its clearing notice is that of the referral', () => {
    const conclusion: CaseChange = {
      type: 'REFERRAL_CONCLUDED',
      referralId: 'R1',
      outcome: 'SANCTIONED',
      note: '已处理',
      persons: [{ person: 1, sanction: 'CRITICISM' }],
    };
    expect(after([], referred, bare, conclusion).referrals).toMatchObject([
      {
        ...{ outcome: 'SANCTIONED', note: '已处理', concludedOn: NEXT, concludedBy: 'test-system' },
        persons: [{ sanction: 'CRITICISM', isCleared: false }],
      },
      { outcome: null, concludedBy: null },
    ]);
    expect(
      after([], referred, bare, { type: 'CLEARING_ISSUED', referralId: 'R2', noticeId: 'CQ-1' }).referrals.map(
        ({ clearingNotice }) => clearingNotice,
      ),
    ).toEqual([null, 'CQ-1']);
  });
});
