import { accepted, aHistory, assigned, contacted, resolvedWith, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { mutate, run } from '../support/mutations.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  cases.at('2026-03-16');
  await cases.given(
    ...[1, 2, 3, 4, 5].map((n) =>
      aHistory(
        '2026-03-02',
        [
          ['2026-03-03', assigned()],
          ['2026-03-03', accepted],
          ['2026-03-04', contacted],
          ['2026-03-06', resolvedWith('已协调银行续贷，联系人张三丰 13812345678 表示满意')],
        ],
        {},
        `SQ2026-00000${n}`,
      ),
    ),
    aHistory('2026-03-10', [], {}, 'SQ2026-000009'),
  );
});
afterAll(async () => cases.close());
const { auditor, coordinator, officer } = people;

describe('a referral to discipline inspection', () => {
  const refer = async (part: Record<string, unknown> = {}, actor: Parameters<CasesUnderTest['ask']>[2] = auditor) =>
    mutate(
      cases,
      'referCase',
      {
        caseNumber: 'SQ2026-000001',
        expectedVersion: 5,
        department: 'JRB',
        reason: '推诿拖延',
        evidence: ['https://files.example.cn/1.pdf'],
        ...part,
      },
      actor ?? null,
      'referrals { id department { code } outcome note referredOn concludedOn evidence }',
    );
  const flag = async () =>
    (
      await cases.ask<{ departmentRanking: { departments: unknown[] } }>(
        '{ departmentRanking(from: "2026-03-01", to: "2026-03-31") { departments { department { code } rank holdsFlag } } }',
        {},
        coordinator,
      )
    ).data?.departmentRanking.departments;

  it('keeps evidence and outcome, and the flag waits for it', async () => {
    expect(await flag()).toEqual([{ department: { code: 'JRB' }, rank: 1, holdsFlag: true }]);
    const referred = (await refer()).outcome?.case;
    expect(referred?.['referrals']).toMatchObject([
      {
        department: { code: 'JRB' },
        outcome: null,
        referredOn: '2026-03-16',
        evidence: ['https://files.example.cn/1.pdf'],
      },
    ]);
    expect(await flag()).toEqual([{ department: { code: 'JRB' }, rank: 1, holdsFlag: false }]);
    const [{ id } = { id: '' }] = referred?.['referrals'] as { id: string }[];
    const concluded = await mutate(
      cases,
      'concludeReferral',
      { caseNumber: 'SQ2026-000001', expectedVersion: 6, referral: id, outcome: 'CLEARED', note: '澄清正名' },
      coordinator,
      'referrals { outcome note concludedOn }',
    );
    expect(concluded.outcome?.case?.['referrals']).toEqual([
      { outcome: 'CLEARED', note: '澄清正名', concludedOn: '2026-03-16' },
    ]);
    expect(await flag()).toEqual([{ department: { code: 'JRB' }, rank: 1, holdsFlag: true }]);
    expect(
      (
        await mutate(
          cases,
          'concludeReferral',
          { caseNumber: 'SQ2026-000001', expectedVersion: 7, referral: id, outcome: 'SANCTIONED', note: '再次处理' },
          coordinator,
        )
      ).outcome?.refusal?.code,
    ).toBe('CONFLICT');
  });

  it('is not shown to the department or the enterprise, in the history either', async () => {
    await refer();
    for (const actor of [officer('JRB'), people.owner]) {
      const { data, errors } = await cases.ask<{ case: unknown }>(
        '{ case(caseNumber: "SQ2026-000001") { referrals { id } history { type } } }',
        {},
        actor,
      );
      expect(data?.case).toEqual({
        referrals: null,
        history: ['SUBMITTED', 'ASSIGNED', 'ACCEPTED', 'CONTACTED', 'RESOLVED'].map((type) => ({ type })),
      });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it.each([
    [{ evidence: [] }, 'evidence'],
    [{ evidence: ['ftp://x.cn/a'] }, 'evidence'],
    [{ department: 'jrb' }, 'department'],
  ])('refuses %j', async (part, field) => {
    expect((await refer(part)).outcome?.refusal).toMatchObject({
      code: 'INVALID',
      path: expect.arrayContaining([field]) as string[],
    });
  });

  it('is not for an officer', async () => {
    expect((await refer({}, officer('JRB'))).code).toBe('FORBIDDEN');
  });
});

describe('a typical case', () => {
  interface Typical {
    id: string;
    title: string;
    text: string;
    status: string;
  }
  const propose = async (part: Record<string, unknown> = {}) =>
    run<Typical>(
      cases,
      ['proposeTypicalCase', 'ProposeTypicalCaseInput', 'typicalCase'],
      'id title text status',
      { caseNumber: 'SQ2026-000001', title: '咸宁市恒达机械有限公司续贷案例', ...part },
      coordinator,
    );
  const review = async (id: string | undefined, actor: Parameters<CasesUnderTest['ask']>[2], approve = true) =>
    run<Typical>(
      cases,
      ['reviewTypicalCase', 'ReviewTypicalCaseInput', 'typicalCase'],
      'id status publishedOn',
      { id, approve, note: '内容属实，可以公开' },
      actor ?? null,
    );
  const [second, third] = ['coordinator-2', 'coordinator-3'].map((sub) => ({ ...coordinator, sub }));
  const published = async () =>
    (await cases.ask<{ typicalCases: Typical[] }>('{ typicalCases { title text category publishedOn } }')).data
      ?.typicalCases;

  it('is published without personal data once a second person has read it', async () => {
    const { result } = await propose();
    expect(await published()).toEqual([]);
    expect((await review(result?.id, second)).result).toMatchObject({ status: 'PUBLISHED', publishedOn: '2026-03-16' });
    const [shown] = (await published()) ?? [];
    expect(shown).toMatchObject({ title: '某企业续贷案例', category: 'FINANCE', publishedOn: '2026-03-16' });
    expect(JSON.stringify(shown)).not.toMatch(new RegExp(`恒达|张三丰|13812345678|${USCC}`));
  });

  it('is not reviewed by whoever proposed it, nor twice', async () => {
    const { result } = await propose();
    expect((await review(result?.id, coordinator)).refusal).toMatchObject({ code: 'CONFLICT' });
    const both = await Promise.all([review(result?.id, third, false), review(result?.id, second)]);
    expect(both.filter((answer) => answer.result !== null)).toHaveLength(1);
    expect(both.filter((answer) => answer.refusal?.code === 'CONFLICT')).toHaveLength(1);
  });

  it('is not reviewed by an auditor, who changes nothing', async () => {
    expect((await review((await propose()).result?.id, auditor)).code).toBe('FORBIDDEN');
    expect(await published()).toEqual([]);
  });

  it('says what may be done with it: a second person reviews it, and what is published is taken back', async () => {
    const { result } = await propose();
    const moves = async (list: string, actor: Parameters<CasesUnderTest['ask']>[2]) =>
      (await cases.ask(`{ ${list} { legalMoves } }`, {}, actor ?? null)).data;
    const told = (list: string, ...legalMoves: string[]) => ({ [list]: [{ legalMoves }] });
    expect(await moves('typicalCaseProposals', coordinator)).toEqual(told('typicalCaseProposals'));
    expect(await moves('typicalCaseProposals', second)).toEqual(told('typicalCaseProposals', 'REVIEW'));
    await review(result?.id, second);
    expect(await moves('typicalCases', coordinator)).toEqual(told('typicalCases', 'RETRACT'));
    expect(await moves('typicalCases', auditor)).toEqual(told('typicalCases'));
  });

  it('that is rejected is not shown', async () => {
    await review((await propose()).result?.id, second, false);
    expect(await published()).toEqual([]);
  });

  it('shows the public neither the case nor who proposed it', async () => {
    await review((await propose()).result?.id, second);
    const { data } = await cases.ask('{ typicalCases { case { caseNumber } proposedBy reviewedBy reviewNote } }');
    expect(data).toEqual({ typicalCases: [{ case: null, proposedBy: null, reviewedBy: null, reviewNote: null }] });
  });

  it('names the department that handled the case where that was proposed, and no other', async () => {
    const named = async () =>
      (await cases.ask<{ typicalCases: unknown[] }>('{ typicalCases { department { code } } }')).data?.typicalCases;
    const plain = await propose();
    await review(plain.result?.id, second);
    expect(await named()).toEqual([{ department: null }]);
    await run<Typical>(
      cases,
      ['retractTypicalCase', 'RetractTypicalCaseInput', 'typicalCase'],
      'id',
      { id: plain.result?.id, reason: '改为公开通报' },
      coordinator,
    );
    await review((await propose({ namesDepartment: true })).result?.id, second);
    expect(await named()).toEqual([{ department: { code: 'JRB' } }]);
  });

  it('cannot name a department where none handled the case', async () => {
    await cases.given(
      aHistory(
        '2026-03-02',
        [['2026-03-03', { type: 'ANSWERED_DIRECTLY', answer: '已当场答复政策依据' }]],
        {},
        'SQ2026-000010',
      ),
    );
    const answered = { caseNumber: 'SQ2026-000010', text: '当场答复，企业满意' };
    const { refusal } = await propose({ ...answered, namesDepartment: true });
    expect(refusal?.path).toEqual(['namesDepartment']);
    expect((await propose(answered)).result?.status).toBe('PROPOSED');
  });

  it('is made of an answered case only', async () => {
    expect((await propose({ caseNumber: 'SQ2026-000009' })).refusal).toMatchObject({ code: 'CONFLICT' });
    expect((await propose({ caseNumber: 'SQ1999-000001' })).code).toBe('NOT_FOUND');
    expect((await review('no-such-id', second)).code).toBe('NOT_FOUND');
  });
});

describe('the public ranking', () => {
  it('leaves out departments whose cases could be traced to an enterprise', async () => {
    // Five cases, all of one enterprise.
    const { data } = await cases.ask(
      '{ departmentRanking(from: "2026-03-05", to: "2026-03-31") { from to departments { rank } } }',
    );
    expect(data).toEqual({ departmentRanking: { from: '2026-03-01', to: '2026-03-31', departments: [] } });
  });
});
