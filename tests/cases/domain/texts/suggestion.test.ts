import { suggestHandling, type HandledCase } from '../../../../subgraphs/cases/src/domain/suggestion.js';

const handled = (caseNumber: string, keywords: string, part: Partial<HandledCase> = {}): HandledCase => ({
  caseNumber,
  category: 'FINANCE',
  lead: 'JRB',
  keywords: keywords.split(' '),
  ...part,
});

describe('what similar cases suggest', () => {
  it('counts what those were assigned as that share two words, the most alike first', () => {
    const suggestion = suggestHandling(
      ['贷款', '续贷', '抽贷', '银行'],
      [
        handled('A', '贷款 银行', { category: 'POLICY_DELIVERY', lead: 'CZJ' }),
        handled('B', '贷款 续贷 抽贷'),
        handled('C', '贷款 用地', { category: 'LAND_AND_CONSTRUCTION', lead: 'ZRZYJ' }),
        handled('D', '续贷 银行'),
      ],
    );
    expect(suggestion).toEqual({
      categories: [
        { key: 'FINANCE', count: 2 },
        { key: 'POLICY_DELIVERY', count: 1 },
      ],
      departments: [
        { key: 'JRB', count: 2 },
        { key: 'CZJ', count: 1 },
      ],
      caseNumbers: ['B', 'A', 'D'],
    });
  });

  it('suggests nothing where nothing is alike, and looks at ten at most', () => {
    expect(suggestHandling(['贷款', '续贷'], [handled('A', '贷款')])).toEqual({
      categories: [],
      departments: [],
      caseNumbers: [],
    });
    const many = Array.from({ length: 12 }, (_, at) => handled(`C${at}`, '贷款 续贷'));
    const { caseNumbers, departments } = suggestHandling(['贷款', '续贷'], many);
    expect([caseNumbers.length, caseNumbers[0], departments]).toEqual([10, 'C0', [{ key: 'JRB', count: 10 }]]);
  });
});
