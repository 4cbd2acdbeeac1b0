import { USCC } from '../support/a-case.js';
import { people } from '../support/cases-under-test.js';
import { mutate } from '../support/mutations.js';
import { eachFromTheBeginning } from '../support/moves.js';

const under = eachFromTheBeginning(import.meta.url);
const { owner, coordinator, officer } = people;
const { done, submitted, outboxTypes } = under;

describe('the whole way of a case', () => {
  it('goes from the first word over a pause, an extension, a bad rating and a check to the end', async () => {
    let one = await submitted();
    expect(one).toMatchObject({ status: 'RECEIVED', version: 1, caseNumber: 'SQ2026-000001' });
    one = await done(
      'assignCase',
      one,
      { lead: 'JRB', assisting: [{ department: 'CZJ', duty: '配合提供担保' }], reason: '涉及金融' },
      coordinator,
      'lane dueOn assisting { code } responsibilities { duty }',
    );
    expect(one).toMatchObject({
      status: 'ASSIGNED',
      lane: 'JOINT',
      dueOn: '2026-03-23',
      assisting: [{ code: 'CZJ' }],
      responsibilities: [{ duty: '配合提供担保' }],
    });
    one = await done('acceptCase', one, {}, officer('JRB'));
    under.cases.at('2026-03-04');
    one = await done('recordCaseContact', one, { note: '已电话联系企业' }, officer('CZJ'), 'firstContactOn');
    expect(one).toMatchObject({ status: 'IN_PROGRESS', firstContactOn: '2026-03-04' });
    one = await done('pauseCase', one, { note: '请补充贷款合同' }, officer('JRB'), 'isWaiting question');
    expect(one).toMatchObject({ status: 'WAITING', isWaiting: true, question: '请补充贷款合同' });
    under.cases.at('2026-03-09');
    one = await done(
      'supplementCase',
      one,
      { text: '合同已上传，请查收', attachments: ['https://files.example.cn/1.pdf'], expectedVersion: null },
      owner,
      'dueOn supplements { text }',
    );
    // Waited on 4, 5 and 6 March: the due day moves by three working days.
    expect(one).toMatchObject({
      status: 'IN_PROGRESS',
      dueOn: '2026-03-26',
      supplements: [{ text: '合同已上传，请查收' }],
    });
    one = await done(
      'requestCaseExtension',
      one,
      { workingDays: 5, reason: '需要多部门会商' },
      officer('JRB'),
      'pendingExtensionDays',
    );
    expect(one).toMatchObject({ pendingExtensionDays: 5 });
    one = await done(
      'ruleCaseExtension',
      one,
      { granted: true, reason: '同意延期办理' },
      coordinator,
      'dueOn extendedBy',
    );
    expect(one).toMatchObject({ dueOn: '2026-04-02', extendedBy: 5 });
    one = await done('recordCaseStep', one, { note: '已召开协调会议' }, officer('JRB'));
    one = await done('urgeCase', one, { note: '请尽快办理' }, owner, 'urges');
    one = await done(
      'superviseCase',
      one,
      { instruction: '限期报送结果', dueOn: '2026-03-20' },
      coordinator,
      'supervision { dueOn }',
    );
    one = await done(
      'escalateCase',
      one,
      { level: 'JOINT_MEETING', reason: '需要会议协调' },
      officer('JRB'),
      'escalation',
    );
    expect(one).toMatchObject({ escalation: 'JOINT_MEETING' });
    one = await done('resolveCase', one, { answer: '银行已办理续贷' }, officer('JRB'), 'isOverdue resolvedOn');
    expect(one).toMatchObject({ status: 'RESOLVED', isOverdue: false, resolvedOn: '2026-03-09' });
    one = await done(
      'rateCase',
      one,
      { process: 4, result: 2, reason: '利率过高' },
      owner,
      'checks { cause outcome } rating { process result }',
    );
    expect(one).toMatchObject({ status: 'RATED', checks: [{ cause: 'BAD_RATING', outcome: null }] });
    one = await done(
      'recordCheckFinding',
      one,
      { outcome: 'NOT_RESOLVED', finding: '确有降低空间' },
      coordinator,
      'dueOn rating { process } reopenings',
    );
    expect(one).toMatchObject({ status: 'REOPENED', rating: null, reopenings: 1, dueOn: '2026-03-30' });
    one = await done('resolveCase', one, { answer: '利率已经下调' }, officer('JRB'));
    one = await done('rateCase', one, { process: 5, result: 5 }, owner);
    one = await done('closeCase', one, { reason: '企业表示满意' }, coordinator, 'history { seq party type reason }');
    expect(one.status).toBe('CLOSED');
    const history = one['history'] as { seq: number; party: string; type: string }[];
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_event, index) => index + 1));
    expect(history.map(({ type }) => type)).toEqual([
      'SUBMITTED',
      'ASSIGNED',
      'ACCEPTED',
      'CONTACTED',
      'PAUSED',
      'SUPPLEMENTED',
      'EXTENSION_REQUESTED',
      'EXTENSION_RULED',
      'STEP_RECORDED',
      'URGED',
      'SUPERVISED',
      'ESCALATED',
      'RESOLVED',
      'RATED',
      'CHECK_OPENED',
      'CHECK_FOUND',
      'RESOLVED',
      'RATED',
      'CLOSED',
    ]);
    expect(history.find(({ type }) => type === 'CHECK_OPENED')?.party).toBe('SYSTEM');
    const told = await outboxTypes();
    const isNotice = (type: string): boolean => type === 'cn.zhitong.case-notice.created';
    expect(told.filter((type) => !isNotice(type))).toEqual(
      history.map(({ type }) => `cn.zhitong.case.${type.toLowerCase().replaceAll('_', '-')}`),
    );
    // The enterprise is told when it is asked, answered (twice), reopened by the check, and at the end.
    expect(told.filter(isNotice)).toHaveLength(5);
  });

  it('sends the third return to the coordinator, whose ruling stands', async () => {
    let one = await submitted();
    for (const lead of ['JRB', 'CZJ', 'RMYH']) {
      one = await done('assignCase', one, { lead }, coordinator);
      one = await done('returnCase', one, { reason: '不属于本单位职责' }, officer(lead), 'returns');
    }
    expect(one).toMatchObject({ status: 'AWAITING_RULING', returns: 3 });
    const again = await mutate(
      under.cases,
      'assignCase',
      { caseNumber: one.caseNumber, expectedVersion: one.version, lead: 'JRB' },
      coordinator,
    );
    expect(again.outcome?.refusal).toMatchObject({
      code: 'CONFLICT',
      details: { legalMoves: expect.arrayContaining(['RULED', 'ESCALATED', 'REFERRED']) as string[] },
    });
    one = await done('ruleCase', one, { lead: 'JRB', reason: '按职责由金融办牵头' }, coordinator);
    const refused = await mutate(
      under.cases,
      'returnCase',
      { caseNumber: one.caseNumber, expectedVersion: one.version, reason: '仍不属于本单位' },
      officer('JRB'),
    );
    expect(refused.outcome?.refusal).toMatchObject({
      code: 'CONFLICT',
      details: { status: 'ASSIGNED', legalMoves: ['NOTED', 'ACCEPTED', 'ESCALATED'] },
    });
  });

  it('ends at the desk when it can be answered at once, and goes back to it when that did not help', async () => {
    let one = await submitted({ channel: 'HOTLINE_12345', uscc: USCC }, officer('SHUJJ'));
    one = await done(
      'answerCaseDirectly',
      one,
      { answer: '政策依据见附件' },
      officer('SHUJJ'),
      'answeredDirectly isOverdue handler { code }',
    );
    expect(one).toMatchObject({ status: 'RESOLVED', answeredDirectly: true, handler: { code: 'SHUJJ' } });
    one = await done('reopenCase', one, { reason: '仍然办不了' }, owner);
    expect(one.status).toBe('RECEIVED');
    expect((await done('withdrawCase', one, { reason: '已自行解决' }, owner)).status).toBe('WITHDRAWN');
  });
});
