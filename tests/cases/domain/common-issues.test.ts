import { commonIssues, growth, type IssueCase } from '../../../subgraphs/cases/src/domain/common-issues.js';
import type { Category } from '../../../subgraphs/cases/src/domain/taxonomy.js';

let next = 0;
const issue = (
  complainant: string,
  keywords: string[],
  category: Category = 'FINANCE',
  region = '421202',
): IssueCase => {
  next += 1;
  return {
    caseNumber: `SQ2026-${String(next).padStart(6, '0')}`,
    category,
    region,
    industry: 'C',
    receivedOn: '2026-03-02',
    complainant,
    keywords,
  };
};

describe('common issues', () => {
  const renewals = ['甲', '乙', '丙', '丁'].map((who) => issue(who, ['续贷', '银行', who]));
  const oneNag = [1, 2, 3, 4, 5, 6].map(() => issue('戊', ['停车', '收费']));
  const fees = ['己', '庚', '辛'].map((who) => issue(who, ['停车', '收费'], 'TAX_AND_FEES', '421221'));

  it('are pairs of words that at least three enterprises share, within a category', () => {
    const clusters = commonIssues([...renewals, ...oneNag, ...fees], [], 10);
    expect(clusters.map((cluster) => [cluster.category, cluster.enterprises, [...cluster.words].sort()])).toEqual([
      ['FINANCE', 4, ['续贷', '银行'].sort()],
      ['TAX_AND_FEES', 3, ['停车', '收费'].sort()],
    ]);
  });

  it('hold only cases that have both words, so that anyone can check', () => {
    const all = [...renewals, ...oneNag, ...fees];
    for (const cluster of commonIssues(all, [], 10)) {
      for (const number of cluster.caseNumbers)
        expect(all.find((one) => one.caseNumber === number)?.keywords).toEqual(
          expect.arrayContaining([...cluster.words]),
        );
    }
  });

  it('put a case in one cluster at most', () => {
    const mixed = ['子', '丑', '寅', '卯', '辰'].map((who, index) =>
      issue(who, index < 3 ? ['用工', '社保', '招聘'] : ['用工', '社保']),
    );
    const clusters = commonIssues(mixed, [], 10);
    expect(clusters).toHaveLength(1);
    expect(clusters[0]).toMatchObject({ enterprises: 5, words: ['用工', '社保'].sort() });
  });

  it('do not depend on the order of the cases', () => {
    const all = [...renewals, ...oneNag, ...fees];
    expect(commonIssues([...all].reverse(), [], 10)).toEqual(commonIssues(all, [], 10));
  });

  it('say where the problem is and how it has grown', () => {
    const before = [issue('甲', ['续贷', '银行']), issue('甲', ['续贷', '利率'])];
    const [cluster] = commonIssues(renewals, before, 1);
    expect(cluster).toMatchObject({
      casesBefore: 1,
      regions: [{ key: '421202', count: 4 }],
      industries: [{ key: 'C', count: 4 }],
    });
    expect(cluster && growth(cluster)).toEqual({ isNew: false, change: 3 });
  });

  it('are none when nobody shares anything', () => {
    expect(commonIssues([issue('甲', ['一']), issue('乙', []), issue('丙', ['二', '三'])], [], 10)).toEqual([]);
  });
});
