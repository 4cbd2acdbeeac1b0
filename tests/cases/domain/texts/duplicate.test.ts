import { duplicateHints, similarity, type ComparableCase } from '../../../../subgraphs/cases/src/domain/duplicate.js';

const fresh = { receivedOn: '2026-06-30', title: '银行抽贷', text: '银行要求提前还贷' };
const earlier = (caseNumber: string, part: Partial<ComparableCase> = {}): ComparableCase => ({
  ...fresh,
  caseNumber,
  ...part,
});
const numbers = (...cases: ComparableCase[]) => duplicateHints(fresh, cases).map(({ caseNumber }) => caseNumber);

describe('similarity', () => {
  it.each([
    ['abcd', 'abcd', 1],
    ['abcd', 'wxyz', 0],
    // ab bc cd and ab bc ce: two pairs shared of three each.
    ['abcd', 'abce', 2 / 3],
    // ab twice in the first, once in the second: (2 x 1) / (3 + 1), ba not shared.
    ['abab', 'ab', 0.5],
    ['', 'abcd', 0],
    ['abcd', 'a', 0],
    ['', '', 0],
    ['a', 'a', 0],
  ])('of "%s" and "%s" is %d', (one, other, expected) => expect(similarity(one, other)).toBeCloseTo(expected, 10));

  it('sees through case, width, punctuation and spaces, and keeps digits apart', () => {
    expect(similarity('ＡＢＣ，公司', 'abc 公司！')).toBe(1);
    expect(similarity('STRASSE', 'straße')).toBeLessThan(1);
    expect(similarity('2026年1月', '2026年2月')).toBeLessThan(1);
    expect(similarity('12', '34')).toBe(0);
  });
});

describe('hints to earlier cases', () => {
  it('reach back ninety days, the ninetieth included, and never forward', () => {
    // 30 June minus 90 days is 1 April.
    expect(
      numbers(
        earlier('A', { receivedOn: '2026-04-01' }),
        earlier('B', { receivedOn: '2026-03-31' }),
        earlier('C', { receivedOn: '2026-06-30' }),
        earlier('D', { receivedOn: '2026-07-01' }),
      ),
    ).toEqual(['A', 'C']);
  });

  it('begin at six tenths', () => {
    // Six characters have five pairs; three of five in common is 0.6.
    const of = (text: string) =>
      duplicateHints({ ...fresh, title: '', text: 'abcdef' }, [earlier('A', { title: '', text })]);
    expect(of('abcdxy')).toEqual([{ caseNumber: 'A', similarity: 0.6 }]);
    expect(of('abcxyz')).toEqual([]);
  });

  it('name the most similar first, equal ones by number, and leave out what differs', () => {
    const near = earlier('A', { text: '银行要求提前还贷款' });
    expect(
      numbers(near, earlier('C'), earlier('B'), earlier('X', { title: '车位', text: '小区停车收费太高' })),
    ).toEqual(['B', 'C', 'A']);
  });
});
