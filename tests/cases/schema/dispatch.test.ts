import { aHistory, accepted, anIntake, assigned, contacted, rated, resolvedWith, USCC } from '../support/a-case.js';
import { people, type CasesUnderTest } from '../support/cases-under-test.js';
import { aSubmission, mutate } from '../support/mutations.js';
import { eachFromTheBeginning } from '../support/moves.js';

const under = eachFromTheBeginning(import.meta.url);
const { owner, coordinator, auditor, officer } = people;
const { done, submitted, outboxTypes } = under;
const NUMBER = 'SQ2026-000001';
const desk = officer('GSL');
type Actor = Parameters<CasesUnderTest['ask']>[2];

/** What a caller sees of the case that must not tell of what it may not know. */
const seen = async (actor: Actor) => {
  const { data } = await under.cases.ask<{ case: Record<string, unknown> }>(
    `{ case(caseNumber: "${NUMBER}") { version updatedAt status history { seq at type } legalMoves } }`,
    {},
    actor,
  );
  return data?.case;
};
const refused = async (name: string, at: { caseNumber: string; version: number }, input: object, actor: Actor) =>
  (await mutate(under.cases, name, { caseNumber: at.caseNumber, expectedVersion: at.version, ...input }, actor ?? null))
    .outcome?.refusal;
const rates = async (department: string) =>
  (
    await under.cases.ask<{ caseStatistics: { groups: { key: string; figures: Record<string, unknown> }[] } }>(
      '{ caseStatistics(from: "2026-03-01", to: "2026-03-31", groupBy: DEPARTMENT) { groups { key figures { assigned resolved closed onTime { numerator denominator } satisfaction { numerator denominator } } } } }',
      {},
      coordinator,
    )
  ).data?.caseStatistics.groups.find(({ key }) => key === department)?.figures;

describe('a case that is given to another department', () => {
  it('has a clock and an outcome for each: what the first one missed stays missed, and the second begins anew', async () => {
    let one = await done('assignCase', await submitted(), { lead: 'JRB' }, coordinator);
    one = await done('acceptCase', one, {}, officer('JRB'));
    // Five working days from Monday the 2nd: due on the 9th.
    under.cases.at('2026-03-11');
    expect(await refused('transferCase', one, { lead: 'JRB', reason: '另行安排' }, coordinator)).toMatchObject({
      code: 'INVALID',
      path: ['lead'],
      details: { reason: 'SAME_DEPARTMENT', zh: expect.stringContaining('JRB') as string },
    });
    expect(await refused('transferCase', one, { lead: 'RSJ' }, coordinator)).toMatchObject({ path: ['reason'] });
    expect(
      (
        await mutate(
          under.cases,
          'transferCase',
          { caseNumber: one.caseNumber, expectedVersion: one.version, lead: 'RSJ', reason: '推给人社' },
          officer('JRB'),
        )
      ).code,
    ).toBe('FORBIDDEN');
    one = await done(
      'transferCase',
      one,
      { lead: 'RSJ', reason: '属人社职责' },
      coordinator,
      'dueOn isOverdue clocks { kind startedOn stoppedOn isOverdue }',
    );
    expect(one).toMatchObject({ status: 'ASSIGNED', dueOn: '2026-03-18', isOverdue: false });
    expect(one['clocks']).toContainEqual({
      kind: 'ANSWER',
      startedOn: '2026-03-02',
      stoppedOn: '2026-03-11',
      isOverdue: true,
    });
    one = await done('acceptCase', one, {}, officer('RSJ'));
    await done('resolveCase', one, { answer: '已经协调解决' }, officer('RSJ'));
    expect(await rates('JRB')).toMatchObject({ assigned: 1, resolved: 0, onTime: { numerator: 0, denominator: 1 } });
    expect(await rates('RSJ')).toMatchObject({ assigned: 1, resolved: 1, onTime: { numerator: 1, denominator: 1 } });
    expect(
      (await mutate(under.cases, 'addInternalNote', { caseNumber: NUMBER, note: '还想看看' }, officer('JRB'))).code,
    ).toBe('FORBIDDEN');
  });

  it('and one that was returned after its last day, are not clean', async () => {
    await under.cases.given(
      aHistory('2026-03-02', [
        ['2026-03-02', assigned()],
        ['2026-03-11', { type: 'RETURNED', reason: '不属于本单位', triageDays: 1 }],
      ]),
    );
    under.cases.at('2026-03-20');
    expect(await rates('JRB')).toMatchObject({ assigned: 1, onTime: { numerator: 0, denominator: 1 } });
    const { data } = await under.cases.ask<{ case: { clocks: unknown[] } }>(
      `{ case(caseNumber: "${NUMBER}") { clocks { kind stoppedOn isOverdue } } }`,
      {},
      coordinator,
    );
    expect(data?.case.clocks).toContainEqual({ kind: 'ANSWER', stoppedOn: '2026-03-11', isOverdue: true });
  });
});

describe('what a desk puts right', () => {
  it('is a category, from the day on which it was known', async () => {
    const one = await submitted({ uscc: USCC, channel: 'MAIL' }, desk);
    under.cases.at('2026-03-04');
    const moved = await done('recategoriseCase', one, { category: 'ARREARS', reason: '属拖欠账款' }, desk, 'category');
    expect(moved['category']).toBe('ARREARS');
    expect(await refused('recategoriseCase', moved, { category: 'ARREARS', reason: '再次调整' }, desk)).toMatchObject({
      code: 'INVALID',
    });
    const received = async (knownOn: string) =>
      (
        await under.cases.ask<{ caseStatistics: { groups: { key: string; figures: { received: number } }[] } }>(
          `{ caseStatistics(from: "2026-03-01", to: "2026-03-31", knownOn: "${knownOn}", groupBy: CATEGORY) { groups { key figures { received } } } }`,
          {},
          coordinator,
        )
      ).data?.caseStatistics.groups.filter(({ figures }) => figures.received > 0);
    expect(await received('2026-03-03')).toEqual([{ key: 'FINANCE', figures: { received: 1 } }]);
    expect(await received('2026-03-04')).toEqual([{ key: 'ARREARS', figures: { received: 1 } }]);
  });

  it('is its own intake: whose case it is too, which then is no longer for the enterprise that was taken down', async () => {
    const other = '91110108551385082Q';
    let one = await submitted({ uscc: USCC, channel: 'MAIL' }, desk);
    one = await done(
      'correctCaseIntake',
      one,
      { uscc: other, title: '银行要求提前收回贷款', contactName: '李四', industry: 'F', reason: '代码录入有误' },
      desk,
      'title industrySection enterprise { uscc } complainant { contactName contactPhone }',
    );
    expect(one).toMatchObject({
      title: '银行要求提前收回贷款',
      industrySection: 'F',
      enterprise: { uscc: other },
      complainant: { contactName: '李四', contactPhone: '13812345678' },
    });
    const code = async (actor: Actor) =>
      (await under.cases.ask(`{ case(caseNumber: "${NUMBER}") { title } }`, {}, actor)).errors?.[0]?.extensions?.[
        'code'
      ];
    expect([await code(owner), await code({ ...people.stranger, uscc: other })]).toEqual(['FORBIDDEN', undefined]);
    expect(
      await refused('correctCaseIntake', one, { title: '银行要求提前收回贷款', reason: '没有变化' }, desk),
    ).toMatchObject({ details: { reason: 'NOTHING_TO_CORRECT' } });
    expect(await refused('correctCaseIntake', one, { region: '999999', reason: '地区有误' }, desk)).toMatchObject({
      code: 'INVALID',
      path: ['region'],
    });
    one = await done('assignCase', one, { lead: 'JRB' }, desk);
    // Who may not correct it is refused as such, and learns no more of a guess that is right.
    for (const title of ['银行要求提前收回贷款', '银行要求追加抵押物'])
      expect(await refused('correctCaseIntake', one, { title, reason: '试探一下' }, officer('JRB'))).toBeUndefined();
    expect(await refused('correctCaseIntake', one, { region: '421221', reason: '地区有误' }, desk)).toMatchObject({
      code: 'CONFLICT',
      path: ['region'],
    });
  });

  it('is not what an enterprise said itself', async () => {
    const one = await submitted();
    expect(
      await refused('correctCaseIntake', one, { text: '替企业改写的内容', reason: '改写内容' }, coordinator),
    ).toMatchObject({ code: 'CONFLICT', path: ['text'] });
    expect(
      await done('correctCaseIntake', one, { kind: 'COMPLAINT', reason: '应为投诉' }, coordinator, 'kind'),
    ).toMatchObject({ kind: 'COMPLAINT' });
  });

  it('is a lane: a shorter term from today, a longer one from the assignment, none for what is overdue', async () => {
    let one = await done('assignCase', await submitted(), { lead: 'JRB' }, coordinator);
    under.cases.at('2026-03-03');
    one = await done('changeCaseLane', one, { lane: 'URGENT', reason: '急事急办' }, coordinator, 'lane dueOn');
    // Two working days from Tuesday the 3rd.
    expect(one).toMatchObject({ lane: 'URGENT', dueOn: '2026-03-05' });
    one = await done('changeCaseLane', one, { lane: 'ORDINARY', reason: '并不紧急' }, coordinator, 'lane dueOn');
    // Five from the 2nd, on which it was assigned: nothing is gained by having been urgent.
    expect(one).toMatchObject({ lane: 'ORDINARY', dueOn: '2026-03-09' });
    expect(await refused('changeCaseLane', one, { lane: 'JOINT', reason: '多部门' }, coordinator)).toMatchObject({
      path: ['lane'],
    });
    under.cases.at('2026-03-12');
    expect(await refused('changeCaseLane', one, { lane: 'URGENT', reason: '急事急办' }, coordinator)).toMatchObject({
      code: 'CONFLICT',
      path: ['caseNumber'],
    });
  });
});

describe('an internal note', () => {
  it('changes nothing that the enterprise sees, or whoever reads the case for a purpose', async () => {
    let one = await done('assignCase', await submitted(), { lead: 'JRB' }, coordinator);
    one = await done('acceptCase', one, {}, officer('JRB'));
    const reader = { ...officer('RSJ'), purpose: '核对同一企业的用工诉求' };
    const before = [await seen(owner), await seen(reader)];
    under.cases.at('2026-03-03');
    const noted = await done(
      'addInternalNote',
      one,
      { note: '企业法人涉诉，注意方式' },
      officer('JRB'),
      'internalNotes { note department { code } }',
    );
    expect(noted).toMatchObject({
      version: 4,
      internalNotes: [{ note: '企业法人涉诉，注意方式', department: { code: 'JRB' } }],
    });
    expect([await seen(owner), await seen(reader)]).toEqual(before);
    expect(await seen(coordinator)).toMatchObject({ version: 4 });
    expect(
      (await under.cases.ask(`{ case(caseNumber: "${NUMBER}") { internalNotes { note } } }`, {}, owner)).errors?.[0]
        ?.extensions?.['code'],
    ).toBe('FORBIDDEN');
    expect(
      (await under.cases.ask(`{ case(caseNumber: "${NUMBER}") { internalNotes { note } } }`, {}, reader)).errors?.[0]
        ?.extensions?.['code'],
    ).toBe('FORBIDDEN');
    // The enterprise goes on with the version that it sees, and so does whoever follows the cases from outside.
    expect(await done('urgeCase', { ...one, version: 3 }, { note: '请尽快办理' }, owner)).toMatchObject({ version: 4 });
    expect((await outboxTypes()).slice(-2)).toEqual(['cn.zhitong.internal.noted', 'cn.zhitong.case.urged']);
    const versions = (
      await under.cases.connection
        .collection('outbox')
        .find({ 'event.type': /^cn\.zhitong\.case\./ })
        .sort({ _id: 1 })
        .toArray()
    ).map((entry) => (entry['event'] as { data: { version: number } }).data.version);
    expect(versions).toEqual([1, 2, 3, 4]);
    expect(
      (await mutate(under.cases, 'addInternalNote', { caseNumber: NUMBER, note: '企业自己的备注' }, owner)).code,
    ).toBe('FORBIDDEN');
  });
});

describe('a case that is declined', () => {
  it('names who is competent, is answered or assigned after an objection, and is not resolved', async () => {
    let one = await submitted({ uscc: USCC, channel: 'MAIL' }, desk);
    expect(await refused('declineCase', one, { competent: ' ', reason: '不属本市' }, desk)).toMatchObject({
      path: ['competent'],
    });
    one = await done(
      'declineCase',
      one,
      { competent: '武汉海关', reason: '属海关职权' },
      desk,
      'declined { competent reason } isOpen',
    );
    expect(one).toMatchObject({
      status: 'DECLINED',
      isOpen: false,
      declined: { competent: '武汉海关', reason: '属海关职权' },
    });
    const { data } = await under.cases.ask(
      '{ caseStatistics(from: "2026-03-01", to: "2026-03-31") { total { resolution { numerator denominator } } } }',
      {},
      coordinator,
    );
    expect(data).toEqual({ caseStatistics: { total: { resolution: { numerator: 0, denominator: 1 } } } });
    one = await done('reopenCase', one, { reason: '海关答复不属其职权' }, owner, 'declined { competent }');
    expect(one).toMatchObject({ status: 'RECEIVED', declined: null });
    expect(await refused('declineCase', one, { competent: '武汉海关', reason: '属海关职权' }, desk)).toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('the right of the enterprise to rate', () => {
  const answered = [
    ['2026-03-02', assigned()],
    ['2026-03-02', accepted],
    ['2026-03-02', contacted],
    ['2026-03-02', resolvedWith()],
  ] as const;

  it('survives a quick closing and the grades after a call-back, which its own replace; so does the right to reopen', async () => {
    await under.cases.given(aHistory('2026-03-02', answered, { receivedBy: 'GSL' }));
    const at = { caseNumber: NUMBER, version: 5, status: '' };
    let one = await done('closeCase', at, { reason: '办结' }, coordinator);
    one = await done('rateCase', one, { process: 5, result: 5 }, coordinator, 'rating { isOwn result }');
    expect(one).toMatchObject({ status: 'CLOSED', rating: { isOwn: false, result: 5 } });
    expect(await rates('JRB')).toMatchObject({ satisfaction: { numerator: 1, denominator: 1 } });
    expect((await seen(owner))?.['legalMoves']).toEqual(expect.arrayContaining(['RATED', 'REOPENED']));
    one = await done(
      'rateCase',
      one,
      { process: 3, result: 1, reason: '问题没有解决' },
      owner,
      'rating { isOwn result } checks { cause }',
    );
    expect(one).toMatchObject({ rating: { isOwn: true, result: 1 }, checks: [{ cause: 'BAD_RATING' }] });
    expect(await rates('JRB')).toMatchObject({ satisfaction: { numerator: 0, denominator: 1 } });
    expect(await refused('rateCase', one, { process: 5, result: 5 }, owner)).toMatchObject({ code: 'CONFLICT' });
    expect(await done('reopenCase', one, { reason: '问题没有解决' }, owner)).toMatchObject({ status: 'REOPENED' });
  });

  it('is kept by undoing a mistaken closing, which is counted no longer', async () => {
    await under.cases.given(
      aHistory(
        '2026-03-02',
        [...answered, ['2026-03-02', rated(5, 5)], ['2026-03-02', { type: 'CLOSED', reason: '办结' }]],
        { receivedBy: 'GSL' },
      ),
    );
    expect(await rates('JRB')).toMatchObject({ closed: 1 });
    const undone = await done(
      'undoCaseClosing',
      { caseNumber: NUMBER, version: 7, status: '' },
      { reason: '误操作' },
      desk,
      'closedOn',
    );
    expect(undone).toMatchObject({ status: 'RATED', closedOn: null });
    expect(await rates('JRB')).toMatchObject({ closed: 0 });
  });
});

describe('cases that go on as one, and one that becomes two', () => {
  it('merges cases of one enterprise alone, and keeps what was said', async () => {
    const first = await submitted({ uscc: USCC, channel: 'MAIL' }, desk);
    const second = await submitted({ uscc: USCC, channel: 'MAIL', title: '再次反映续贷问题' }, desk);
    const other = await submitted({ uscc: '91110108551385082Q', channel: 'MAIL' }, desk);
    const anonymous = await submitted({ uscc: USCC, channel: 'MAIL', anonymous: true }, desk);
    for (const into of [other, anonymous])
      expect(await refused('mergeCase', second, { into: into.caseNumber, reason: '同一事项' }, desk)).toMatchObject({
        code: 'CONFLICT',
        details: { reason: 'OTHER_ENTERPRISE' },
      });
    expect(await refused('mergeCase', second, { into: 'SQ2026-000099', reason: '同一事项' }, desk)).toMatchObject({
      code: 'INVALID',
      path: ['into'],
    });
    expect(await refused('mergeCase', second, { into: second.caseNumber, reason: '同一事项' }, desk)).toMatchObject({
      path: ['into'],
    });
    const merged = await done('mergeCase', second, { into: first.caseNumber, reason: '同一事项' }, desk, 'mergedInto');
    expect(merged).toMatchObject({ status: 'MERGED', mergedInto: first.caseNumber });
    const { data } = await under.cases.ask(
      `{ case(caseNumber: "${first.caseNumber}") { version absorbed history { type reason } } }`,
      {},
      owner,
    );
    expect(data).toMatchObject({
      case: {
        version: 2,
        absorbed: [second.caseNumber],
        history: [{}, { type: 'ABSORBED', reason: expect.stringContaining('再次反映续贷问题') as string }],
      },
    });
    // Into one that has ended nothing goes: both stay as they are.
    expect(
      await refused('mergeCase', first, { into: second.caseNumber, expectedVersion: 2, reason: '同一事项' }, desk),
    ).toMatchObject({ code: 'CONFLICT', path: ['into'] });
    expect(await seen(owner)).toMatchObject({ status: 'RECEIVED', version: 2 });
  });

  it('splits a matter off with clocks from today on, and takes no number where it may not', async () => {
    const one = await submitted({ uscc: USCC, channel: 'MAIL' }, desk);
    under.cases.at('2026-03-05');
    const matter = {
      category: 'LABOUR',
      title: '招工遇到困难',
      text: '另有招工困难，请人社部门协调。',
      reason: '两件事',
    };
    expect(
      (
        await mutate(
          under.cases,
          'splitCase',
          { caseNumber: one.caseNumber, expectedVersion: 1, ...matter },
          officer('RSJ'),
        )
      ).code,
    ).toBe('FORBIDDEN');
    const split = await done('splitCase', one, matter, desk, 'splitInto');
    expect(split).toMatchObject({ splitInto: ['SQ2026-000002'] });
    const { data } = await under.cases.ask(
      '{ case(caseNumber: "SQ2026-000002") { title category splitFrom receivedOn dueOn enterprise { uscc } } }',
      {},
      desk,
    );
    expect(data).toEqual({
      case: {
        title: '招工遇到困难',
        category: 'LABOUR',
        splitFrom: NUMBER,
        receivedOn: '2026-03-05',
        dueOn: '2026-03-06',
        enterprise: { uscc: USCC },
      },
    });
  });
});

describe('the intake of a case', () => {
  it('knows the further categories', async () => {
    expect(aSubmission().category).toBe('FINANCE');
    expect(anIntake().receivedBy).toBeNull();
    for (const category of ['UTILITIES', 'ARREARS', 'GOVERNMENT_PROMISES'])
      expect(await submitted({ category }, owner)).toMatchObject({ status: 'RECEIVED' });
    expect(await seen(auditor)).toMatchObject({ version: 1 });
  });
});
