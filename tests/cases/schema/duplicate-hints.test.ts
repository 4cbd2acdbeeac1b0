import { aHistory, assigned } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-06-30');
});
beforeEach(async () => cases.empty());
afterAll(async () => cases.close());

const enterpriseOf = (place: number) => ({
  uscc: `914200000000000${String(place).padStart(3, '0')}`,
  name: null,
  homeRegion: null,
  anonymous: false,
  contactName: null,
  contactPhone: null,
});
const number = (place: number): string => `SQ2026-${String(place).padStart(6, '0')}`;
const LIST = '{ cases(first: 200) { nodes { caseNumber duplicateHints { case { caseNumber title } similarity } } } }';
interface Listed {
  readonly cases: {
    readonly nodes: readonly {
      readonly caseNumber: string;
      readonly duplicateHints: readonly {
        readonly case: { readonly caseNumber: string };
        readonly similarity: number;
      }[];
    }[];
  };
}
const hints = (data: Listed | null | undefined) =>
  Object.fromEntries(
    (data?.cases.nodes ?? []).map((node) => [node.caseNumber, node.duplicateHints.map((hint) => hint.case.caseNumber)]),
  );

describe('Case.duplicateHints in a list', () => {
  it('takes two hundred cases with as many commands as one', async () => {
    await cases.given(
      ...Array.from({ length: 200 }, (_, i) =>
        aHistory('2026-03-02', [], { complainant: enterpriseOf(i % 100) }, number(i + 1)),
      ),
    );
    const { result, commands } = await cases.counted(async () => cases.ask<Listed>(LIST, {}, people.coordinator));
    expect(result.errors).toBeUndefined();
    const found = hints(result.data);
    expect(Object.values(found).flat()).toHaveLength(100);
    expect(found[number(101)]).toEqual([number(1)]);
    // The page, what its cases are compared with, and the cases that the hints show.
    expect(commands).toEqual(['find', 'aggregate', 'find']);
  });

  it('looks back ninety days over the same enterprise, never forward', async () => {
    const complainant = enterpriseOf(1);
    await cases.given(
      aHistory('2026-01-01', [], { complainant }, number(1)),
      aHistory('2026-01-02', [], { complainant }, number(2)),
      aHistory('2026-04-01', [], { complainant: enterpriseOf(2) }, number(3)),
      aHistory('2026-04-02', [], { complainant }, number(4)),
      aHistory(
        '2026-04-02',
        [],
        { complainant, title: '道路积水', text: '厂区门口道路每逢下雨必积水，请求疏通。' },
        number(5),
      ),
    );
    expect(hints((await cases.ask<Listed>(LIST, {}, people.coordinator)).data)).toEqual({
      [number(1)]: [],
      [number(2)]: [number(1)],
      [number(3)]: [],
      [number(4)]: [number(2)],
      [number(5)]: [],
    });
  });

  it('does not point to an anonymous case, nor to one of another department', async () => {
    const complainant = enterpriseOf(1);
    await cases.given(
      aHistory(
        '2026-03-02',
        [['2026-03-02', assigned()]],
        { complainant: { ...complainant, anonymous: true } },
        number(1),
      ),
      aHistory('2026-03-02', [['2026-03-02', assigned({ lead: 'RSJ' })]], { complainant }, number(2)),
      aHistory('2026-03-03', [['2026-03-03', assigned()]], { complainant }, number(3)),
      aHistory('2026-03-04', [['2026-03-04', assigned()]], { complainant }, number(4)),
    );
    expect(hints((await cases.ask<Listed>(LIST, {}, people.officer('JRB'))).data)).toEqual({
      [number(1)]: [],
      [number(3)]: [],
      [number(4)]: [number(3)],
    });
    expect(hints((await cases.ask<Listed>(LIST, {}, people.coordinator)).data)[number(4)]).toEqual(
      [number(3), number(2), number(1)].sort(),
    );
  });
});
