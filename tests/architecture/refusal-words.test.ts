import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RefusalTable } from '@zhitong/values';
import { GATEWAY_REFUSALS } from '../../gateway/src/refusal-words.js';
import { SHARED_REFUSALS } from '../../kit/src/refusal-words.js';
import { REFUSAL_WORDS as CASES } from '../../subgraphs/cases/src/domain/refusal-words.js';
import { REFUSAL_WORDS as CREDIT } from '../../subgraphs/credit/src/domain/refusal-words.js';
import { REFUSAL_WORDS as POLICIES } from '../../subgraphs/policies/src/domain/refusal-words.js';

const ROOT = path.join(import.meta.dirname, '../..');
const TABLES: readonly (readonly [folder: string, table: RefusalTable])[] = [
  ['kit/src', SHARED_REFUSALS],
  ['gateway/src', GATEWAY_REFUSALS],
  ['subgraphs/policies/src', POLICIES],
  ['subgraphs/credit/src', CREDIT],
  ['subgraphs/cases/src', CASES],
];
const places = (words: string): string[] => [...words.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
const sourcesOf = (folder: string): (readonly [name: string, text: string])[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('generated'))
    .map((name) => [`${folder}/${name}`, readFileSync(path.join(ROOT, folder, name), 'utf8')] as const);

it.each(TABLES)('%s tells every reason in both languages, naming the same values', (_folder, table) => {
  const wrong = Object.entries(table).flatMap(([reason, { en, zh }]) => {
    const named = new Set(places(en));
    const strangers = places(zh).filter((name) => !named.has(name) && !named.has(name.replace(/InChinese$/, '')));
    // What stands in English as it was found ({fault}) is taken apart in Chinese.
    const isWhole = en === '{fault}';
    return /\p{Script=Han}/u.test(zh.replace(/\{\w+\}/g, '字')) && (isWhole || strangers.length === 0) ? [] : [reason];
  });
  expect(wrong).toEqual([]);
});

it.each(TABLES)('%s uses every reason that it has words for', (folder, table) => {
  const used = new Set(
    sourcesOf(folder)
      .filter(([name]) => !/refusal-words\.ts$|refusals\/words-of/.test(name))
      .flatMap(([, text]) => [...text.matchAll(/'([A-Z][A-Z0-9_]+)'/g)].map(([, reason]) => reason)),
  );
  expect(Object.keys(table).filter((reason) => !used.has(reason))).toEqual([]);
});

it('nothing tells a caller what is wrong without words in Chinese: the errors of callers are made in one place', () => {
  const bare = ['kit/src', 'gateway/src', 'connect/src', 'subgraphs']
    .flatMap(sourcesOf)
    .filter(([, text]) =>
      /new GraphQLError\((?:[^;]*?)code: '(?:BAD_USER_INPUT|FORBIDDEN|UNAUTHENTICATED|NOT_FOUND)'/s.test(text),
    )
    .map(([name]) => name);
  // The gateway gives faults of variables the words of the scalar, else its own.
  expect(bare).toEqual(['gateway/src/execution/variable-faults.ts']);
});
