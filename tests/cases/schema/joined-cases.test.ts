import type { Actor } from '@zhitong/kit';
import type { CaseChange } from '../../../subgraphs/cases/src/domain/case-event.js';
import { accepted, aHistory, anIntake, assigned, resolvedWith, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { mutate, run } from '../support/mutations.js';

/**
 * Words of a case that went on in another one, in histories of before: the merging told neither whom they name nor for
 * which project.
 */
const [INTO, FROM] = ['SQ2026-000091', 'SQ2026-000092'] as const;
const SAID = '我是李四海，有事打8765432，事关凤凰产业园二期（P-2）';
const SECRET = /李四海|四海|8765432|凤凰|P-2/;
const complainant = { ...anIntake().complainant, anonymous: true };
const other = { ...complainant, contactName: '李四海', contactPhone: '0715-8765432' };
const absorbed: CaseChange = { type: 'ABSORBED', from: FROM, title: '再次反映', text: SAID };
const readers: readonly (readonly [string, Actor])[] = [
  ['the department', people.officer('JRB')],
  ['the auditor', people.auditor],
];

let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, '2026-03-16')));
beforeEach(async () => {
  await cases.empty();
  cases.registry.projects = { 'P-1': USCC, 'P-2': USCC };
  cases.registry.projectNames = { 'P-1': '凤凰产业园一期', 'P-2': '凤凰产业园二期' };
});
afterAll(async () => cases.close());

const given = async (after: readonly CaseChange[] = []): Promise<void> =>
  cases.given(
    aHistory(
      '2026-03-12',
      [
        ['2026-03-12', assigned()],
        ['2026-03-12', accepted],
        ['2026-03-13', absorbed],
        ...after.map((change) => ['2026-03-13', change] as const),
        ['2026-03-13', resolvedWith(`已答复：${SAID}`)],
      ],
      { complainant },
      INTO,
    ),
    aHistory(
      '2026-03-12',
      [['2026-03-13', { type: 'MERGED', into: INTO, reason: '同一事项' }]],
      { complainant: other, text: SAID, project: 'P-2', receivedBy: 'JRB' },
      FROM,
    ),
  );

const read = async (actor: Actor) =>
  (
    await cases.ask<{ case: { answer: string | null; history: { type: string; reason: string | null }[] } }>(
      `{ case(caseNumber: "${INTO}") { answer history { type reason } } }`,
      {},
      actor,
    )
  ).data?.case;

describe('an anonymous case in which another one goes on, merged before that told whom it names', () => {
  it.each(readers)(
    'tells %s neither its contact nor its project, in its history or in the answer',
    async (_who, actor) => {
      await given();
      const told = await read(actor);
      expect(told?.answer).toMatch(/^已答复：我是某，有事打［电话］/);
      expect(told?.history.find(({ type }) => type === 'ABSORBED')?.reason).toContain('我是某，有事打［电话］');
      expect(JSON.stringify(told)).not.toMatch(SECRET);
      expect((await read(people.coordinator))?.answer).toContain(SAID);
    },
  );

  it.each(readers)('tells %s neither in the history of what was released again', async (_who, actor) => {
    await given([{ type: 'RELEASED', from: FROM, reason: '误并' }]);
    const told = (await read(actor))?.history.filter(({ type }) => type !== 'RESOLVED');
    expect(told?.find(({ type }) => type === 'ABSORBED')?.reason).toContain('我是某');
    expect(JSON.stringify(told)).not.toMatch(SECRET);
  });

  it('is published without either', async () => {
    await given();
    const { result } = await run<{ text: string }>(
      cases,
      ['proposeTypicalCase', 'ProposeTypicalCaseInput', 'typicalCase'],
      'text',
      { caseNumber: INTO, title: '产业园的案例' },
      people.coordinator,
    );
    expect(result?.text).toContain('已答复：我是某');
    expect(result?.text).not.toMatch(SECRET);
  });
});

describe('the project for which an anonymous case was taken down before a correction', () => {
  it.each<[string, Record<string, unknown>]>([
    ['of the project', { project: 'P-1' }],
    ['of the enterprise', { uscc: '91110108551385082Q' }],
  ])('is as little told after one %s', async (_what, correction) => {
    await cases.given(
      aHistory(
        '2026-03-12',
        [['2026-03-12', assigned()]],
        { complainant, text: SAID, project: 'P-2', receivedBy: 'GSL' },
        INTO,
      ),
    );
    const { outcome, message } = await mutate(
      cases,
      'correctCaseIntake',
      { caseNumber: INTO, expectedVersion: 2, reason: '登记有误', ...correction },
      people.coordinator,
    );
    expect([message, outcome?.refusal]).toEqual([undefined, null]);
    const { data } = await cases.ask<{ case: { text: string } }>(
      `{ case(caseNumber: "${INTO}") { text } }`,
      {},
      people.officer('JRB'),
    );
    expect(data?.case.text).not.toMatch(/凤凰|P-2/);
  });
});

describe('a clearing notice for everybody', () => {
  const TEXT = '经查，恒达厂李四海反映钱七同志的问题不属实，予以澄清。';
  const issued = async (anonymous: boolean): Promise<string | undefined> => {
    cases.registry.names = { [USCC]: ['咸宁市恒达机械制造厂'] };
    await cases.given(
      aHistory('2026-03-12', [['2026-03-12', assigned()]], { complainant: { ...other, anonymous } }, INTO),
    );
    const moved = async (name: string, expectedVersion: number, part: object, actor: Actor, fields = '') => {
      const { outcome, message } = await mutate(
        cases,
        name,
        { caseNumber: INTO, expectedVersion, ...part },
        actor,
        fields,
      );
      expect([name, message, outcome?.refusal]).toEqual([name, undefined, null]);
      return outcome?.case as unknown as { referrals?: { id: string }[] };
    };
    const refer = {
      department: 'JRB',
      reason: '推诿拖延',
      evidence: ['https://files.example.cn/1.pdf'],
      persons: [{ name: '钱七', post: '科员' }],
    };
    const referral = (await moved('referCase', 2, refer, people.auditor, 'referrals { id }')).referrals?.[0]?.id;
    await moved(
      'concludeReferral',
      3,
      { referral, outcome: 'CLEARED', note: '不属实', persons: [{ person: 1 }] },
      people.auditor,
    );
    await moved('issueClearingNotice', 4, { referral, text: TEXT, scope: 'PUBLIC' }, people.coordinator);
    const { data } = await cases.ask<{ clearingNotices: { text: string }[] }>('{ clearingNotices { text } }', {}, null);
    return data?.clearingNotices[0]?.text;
  };

  it('does not tell who brought an anonymous case', async () => {
    expect(await issued(true)).toBe('经查，某厂某反映钱七同志的问题不属实，予以澄清。');
  });

  it('stands as it was written where the case is a named one', async () => {
    expect(await issued(false)).toBe(TEXT);
  });
});
