import { createHash } from 'node:crypto';
import type { Actor } from '@zhitong/kit';
import type { CaseChange, Intake } from '../../../subgraphs/cases/src/domain/case-event.js';
import {
  accepted,
  aHistory,
  anIntake,
  assigned,
  contacted,
  resolvedWith,
  returned,
  USCC,
  type Happening,
} from '../../cases/support/a-case.js';
import { people, type CasesUnderTest } from '../../cases/support/cases-under-test.js';
import { aSubmission } from '../../cases/support/mutations.js';
import { FOREIGN } from '../callers.js';
import { freshKey, type Scenario } from '../write-rights.js';
import { deadLetterScenario, DELIVERED, rowScenario } from './operator.js';

/** The day of these tests, a Monday. */
export const TODAY = '2026-03-16';
const LEAD = 'RSJ';
const NUMBER = 'SQ2026-000001';
/** An enterprise that is registered in another city, and called the desk of the department. */
const FROM_ELSEWHERE: Partial<Intake> = {
  origin: 'ELSEWHERE',
  receivedBy: LEAD,
  complainant: {
    uscc: null,
    name: '外地企业',
    homeRegion: '430100',
    anonymous: false,
    contactName: null,
    contactPhone: null,
  },
};

/** A case whose enterprise the department must not learn. */
const ANONYMOUS: Partial<Intake> = { complainant: { ...anIntake().complainant, anonymous: true } };

/** What each mutation of the cases department is tried on. */
export function caseScenarios(cases: () => CasesUnderTest): Record<string, Scenario> {
  const happened = (...changes: CaseChange[]): Happening[] => changes.map((change) => [TODAY, change]);
  const given = async (changes: readonly CaseChange[], intake: Partial<Intake> = {}) => {
    await cases().given(aHistory(TODAY, happened(...changes), intake));
    return { caseNumber: NUMBER, expectedVersion: changes.length + 1 };
  };
  const onCase = (
    changes: readonly CaseChange[],
    input: Record<string, unknown> = {},
    intake: Partial<Intake> = {},
  ): Scenario => ({
    prepare: async () => ({ ...(await given(changes, intake)), ...input }),
    elsewhere: async () => ({ ...(await given(changes, { ...intake, ...FROM_ELSEWHERE })), ...input }),
  });
  const withLead = assigned({ lead: LEAD });
  const atDesk = { receivedBy: LEAD };
  const handled = [withLead, accepted];
  const answered = [...handled, contacted, resolvedWith()];
  const supervised: CaseChange = { type: 'SUPERVISED', instruction: '三日内办结', dueOn: '2026-03-20' };
  const joint = (lead: string, assisting: string): CaseChange =>
    assigned({
      lead,
      assisting: [assisting],
      responsibilities: [{ department: assisting, duty: '配合核实' }],
      lane: 'JOINT',
    });
  const supervisor = { name: '王五', organisation: '市工商联', until: '2027-12-31' };
  const reason = { reason: '按规定办理' };
  const note = { note: '已电话联系企业' };
  const answer = { answer: '已协调银行办理无还本续贷' };

  const coordinate = async (
    mutation: string,
    type: string,
    fields: string,
    input: Record<string, unknown>,
    sub = 'coordinator-1',
    actor: Actor = people.coordinator,
  ): Promise<Record<string, unknown>> => {
    const { data, errors } = await cases().ask<Record<string, Record<string, Record<string, unknown> | null>>>(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} refusal { message } } }`,
      { input: { idempotencyKey: freshKey(), ...input } },
      { ...actor, sub },
    );
    const [result] = Object.entries(data?.[mutation] ?? {})
      .filter(([name]) => name !== 'refusal')
      .map(([, value]) => value);
    if (result === null || result === undefined)
      throw new Error(`${mutation} prepared nothing: ${JSON.stringify({ data, errors })}`);
    return result;
  };
  const announced = { name: '合同.pdf', kind: 'PDF', bytes: 8 };
  const firstPart = async (who: Actor) => {
    const fields = 'upload { id }';
    const { id } = await coordinate('beginCaseFile', 'BeginCaseFileInput', fields, announced, who.sub, who);
    return { file: id, part: 0, content: Buffer.from('%PDF-1.7').toString('base64') };
  };
  const checkForm = {
    manner: 'UNDERCOVER',
    department: LEAD,
    place: '政务大厅三号窗口',
    visitedOn: TODAY,
    checkers: ['王五'],
    items: [{ aspect: 'GUIDANCE', isInOrder: false, finding: '未一次性告知' }],
    rectifyBy: '2026-03-30',
  };
  const rectified = { report: '已制作一次性告知单', evidence: ['https://files.example.cn/1.pdf'] };
  const checked = async () =>
    (await coordinate('recordUndercoverCheck', 'RecordUndercoverCheckInput', 'check { id }', checkForm)).id;
  const planned = async () => {
    await given([]);
    const { id } = await coordinate('planMeeting', 'PlanMeetingInput', 'meeting { id }', {
      kind: 'MONTHLY_JOINT_MEETING',
      date: TODAY,
      title: '三月联席会议',
      cases: [NUMBER],
    });
    return { meeting: id };
  };
  const held = async () => {
    const { meeting } = await planned();
    await coordinate('holdMeeting', 'HoldMeetingInput', 'meeting { id }', {
      meeting,
      expectedVersion: 1,
      chairedBy: '分管副市长',
    });
    return { meeting, expectedVersion: 2 };
  };
  const briefing = { addressees: ['MAYOR'], title: '续贷难问题专报', text: '多家企业反映到期贷款不能续贷。' };
  const decision = { caseNumber: NUMBER, department: LEAD, decision: '限期办结', dueOn: '2026-03-30' };

  return {
    correctCaseRow: rowScenario(() => cases().connection, DELIVERED.cases),
    replayCaseDeadLetters: deadLetterScenario(() => cases().connection),
    submitCase: { prepare: async () => Promise.resolve(aSubmission({ uscc: USCC })) },
    beginCaseFile: { prepare: async () => Promise.resolve(announced) },
    addCaseFilePart: {
      prepare: async () => firstPart(people.owner),
      elsewhere: async () => firstPart(people.officer(LEAD)),
    },
    answerCaseDirectly: onCase([], answer, atDesk),
    assignCase: onCase([], { lead: 'JRB' }, atDesk),
    ruleCase: onCase([withLead, returned, withLead, returned, withLead, returned], { lead: 'JRB', ...reason }),
    wordAnonymousCase: onCase([withLead], { title: '续贷遇到困难', text: '贷款到期前银行通知不再续贷。' }, ANONYMOUS),
    transferCase: onCase(handled, { lead: 'JRB', ...reason }),
    recategoriseCase: onCase([withLead], { category: 'ARREARS', ...reason }, atDesk),
    correctCaseIntake: onCase([withLead], { title: '银行要求提前收回贷款', ...reason }, atDesk),
    addInternalNote: {
      prepare: async () => {
        const { caseNumber } = await given([withLead]);
        return { caseNumber, ...note };
      },
    },
    declineCase: onCase([], { competent: '咸宁市中级人民法院', ...reason }, atDesk),
    mergeCase: {
      prepare: async () => {
        const other = 'SQ2026-000002';
        await cases().given(aHistory(TODAY, [], atDesk, other));
        return { ...(await given([], atDesk)), into: other, ...reason };
      },
    },
    undoCaseMerge: {
      prepare: async () => {
        const other = 'SQ2026-000002';
        await cases().given(
          aHistory(TODAY, happened({ type: 'ABSORBED', from: NUMBER, title: '续贷', text: '同上' }), atDesk, other),
        );
        return { ...(await given([{ type: 'MERGED', into: other, reason: '重复' }], atDesk)), ...reason };
      },
    },
    evaluateCase: onCase(
      answered,
      { settlement: 'SETTLED', cause: 'POLICY', isCommon: false, note: '企业已办理续贷' },
      atDesk,
    ),
    markCaseNoticesRead: { prepare: async () => Promise.resolve({ notices: null }) },
    recordUndercoverCheck: { prepare: async () => Promise.resolve(checkForm) },
    reportRectification: {
      prepare: async () => ({ id: await checked(), expectedVersion: 1, ...rectified }),
    },
    concludeRectification: {
      prepare: async () => {
        const id = await checked();
        await coordinate(
          'reportRectification',
          'ReportRectificationInput',
          'check { id }',
          { id, expectedVersion: 1, ...rectified },
          'officer-1',
          people.officer(LEAD),
        );
        return { id, expectedVersion: 2, isAccepted: true, note: '已复核' };
      },
    },
    splitCase: {
      prepare: async () => {
        const on = await given([], atDesk);
        await cases().stores.numbers.startAfter([NUMBER]);
        const text = '另有招工困难，请人社部门协调。';
        return { ...on, category: 'LABOUR', title: '招工遇到困难', text, ...reason };
      },
    },
    changeCaseLane: onCase([assigned({ lead: 'JRB' })], { lane: 'URGENT', ...reason }, atDesk),
    undoCaseClosing: onCase([...answered, { type: 'CLOSED', reason: '办结' }], reason, atDesk),
    acceptCase: onCase([withLead]),
    returnCase: onCase([withLead], reason),
    recordCaseContact: onCase(handled, note),
    recordCaseStep: onCase(handled, note),
    pauseCase: onCase(handled, note),
    resumeCase: onCase([...handled, { type: 'PAUSED', question: '请补充合同' }], reason),
    supplementCase: onCase(handled, { text: '合同已上传，请查收' }),
    requestCaseExtension: onCase(handled, { workingDays: 2, ...reason }),
    ruleCaseExtension: onCase([...handled, { type: 'EXTENSION_REQUESTED', workingDays: 2, reason: '需要会商' }], {
      granted: true,
      ...reason,
    }),
    resolveCase: onCase(handled, answer),
    rateCase: onCase(answered, { process: 5, result: 4 }),
    recordCheckFinding: onCase(
      [
        assigned({ lead: 'JRB' }),
        accepted,
        contacted,
        resolvedWith(),
        { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId: 'HTK-1', team: [LEAD] },
      ],
      { outcome: 'CONFIRMED', finding: '回访属实' },
    ),
    reopenCase: onCase(answered, reason),
    closeCase: onCase(answered, reason, atDesk),
    withdrawCase: onCase([assigned({ lead: 'JRB' })], reason, atDesk),
    urgeCase: onCase([withLead], { note: '请尽快办理' }),
    superviseCase: onCase([withLead], { instruction: '三日内办结', dueOn: '2026-03-20' }),
    reportSupervision: onCase([...handled, supervised], note),
    concludeSupervision: onCase([...handled, supervised], { fulfilled: true, ...note }),
    amendResponsibilities: onCase(
      [assigned({ lead: 'JRB' })],
      { assisting: [{ department: 'CZJ', duty: '落实资金' }], ...reason },
      atDesk,
    ),
    reportDuty: onCase([joint('JRB', LEAD)], note),
    rateAssistance: onCase([joint(LEAD, 'JRB')], { department: 'JRB', grade: 4 }),
    appointSpecialSupervisor: { prepare: async () => Promise.resolve(supervisor) },
    endSpecialSupervisor: {
      prepare: async () => {
        const { id } = await coordinate(
          'appointSpecialSupervisor',
          'AppointSpecialSupervisorInput',
          'specialSupervisor { id }',
          supervisor,
        );
        return { id, ...reason };
      },
    },
    issueClearingNotice: onCase(
      [
        withLead,
        { type: 'REFERRED', referralId: 'r-1', department: LEAD, reason: '推诿', evidence: ['https://e.example.cn/1'] },
        { type: 'REFERRAL_CONCLUDED', referralId: 'r-1', outcome: 'CLEARED', note: '查无实据' },
      ],
      { referral: 'r-1', text: '经查，反映问题不属实，予以澄清。', scope: 'DEPARTMENT' },
    ),
    escalateCase: onCase([withLead], { level: 'COORDINATOR', ...reason }),
    referCase: onCase([withLead], { department: FOREIGN, reason: '推诿扯皮', evidence: ['https://e.example.cn/1'] }),
    concludeReferral: onCase(
      [
        withLead,
        { type: 'REFERRED', referralId: 'r-1', department: LEAD, reason: '推诿', evidence: ['https://e.example.cn/1'] },
      ],
      { referral: 'r-1', outcome: 'CLEARED', note: '澄清正名' },
    ),
    commitSpotCheckSeed: {
      prepare: async () => Promise.resolve({ from: '2026-04-01', to: '2026-04-30', seedHash: 'a'.repeat(64) }),
    },
    drawSpotCheck: {
      prepare: async () => {
        await cases().given(
          aHistory('2026-02-02', [
            ['2026-02-03', withLead],
            ['2026-02-03', accepted],
            ['2026-02-04', contacted],
            ['2026-02-09', resolvedWith()],
          ]),
        );
        await cases()
          .connection.collection('spot_check_seeds')
          .updateOne(
            { id: 'HTK-2026-02-2026-02' },
            {
              $set: {
                from: '2026-02-01',
                to: '2026-02-28',
                seedHash: createHash('sha256').update('seed of February').digest('hex'),
                committedAt: new Date('2026-01-25T04:00:00Z'),
                committedBy: 'coordinator-1',
              },
            },
            { upsert: true },
          );
        return { from: '2026-02-01', to: '2026-02-28', seed: 'seed of February' };
      },
    },
    planMeeting: {
      prepare: async () => Promise.resolve({ kind: 'QUARTERLY_SYMPOSIUM', date: '2026-03-20', title: '一季度座谈会' }),
    },
    recordMeeting: {
      prepare: async () =>
        Promise.resolve({ kind: 'TALKS', date: '2026-03-10', title: '企业恳谈会', chairedBy: '分管副市长' }),
    },
    changeMeetingAgenda: {
      prepare: async () => ({ ...(await planned()), expectedVersion: 1, remove: [NUMBER] }),
    },
    holdMeeting: { prepare: async () => ({ ...(await planned()), expectedVersion: 1, chairedBy: '分管副市长' }) },
    recordMeetingDecision: { prepare: async () => ({ ...(await held()), ...decision }) },
    drawUpProblemList: { prepare: async () => held() },
    submitBriefing: { prepare: async () => Promise.resolve(briefing) },
    acknowledgeBriefing: {
      prepare: async () => {
        const { id } = await coordinate('submitBriefing', 'SubmitBriefingInput', 'briefing { id }', briefing);
        return { briefing: id, expectedVersion: 1, leader: 'MAYOR', acknowledgedOn: TODAY };
      },
    },
    followUpDecision: {
      prepare: async () => {
        const { meeting } = await held();
        await coordinate('recordMeetingDecision', 'RecordMeetingDecisionInput', 'meeting { id }', {
          meeting,
          expectedVersion: 2,
          ...decision,
        });
        return { meeting, expectedVersion: 3, decision: 1, note: '正在落实', done: false };
      },
    },
    proposeTypicalCase: {
      prepare: async () => {
        const { caseNumber } = await given(answered);
        return { caseNumber, title: '续贷协调案例' };
      },
    },
    retractTypicalCase: {
      prepare: async () => {
        await given(answered);
        const { id } = await coordinate('proposeTypicalCase', 'ProposeTypicalCaseInput', 'typicalCase { id }', {
          caseNumber: NUMBER,
          title: '续贷协调案例',
        });
        await coordinate(
          'reviewTypicalCase',
          'ReviewTypicalCaseInput',
          'typicalCase { id }',
          { id, approve: true, note: '内容属实，可以公开' },
          'coordinator-2',
        );
        return { id, ...reason };
      },
    },
    reviewTypicalCase: {
      prepare: async () => {
        await given(answered);
        const { id } = await coordinate('proposeTypicalCase', 'ProposeTypicalCaseInput', 'typicalCase { id }', {
          caseNumber: NUMBER,
          title: '续贷协调案例',
        });
        return { id, approve: true, note: '内容属实，可以公开' };
      },
    },
  };
}
