import { searchIndex, wordsOf, wordsTest } from '../../../../subgraphs/policies/src/domain/search/search-index.js';

const spaces = (text: string): string[] => text.split(' ');

describe('a search', () => {
  const documents = [
    { id: 'b', fields: [{ text: '稳岗 返还', weight: 2 }] },
    {
      id: 'a',
      fields: [
        { text: '稳岗', weight: 2 },
        { text: '稳岗', weight: 5 },
      ],
    },
    { id: 'c', fields: [{ text: '贷款', weight: 1 }] },
  ];
  const search = searchIndex(documents, spaces);

  it('scores the words found, and among equals the rarity and the weight of each', () => {
    // ln(1 + 3/2) for a word in two of three documents, ln(1 + 3/1) for one in one.
    expect(search('稳岗')).toEqual([
      { id: 'a', score: 1_004.581 },
      { id: 'b', score: 1_001.833 },
    ]);
    expect(search('稳岗 返还')).toEqual([
      { id: 'b', score: 2_004.605 },
      { id: 'a', score: 1_004.581 },
    ]);
  });

  it('needs half of the words, and orders equals by name', () => {
    expect(search('贷款 没有').map(({ id }) => id)).toEqual(['c']);
    expect(search('贷款 没有 这些')).toEqual([]);
    expect(
      searchIndex(
        [
          { id: 'z', fields: [{ text: 'x', weight: 1 }] },
          { id: 'y', fields: [{ text: 'x', weight: 1 }] },
        ],
        spaces,
      )('x').map(({ id }) => id),
    ).toEqual(['y', 'z']);
  });

  it('looks for each telling word once, in small letters of one width', () => {
    expect(wordsOf('ＬＯＡＮ loan 、 补贴 的', spaces)).toEqual(['loan', '补贴']);
    for (const empty of [
      '的',
      '了',
      '和',
      '与',
      '及',
      '我',
      '想',
      '要',
      '有',
      '什么',
      '哪些',
      '怎么',
      '可以',
      '请问',
      '政策',
      '企业',
      '公司',
    ])
      expect(wordsOf(`${empty} 补贴`, spaces)).toEqual(['补贴']);
    expect(wordsOf('——', spaces)).toEqual([]);
  });

  it('of all words holds when the document has each, by its pairs of characters too', () => {
    const holds = wordsTest(
      {
        fields: [
          { text: '一次性扩岗补助', weight: 1 },
          { text: 'loan', weight: 1 },
        ],
      },
      spaces,
    );
    expect([
      holds('扩岗'),
      holds('扩岗 loan'),
      holds('扩岗 贷款'),
      holds('扩助'),
      holds('岗扩'),
      holds(''),
      holds('——'),
      holds('x'),
    ]).toEqual([true, true, false, false, false, false, false, false]);
  });
});
