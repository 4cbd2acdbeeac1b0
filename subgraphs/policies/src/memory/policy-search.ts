import { readFileSync } from 'node:fs';
import jieba from 'jieba-wasm';
import { z } from 'zod';
import { allFacts } from '../domain/facts/facts.js';
import { policyDocument } from '../domain/search/policy-document.js';
import { searchIndex, type SearchHit, type SearchIndex } from '../domain/search/search-index.js';
import { synonymsOf } from '../domain/search/synonyms.js';
import type { PolicyShelf, ShelfPolicy } from './policy-shelf.js';

/** Words of the field that a general dictionary cuts to pieces. */
const FIELD_WORDS = [
  '免申即享',
  '专精特新',
  '小巨人',
  '单项冠军',
  '稳岗返还',
  '扩岗补助',
  '留工补助',
  '高新技术企业',
  '规上',
  '限上',
  '升规',
  '纳统',
  '贴息',
  '技改',
  '社零',
  '六税两费',
  '残保金',
  '个体工商户',
  '小微企业',
  '高校毕业生',
];

/** Words that mean the same, kept in `data/synonyms.json`: 高企 finds 高新技术企业. */
export const policySynonyms = synonymsOf(
  z
    .array(z.array(z.string().min(2)))
    .parse(JSON.parse(readFileSync(new URL('../../data/synonyms.json', import.meta.url), 'utf8'))),
);

let taught = false;

/** Cuts Chinese text for searching: long words whole and in parts, so that 高新技术企业 is also found by 高新 and 技术. */
export function cutChinese(text: string): string[] {
  if (!taught) {
    for (const word of [...FIELD_WORDS, ...allFacts().flatMap(({ type, values }) => (type === 'TITLES' ? values : []))])
      jieba.add_word(word);
    taught = true;
  }
  return jieba.cut_for_search(text, true);
}

/** Finds published policies by Chinese words, best first. */
export interface PolicySearch {
  find(text: string): readonly SearchHit[];
}

/** A search over the shelf; its index is built again when the shelf has changed. */
export function policySearch(shelf: PolicyShelf): PolicySearch {
  let indexed: readonly ShelfPolicy[] | undefined;
  let index: SearchIndex = () => [];
  return {
    find: (text) => {
      const policies = shelf.all();
      if (policies !== indexed) {
        index = searchIndex(
          policies.map(({ content }) => policyDocument(content)),
          cutChinese,
          policySynonyms,
        );
        indexed = policies;
      }
      return index(text);
    },
  };
}
