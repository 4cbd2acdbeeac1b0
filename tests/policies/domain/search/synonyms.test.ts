import { searchIndex, wordsTest } from '../../../../subgraphs/policies/src/domain/search/search-index.js';
import { synonymsOf } from '../../../../subgraphs/policies/src/domain/search/synonyms.js';
import { policySynonyms } from '../../../../subgraphs/policies/src/memory/policy-search.js';

const spaces = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const synonyms = synonymsOf([
  ['高新技术企业', '高企'],
  ['稳岗返还', '稳岗'],
]);
const of = (id: string, text: string) => ({ id, fields: [{ text, weight: 1 }] });

describe('words that mean the same', () => {
  it('find each other, beside the other words of a text', () => {
    const index = searchIndex([of('long', '高新技术企业 认定'), of('short', '高企 培育')], spaces, synonyms);
    for (const asked of ['高企', '高新技术企业']) expect(index(asked).map(({ id }) => id)).toEqual(['long', 'short']);
    expect(index('高企认定').map(({ id }) => id)[0]).toBe('long');
  });

  it('are the longest that a text has: 稳岗返还 is not 稳岗 and 返还', () => {
    expect(synonyms('稳岗返还资金')).toEqual({ marks: ['same:稳岗返还'], rest: ' 资金' });
  });

  it('are looked for as they stand where no document has any of them', () => {
    expect(searchIndex([of('a', '企 业 高企业')], (text) => [...text], synonymsOf([['甲乙', '丙丁']]))('甲乙')).toEqual(
      [],
    );
    expect(synonymsOf([['甲乙', '丙丁']])('戊')).toEqual({ marks: [], rest: '戊' });
  });

  it('are those of a subscription too', () => {
    const touches = wordsTest(of('long', '高新技术企业 认定'), spaces, synonyms);
    expect([touches('高企'), touches('高企 认定'), touches('高企 退出')]).toEqual([true, true, false]);
  });

  it('stand in one group of two or more', () => {
    expect(() =>
      synonymsOf([
        ['甲乙', '丙丁'],
        ['丙丁', '戊己'],
      ]),
    ).toThrow('丙丁');
    expect(() => synonymsOf([['甲乙']])).toThrow('two');
  });

  it('of the field are kept in a list that can be read', () => {
    expect(policySynonyms('残保金')).toEqual(policySynonyms('残疾人就业保障金'));
  });
});
