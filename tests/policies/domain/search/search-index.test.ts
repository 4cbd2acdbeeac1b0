import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { readPolicyFile } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { searchIndex, wordsOf } from '../../../../subgraphs/policies/src/domain/search/search-index.js';
import { cutChinese, policySearch } from '../../../../subgraphs/policies/src/memory/policy-search.js';
import type { PolicyShelf, ShelfPolicy } from '../../../../subgraphs/policies/src/memory/policy-shelf.js';
import { newVersion } from '../../../../subgraphs/policies/src/usecases/import-policies.js';
import { TODAY } from '../../support/random-criteria.js';

const real: unknown = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../../../subgraphs/policies/data/real-policies.json', import.meta.url)),
    'utf8',
  ),
);
const policies: readonly ShelfPolicy[] = readPolicyFile(real, TODAY).accepted.map((content) => ({
  content,
  facts: [],
  record: newVersion(content, { version: 1, by: 'test', now: new Date(0), published: true }),
}));
const shelf: Pick<PolicyShelf, 'all'> = { all: () => policies };
const search = policySearch(shelf as PolicyShelf); // the search reads nothing else of the shelf
const found = (text: string): string[] => search.find(text).map(({ id }) => id);

describe('the search over the real policies', () => {
  it.each([
    ['稳岗返还', /wengang/],
    ['招用高校毕业生补贴', /graduate|kuogang/],
    ['专精特新小巨人', /sgiant|srdi|honour/],
    ['饭店', /hotel|tourism/],
    ['个体工商户个税', /iit-individual/],
    ['首次升规奖励', /guishang|xsg/],
    ['失业保险 杭州', /hz-wengang/],
    ['稳岗补贴', /wengang/],
    ['援企稳岗', /wengang/],
  ])('finds the right policy first for %s', (text, expected) => {
    expect(found(text)[0]).toMatch(expected);
  });

  /** The policies that have one of some words in their title or benefit, found without the search. */
  const speakOf = (...words: readonly string[]): string[] =>
    policies.flatMap(({ content: { id, title, benefit } }) =>
      words.some((word) => `${title} ${benefit.text}`.includes(word)) ? [id] : [],
    );
  it.each([
    ['高企', ['高新技术企业']],
    ['技改', ['技术改造', '技改']],
    ['减税', ['减征', '免征', '减免税']],
    ['个体户', ['个体工商户']],
    ['规模以上', ['规上', '规模以上']],
  ])('finds for %s every policy that says it otherwise', (asked, words) => {
    const expected = speakOf(...words);
    expect(expected.length).toBeGreaterThan(0);
    expect(found(asked)).toEqual(expect.arrayContaining(expected));
  });

  it('finds nothing for what no policy speaks of, and for signs', () => {
    expect(found('宇宙飞船发射')).toEqual([]);
    expect(found('!!!')).toEqual([]);
    expect(found('')).toEqual([]);
  });

  it('never throws, whatever is looked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) =>
        expect(Array.isArray(found(text))).toBe(true),
      ),
    );
  });
});

describe('searchIndex', () => {
  const spaces = (text: string): string[] => text.split(' ');

  it('puts documents with more of the words first, then the rarer word and the weightier field', () => {
    const documents = [
      { id: 'note', fields: [{ text: 'rare', weight: 1 }] },
      { id: 'title', fields: [{ text: 'rare', weight: 5 }] },
      { id: 'both', fields: [{ text: 'rare often', weight: 1 }] },
      { id: 'often', fields: [{ text: 'often', weight: 5 }] },
      { id: 'often2', fields: [{ text: 'often', weight: 5 }] },
      { id: 'often3', fields: [{ text: 'often', weight: 5 }] },
    ];
    expect(searchIndex(documents, spaces)('rare often').map(({ id }) => id)).toEqual([
      'both',
      'title',
      'often',
      'often2',
      'often3',
      'note',
    ]);
  });

  it('does not look for words that tell nothing, unless there are no others', () => {
    expect(wordsOf('我 想 要 补贴', spaces)).toEqual(['补贴']);
    expect(wordsOf('企业 政策', spaces)).toEqual(['企业', '政策']);
  });

  it('finds a word that no dictionary knows by its pairs of characters', () => {
    const index = searchIndex(
      [
        { id: 'hit', fields: [{ text: '一次性扩岗补助', weight: 1 }] },
        { id: 'miss', fields: [{ text: '扩大出口,上岗培训', weight: 1 }] },
      ],
      (text) => [text],
    );
    expect(index('扩岗').map(({ id }) => id)).toEqual(['hit']);
  });

  it('keeps a title whole and finds its parts', () => {
    expect(cutChinese('高新技术企业')).toEqual(expect.arrayContaining(['高新技术企业', '高新', '技术']));
  });
});
