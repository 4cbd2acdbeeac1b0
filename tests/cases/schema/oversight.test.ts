import { tick } from '../../../subgraphs/cases/src/usecases/overdue-job.js';
import { referralFigures } from '../../../subgraphs/cases/src/domain/referral-figures.js';
import { accepted, aHistory, assigned } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { caseMoves } from '../support/moves.js';
import { mutate, run } from '../support/mutations.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  cases.at('2026-03-02');
  await cases.given(
    aHistory(
      '2026-03-02',
      [
        [
          '2026-03-02',
          assigned({
            lane: 'JOINT',
            answerDays: 15,
            assisting: ['CZJ'],
            responsibilities: [{ department: 'CZJ', duty: '配合提供担保', dueOn: '2026-03-06' }],
          }),
        ],
        ['2026-03-02', accepted],
      ],
      { receivedBy: 'GSL' },
    ),
  );
});
afterAll(async () => cases.close());

const { owner, coordinator, auditor, officer } = people;
const { done } = caseMoves(() => cases);
const NUMBER = 'SQ2026-000001';
const at = (version: number) => ({ caseNumber: NUMBER, version, status: '' });
type Actor = Parameters<CasesUnderTest['ask']>[2];
const ask = async <Data>(query: string, actor: Actor = coordinator) => (await cases.ask<Data>(query, {}, actor)).data;
const now = async (day: string) => {
  cases.at(day);
  return tick({ ...cases, clock: { now: () => new Date(`${day}T04:00:00.000Z`) } });
};
const refusal = async (name: string, version: number, input: object, actor: Actor) =>
  (await mutate(cases, name, { caseNumber: NUMBER, expectedVersion: version, ...input }, actor ?? null)).outcome
    ?.refusal;
const seenByOwner = async (actor: Actor = owner) =>
  ask(
    `{ case(caseNumber: "${NUMBER}") { version updatedAt history { seq at type } legalMoves responsibilities { duty result } } }`,
    actor,
  );

describe('supervision', () => {
  it('is a list with a special supervisor, is overrun, comes before the joint meeting, and is concluded', async () => {
    const { result } = await run<{ id: string }>(
      cases,
      ['appointSpecialSupervisor', 'AppointSpecialSupervisorInput', 'specialSupervisor'],
      'id',
      { name: '王五', organisation: '市工商联', until: '2026-12-31' },
      coordinator,
    );
    const order = { instruction: '三月四日前办结', dueOn: '2026-03-04' };
    expect(await refusal('superviseCase', 3, { ...order, specialSupervisor: 'nobody' }, coordinator)).toMatchObject({
      path: ['specialSupervisor'],
      details: { reason: 'NO_SUCH_SUPERVISOR' },
    });
    let one = await done('superviseCase', at(3), { ...order, specialSupervisor: result?.id }, coordinator);
    one = await done('reportSupervision', one, { note: '已约见银行' }, officer('JRB'));
    const list = async (filter: string, actor: Actor = coordinator) =>
      (
        await ask<{ supervisions: { totalCount: number; nodes: unknown[] } }>(
          `{ supervisions(filter: { ${filter} }) { totalCount nodes { caseNumber number isOverdue isOverrun report specialSupervisor { name organisation } } } }`,
          actor,
        )
      )?.supervisions;
    const shown = {
      caseNumber: NUMBER,
      number: 1,
      isOverdue: false,
      isOverrun: false,
      report: '已约见银行',
      specialSupervisor: { name: '王五', organisation: '市工商联' },
    };
    expect(await list('running: true')).toEqual({ totalCount: 1, nodes: [shown] });
    expect((await list('overrun: true'))?.totalCount).toBe(0);
    await now('2026-03-05');
    expect((await list('overrun: true'))?.nodes).toEqual([{ ...shown, isOverdue: true, isOverrun: true }]);
    expect([(await list('', officer('JRB')))?.totalCount, (await list('', officer('RSJ')))?.totalCount]).toEqual([
      1, 0,
    ]);
    expect(await ask(`{ case(caseNumber: "${NUMBER}") { escalation } }`)).toEqual({
      case: { escalation: 'JOINT_MEETING' },
    });
    one = await done(
      'concludeSupervision',
      { ...one, version: 7 },
      { fulfilled: false, note: '超期后落实' },
      coordinator,
      'supervision { endedOn isFulfilled isOverdue isOverrun conclusion }',
    );
    expect(one['supervision']).toEqual({
      endedOn: '2026-03-05',
      isFulfilled: false,
      isOverdue: false,
      isOverrun: true,
      conclusion: '超期后落实',
    });
    expect(await refusal('concludeSupervision', 8, { fulfilled: true, note: '再次登记' }, coordinator)).toMatchObject({
      code: 'CONFLICT',
    });
    expect((await list('running: true'))?.totalCount).toBe(0);
    // An answer ends an order, so that the reopened case is not overrun from its first day on.
    one = await done('superviseCase', one, { instruction: '尽快答复企业', dueOn: '2026-03-06' }, coordinator);
    one = await done('resolveCase', one, { answer: '已经协调解决' }, officer('JRB'));
    cases.at('2026-03-12');
    one = await done(
      'reopenCase',
      one,
      { reason: '没有解决' },
      owner,
      'supervision { isOverdue endedOn } supervisions { number }',
    );
    expect(one).toMatchObject({
      supervision: { isOverdue: false, endedOn: '2026-03-05' },
      supervisions: [{ number: 1 }, { number: 2 }],
    });
    // The one who has no term left follows nothing more.
    await run(
      cases,
      ['endSpecialSupervisor', 'EndSpecialSupervisorInput', 'specialSupervisor'],
      'id',
      { id: result?.id, reason: '任期届满' },
      coordinator,
    );
    expect(
      await refusal(
        'superviseCase',
        one.version,
        { instruction: '再次督办', dueOn: '2026-03-20', specialSupervisor: result?.id },
        coordinator,
      ),
    ).toMatchObject({ code: 'INVALID' });
  });
});

describe('an assisting department', () => {
  it('has a duty with a day and a result, is missed, reports, and is rated by the lead department without the enterprise', async () => {
    await now('2026-03-09');
    const duties = async (actor: Actor) =>
      (
        await ask<{ case: { responsibilities: unknown[] } }>(
          `{ case(caseNumber: "${NUMBER}") { responsibilities { department { code } dueOn result isOverdue grade } } }`,
          actor,
        )
      )?.case.responsibilities;
    expect(await duties(coordinator)).toEqual([
      { department: { code: 'CZJ' }, dueOn: '2026-03-06', result: null, isOverdue: true, grade: null },
    ]);
    expect(await cases.connection.collection('case_events').countDocuments({ 'change.clock': 'DUTY#2/CZJ' })).toBe(1);
    expect(
      (await mutate(cases, 'reportDuty', { caseNumber: NUMBER, expectedVersion: 5, note: '代为反馈' }, officer('JRB')))
        .code,
    ).toBe('FORBIDDEN');
    let one = await done('reportDuty', at(5), { note: '已出具担保' }, officer('CZJ'));
    expect(await refusal('reportDuty', one.version, { note: '再次反馈' }, officer('CZJ'))).toMatchObject({
      code: 'CONFLICT',
    });
    const before = await seenByOwner();
    expect(await refusal('rateAssistance', one.version, { department: 'CZJ', grade: 2 }, officer('JRB'))).toMatchObject(
      { path: ['reason'] },
    );
    expect(await refusal('rateAssistance', one.version, { department: 'RSJ', grade: 4 }, officer('JRB'))).toMatchObject(
      { path: ['department'] },
    );
    one = await done('rateAssistance', one, { department: 'CZJ', grade: 2, reason: '反馈超期' }, officer('JRB'));
    expect(await duties(officer('CZJ'))).toEqual([
      { department: { code: 'CZJ' }, dueOn: '2026-03-06', result: '已出具担保', isOverdue: true, grade: 2 },
    ]);
    expect(await refusal('rateAssistance', one.version, { department: 'CZJ', grade: 5 }, officer('JRB'))).toMatchObject(
      { code: 'INVALID' },
    );
    expect(await seenByOwner()).toEqual(before);
    expect(
      (await cases.ask(`{ case(caseNumber: "${NUMBER}") { responsibilities { grade } } }`, {}, owner)).errors?.[0]
        ?.extensions?.['code'],
    ).toBe('FORBIDDEN');
  });

  it('joins later, with a working day, and leaves', async () => {
    const assisting = [
      { department: 'CZJ', duty: '配合提供担保', dueOn: '2026-03-06' },
      { department: 'RSJ', duty: '核实用工', dueOn: '2026-03-14' },
    ];
    const desk = officer('GSL');
    // The 14th is a Saturday.
    expect(await refusal('amendResponsibilities', 3, { assisting, reason: '增加单位' }, desk)).toMatchObject({
      code: 'INVALID',
      path: ['assisting', '1', 'dueOn'],
    });
    expect(await refusal('amendResponsibilities', 3, { assisting: [], reason: '全部去掉' }, desk)).toMatchObject({
      details: { reason: 'JOINT_ALONE' },
    });
    expect(
      await refusal(
        'amendResponsibilities',
        3,
        { assisting: [{ department: 'JRB', duty: '自己配合' }], reason: '误填' },
        desk,
      ),
    ).toMatchObject({ details: { reason: 'LEAD_ASSISTS' } });
    cases.at('2026-03-09');
    let one = await done(
      'amendResponsibilities',
      at(3),
      { assisting: [assisting[0], { ...assisting[1], dueOn: '2026-03-13' }], reason: '增加单位' },
      desk,
      'assisting { code } responsibilities { dueOn }',
    );
    expect(one).toMatchObject({
      assisting: [{ code: 'CZJ' }, { code: 'RSJ' }],
      responsibilities: [{ dueOn: '2026-03-06' }, { dueOn: '2026-03-13' }],
    });
    one = await done(
      'amendResponsibilities',
      one,
      { assisting: [{ ...assisting[1], dueOn: '2026-03-13' }], reason: '财政已完成' },
      coordinator,
    );
    expect(
      (
        await mutate(
          cases,
          'reportDuty',
          { caseNumber: NUMBER, expectedVersion: one.version, note: '迟到的反馈' },
          officer('CZJ'),
        )
      ).code,
    ).toBe('FORBIDDEN');
  });
});

describe('a referral with persons', () => {
  const referral = {
    department: 'JRB',
    reason: '推诿拖延',
    evidence: ['https://files.example.cn/1.pdf'],
    persons: [
      { name: '赵六', post: '科长' },
      { name: '钱七', post: '科员' },
    ],
    concerning: 'SHIRKING',
    dueOn: '2026-03-13',
  };

  it('is listed with its deadline, counted, and changes nothing for anybody else', async () => {
    const purpose = { ...officer('RSJ'), purpose: '核对同一企业的用工诉求' };
    const before = await Promise.all([owner, officer('JRB'), purpose].map(async (actor) => seenByOwner(actor)));
    cases.at('2026-03-03');
    expect(await refusal('referCase', 3, { ...referral, dueOn: '2026-03-14' }, auditor)).toMatchObject({
      path: ['dueOn'],
    });
    const referred = await done('referCase', at(3), referral, auditor, 'referrals { id }');
    const [{ id } = { id: '' }] = referred['referrals'] as { id: string }[];
    expect(await Promise.all([owner, officer('JRB'), purpose].map(async (actor) => seenByOwner(actor)))).toEqual(
      before,
    );
    const figures = async (knownOn: string) =>
      (
        await ask<{ referralFigures: unknown }>(
          `{ referralFigures(from: "2026-03-01", to: "2026-03-31", knownOn: "${knownOn}") { referrals pending overdue persons sanctions cleared byClass { concerning referrals } bySanction { sanction persons } } }`,
          auditor,
        )
      )?.referralFigures;
    const counted = {
      referrals: 1,
      pending: 1,
      overdue: 0,
      persons: 2,
      sanctions: 0,
      cleared: 0,
      byClass: [{ concerning: 'SHIRKING', referrals: 1 }],
      bySanction: [],
    };
    cases.at('2026-03-16');
    expect(await figures('2026-03-03')).toEqual(counted);
    expect(await figures('2026-03-16')).toEqual({ ...counted, overdue: 1 });
    expect(
      await ask(
        '{ referrals(filter: { overdue: true, concerning: SHIRKING }) { totalCount nodes { caseNumber isOverdue persons { name post sanction } } } }',
        auditor,
      ),
    ).toEqual({
      referrals: {
        totalCount: 1,
        nodes: [
          {
            caseNumber: NUMBER,
            isOverdue: true,
            persons: [
              { name: '赵六', post: '科长', sanction: null },
              { name: '钱七', post: '科员', sanction: null },
            ],
          },
        ],
      },
    });
    expect(
      (await cases.ask('{ referrals { totalCount } }', {}, officer('JRB'))).errors?.[0]?.extensions?.['code'],
    ).toBe('FORBIDDEN');
    const outcome = { referral: id, outcome: 'SANCTIONED', note: '查实一人，另一人澄清' };
    for (const [persons, path] of [
      [[{ person: 3 }], ['persons', '0', 'person']],
      [
        [{ person: 1 }, { person: 1 }],
        ['persons', '1', 'person'],
      ],
      [[{ person: 2 }], ['persons']],
    ])
      expect(await refusal('concludeReferral', 4, { ...outcome, persons }, auditor)).toMatchObject({
        code: 'INVALID',
        path,
      });
    const concluded = await done(
      'concludeReferral',
      referred,
      { ...outcome, persons: [{ person: 1, sanction: 'ADMONISHMENT' }, { person: 2 }] },
      auditor,
    );
    expect(await figures('2026-03-16')).toEqual({
      ...counted,
      pending: 0,
      sanctions: 1,
      cleared: 1,
      bySanction: [{ sanction: 'ADMONISHMENT', persons: 1 }],
    });
    expect(await figures('2026-03-15')).toEqual({ ...counted, overdue: 1 });
    // The notice for the one who was cleared is a second person's.
    const notice = { referral: id, text: '经查，反映钱七同志的问题不属实，予以澄清。', scope: 'DEPARTMENT' };
    expect(await refusal('issueClearingNotice', concluded.version, notice, auditor)).toMatchObject({
      details: { reason: 'SECOND_PERSON' },
    });
    await done('issueClearingNotice', concluded, notice, coordinator);
    expect(await refusal('issueClearingNotice', 6, notice, coordinator)).toMatchObject({ code: 'CONFLICT' });
    const notices = async (actor: Actor) =>
      (await ask<{ clearingNotices: unknown[] }>('{ clearingNotices { department { code } } }', actor))?.clearingNotices
        .length;
    expect(await Promise.all([null, officer('RSJ'), officer('JRB'), auditor].map(notices))).toEqual([0, 0, 1, 1]);
    expect(await Promise.all([owner, officer('JRB'), purpose].map(async (actor) => seenByOwner(actor)))).toEqual(
      before,
    );
  });

  it('is counted as it was known, also without persons and class', () => {
    const mark = {
      referralId: 'r',
      department: 'JRB',
      reason: '',
      evidence: [],
      referredOn: '2026-03-03',
      outcome: 'CLEARED',
      note: '',
      concludedOn: '2026-03-10',
    } as const;
    expect(referralFigures([mark], '2026-03-09')).toMatchObject({
      referrals: 1,
      pending: 1,
      persons: 0,
      byClass: [{ concerning: 'OTHER', referrals: 1 }],
    });
    expect(referralFigures([mark], '2026-03-10')).toMatchObject({ pending: 0, cleared: 0 });
  });
});
