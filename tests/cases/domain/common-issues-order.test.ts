import fc from 'fast-check';
import { commonIssues, growth, type IssueCase } from '../../../subgraphs/cases/src/domain/common-issues.js';

/** Cases with the given words, one for each complainant named; numbered in the order written. */
const casesOf = (
  ...groups: readonly (readonly [words: string, complainants: string, part?: Partial<IssueCase>])[]
): IssueCase[] =>
  groups
    .flatMap(([words, complainants, part]) => Array.from(complainants, (complainant) => ({ words, complainant, part })))
    .map(({ words, complainant, part }, index) => ({
      caseNumber: `SQ2026-${String(index + 1).padStart(6, '0')}`,
      category: 'FINANCE',
      region: '421202',
      industry: 'C',
      receivedOn: '2026-03-02',
      complainant,
      keywords: words.split(' '),
      ...part,
    }));
const wordsOf = (cases: readonly IssueCase[], limit = 10) =>
  commonIssues(cases, [], limit).map(({ words }) => words.join(' '));

describe('the order of common issues', () => {
  it('is by enterprises, then by cases, then by words, across categories', () => {
    const cases = casesOf(
      ['w x', 'ABC', { category: 'TAX_AND_FEES' }],
      ['c d', 'ABC'],
      ['a b', 'ABCD', { category: 'TAX_AND_FEES' }],
      ['e f', 'ABCC'],
    );
    expect(wordsOf(cases)).toEqual(['a b', 'e f', 'c d', 'w x']);
    expect(wordsOf(cases, 2)).toEqual(['a b', 'e f']);
  });

  it('takes the pair of more enterprises before the pair of more cases, then more cases, then the first by alphabet', () => {
    // Each case holds three words, of which only one pair can be its cluster.
    expect(wordsOf(casesOf(['b c', 'ABBBBB'], ['a b c', 'CD']))).toEqual(['b c']);
    expect(wordsOf(casesOf(['a b m', 'ABC'], ['a m', 'C']))).toEqual(['a m']);
    expect(wordsOf(casesOf(['a m', 'C'], ['a b m', 'ABC']))).toEqual(['a m']);
    expect(wordsOf(casesOf(['m b a', 'ABC']))).toEqual(['a b']);
    expect(wordsOf(casesOf(['m b', 'D'], ['m b a', 'ABC'], ['a m', 'E']))).toEqual(['a m']);
  });

  it('is the same in whatever order cases and words come', () => {
    const cases = casesOf(['a b c', 'ABC'], ['b c d', 'CDE'], ['a d', 'FGHH'], ['x y', 'ABC', { category: 'LABOUR' }]);
    const plain = commonIssues(cases, [], 10);
    fc.assert(
      fc.property(fc.shuffledSubarray(cases, { minLength: cases.length }), (shuffled) =>
        expect(
          commonIssues(
            shuffled.map((one) => ({ ...one, keywords: one.keywords.toReversed() })),
            [],
            10,
          ),
        ).toEqual(plain),
      ),
    );
  });
});

describe('a common issue', () => {
  it('says where and in which industries it is, the most frequent first, equal ones by code', () => {
    const [cluster] = commonIssues(
      [
        ...casesOf(
          ['a b', 'A', { region: '421202', industry: 'F' }],
          ['a b', 'BC', { region: '421221', industry: null }],
          ['a b', 'D', { region: '421281', industry: 'C' }],
          ['a b', 'E', { region: '421202', industry: 'C' }],
          ['a b', 'F', { region: '421200' }],
        ),
      ],
      [],
      10,
    );
    expect(cluster?.regions).toEqual([
      { key: '421202', count: 2 },
      { key: '421221', count: 2 },
      { key: '421200', count: 1 },
      { key: '421281', count: 1 },
    ]);
    expect(cluster?.industries).toEqual([
      { key: 'C', count: 3 },
      { key: 'F', count: 1 },
    ]);
  });

  it('counts a word that a case names twice once', () => {
    expect(wordsOf(casesOf(['a a b', 'ABC']))).toEqual(['a b']);
    expect(wordsOf(casesOf(['a a', 'ABC']))).toEqual([]);
  });

  it('is compared with the cases of its own category that held both words before', () => {
    const now = casesOf(['a b', 'ABCD']);
    const before = casesOf(['a b', 'AB'], ['a c', 'CD'], ['a b', 'E', { category: 'LABOUR' }]);
    const [cluster] = commonIssues(now, before, 10);
    if (!cluster) throw new Error('no cluster');
    expect(cluster.casesBefore).toBe(2);
    expect(growth(cluster)).toEqual({ isNew: false, change: 2 });
    expect(growth({ ...cluster, casesBefore: 0 })).toEqual({ isNew: true, change: 4 });
  });
});
