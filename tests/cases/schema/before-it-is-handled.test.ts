import type { Actor } from '@zhitong/kit';
import { aHistory, anIntake, assigned, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-06-30');
});
beforeEach(async () => cases.empty());
afterAll(async () => cases.close());

const number = (place: number): string => `SQ2026-${String(place).padStart(6, '0')}`;
const { title, text } = anIntake();
const ALIKE =
  'query ($title: String!, $text: String!) { casesAlike(title: $title, text: $text) { similarity case { caseNumber } } }';
const SUGGESTION = `{ case(caseNumber: "${number(9)}") { suggestion {
  categories { category count } departments { department { code } count } similar { caseNumber } } } }`;

describe('casesAlike', () => {
  it('finds what the enterprise has brought before, of ninety days, and nothing of another', async () => {
    await cases.given(
      aHistory('2026-03-31', [], {}, number(1)),
      aHistory('2026-04-01', [], {}, number(2)),
      aHistory('2026-06-29', [], { title: '道路积水', text: '厂区门口道路每逢下雨必积水，请求疏通。' }, number(3)),
    );
    const asked = async (who: Actor) => cases.ask(ALIKE, { title, text }, who);
    expect(await asked(people.owner)).toMatchObject({
      data: { casesAlike: [{ similarity: 1, case: { caseNumber: number(2) } }] },
    });
    expect(await asked(people.stranger)).toMatchObject({ data: { casesAlike: [] } });
    const { data } = await cases.ask<{ case: { caseNumber: string } | null }>(
      `{ case(caseNumber: "${number(2)}") { caseNumber enterprise { uscc } } }`,
      {},
      people.owner,
    );
    expect(data?.case).toMatchObject({ enterprise: { uscc: USCC } });
  });

  it('compares no more than a case can hold', async () => {
    const { errors } = await cases.ask(ALIKE, { title, text: '字'.repeat(5_101) }, people.owner);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      zh: expect.stringContaining('不得超过 5100 字') as unknown,
    });
  });
});

describe('Case.suggestion', () => {
  it('tells the coordinator how similar cases were assigned, and nobody else', async () => {
    const about = { keywords: ['续贷', '抽贷', '银行'] };
    await cases.given(
      aHistory('2026-05-01', [['2026-05-01', assigned({ lead: 'JRB' })]], about, number(1)),
      aHistory('2026-05-02', [['2026-05-02', assigned({ lead: 'JRB' })]], { keywords: ['续贷', '银行'] }, number(2)),
      aHistory('2026-05-03', [['2026-05-03', assigned({ lead: 'RSJ' })]], { keywords: ['续贷', '社保'] }, number(3)),
      aHistory('2026-05-04', [], about, number(4)),
      aHistory('2026-06-30', [], about, number(9)),
    );
    expect(await cases.ask(SUGGESTION, {}, people.coordinator)).toMatchObject({
      data: {
        case: {
          suggestion: {
            categories: [{ category: anIntake().category, count: 2 }],
            departments: [{ department: { code: 'JRB' }, count: 2 }],
            similar: [{ caseNumber: number(1) }, { caseNumber: number(2) }],
          },
        },
      },
    });
    expect(await cases.ask(SUGGESTION, {}, people.owner)).toMatchObject({ data: { case: { suggestion: null } } });
  });

  it('takes two hundred cases with one command more than their list, each with its own words', async () => {
    const words = (place: number): string[] => [`行业${String(place % 100)}`, `事项${String(place % 100)}`];
    await cases.given(
      ...Array.from({ length: 200 }, (_, at) =>
        aHistory(
          '2026-05-01',
          at < 100 ? [['2026-05-02', assigned({ lead: at % 2 === 0 ? 'JRB' : 'RSJ' })]] : [],
          { keywords: at === 199 ? ['行业99'] : words(at) },
          number(at + 1),
        ),
      ),
    );
    const { result, commands } = await cases.counted(async () =>
      cases.ask<{ cases: { nodes: { caseNumber: string; suggestion: Suggested }[] } }>(
        '{ cases(first: 200) { nodes { caseNumber suggestion { departments { department { code } count } similar { caseNumber } } } } }',
        {},
        people.coordinator,
      ),
    );
    expect(result.errors).toBeUndefined();
    // The page, what its cases are like, and the cases that are shown as such.
    expect(commands).toEqual(['find', 'aggregate', 'find']);
    const of = (place: number) => result.data?.cases.nodes.find((one) => one.caseNumber === number(place))?.suggestion;
    expect(of(150)).toEqual({
      departments: [{ department: { code: 'RSJ' }, count: 1 }],
      similar: [{ caseNumber: number(50) }],
    });
    // A case is not like itself, and one word makes none alike.
    for (const place of [50, 200]) expect(of(place)).toEqual({ departments: [], similar: [] });
  });
});

interface Suggested {
  readonly departments: readonly { readonly department: { readonly code: string }; readonly count: number }[];
  readonly similar: readonly { readonly caseNumber: string }[];
}
