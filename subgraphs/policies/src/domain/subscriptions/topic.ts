import { industryProblem, isProvince } from '@zhitong/values';
import { BENEFIT_KINDS } from '../benefit/benefit.js';
import { unshownIn } from '../format/readable-text.js';
import { prefixUnder } from '../facts/facts.js';
import { shown } from '../problem.js';
import { said, type Said } from '../refusal-words.js';

/** What an enterprise can subscribe to [订阅]. */
export const TOPIC_KINDS = ['INDUSTRY', 'DISTRICT', 'HONOUR', 'BENEFIT', 'ISSUER', 'WORDS'] as const;
export type TopicKind = (typeof TOPIC_KINDS)[number];

/**
 * A topic. `value`, by kind: a code of GB/T 4754 from its section letter on, six digits of GB/T 2260, a title, a kind
 * of benefit in capitals, a department's code, words of a search in small letters.
 */
export interface Topic {
  readonly kind: TopicKind;
  readonly value: string;
}

/** What the published policies know: no closed list of titles or departments is held here. */
export interface KnownValues {
  readonly honours: ReadonlySet<string>;
  readonly issuers: ReadonlySet<string>;
}

/** Topics of one enterprise at most. */
export const MOST_TOPICS = 20;
const MOST_CHARACTERS = 50;
const LEAST_CHARACTERS = 2;
const DISTRICT = /^(\d\d)\d{4}$/;
const TELLING = /[\p{L}\p{N}]/u;

/** A topic as it is kept: equal topics, however they were typed, are equal texts. */
export function normalTopic({ kind, value }: Topic): Topic {
  const text = value.normalize('NFKC').trim();
  if (kind === 'WORDS') return { kind, value: text.toLowerCase().replace(/\s+/gu, ' ') };
  return { kind, value: kind === 'HONOUR' ? text : text.toUpperCase() };
}

/** Why nobody can subscribe to a topic in its normal form, or null. Never throws. */
export function topicProblem({ kind, value }: Topic, known: KnownValues): Said | null {
  switch (kind) {
    case 'INDUSTRY':
      return industryProblem(value) === null ? null : said('NO_INDUSTRY', { value: shown(value) });
    case 'DISTRICT':
      return isDistrict(value) ? null : said('NO_DISTRICT', { value: shown(value) });
    case 'HONOUR':
      return known.honours.has(value) ? null : said('NO_HONOUR', { value: shown(value) });
    case 'BENEFIT':
      return BENEFIT_KINDS.some((one) => one.toUpperCase() === value)
        ? null
        : said('NO_BENEFIT', {
            value: shown(value),
            kinds: BENEFIT_KINDS.map((one) => one.toUpperCase()).join(', '),
          });
    case 'ISSUER':
      return known.issuers.has(value)
        ? null
        : said('NO_ISSUER_OF_POLICIES', { value: shown(value), issuers: [...known.issuers].sort().join(', ') });
    case 'WORDS':
      return wordsProblem(value);
  }
}

/** True for six digits in a province of GB/T 2260. */
export const isDistrict = (value: string): boolean => isProvince(DISTRICT.exec(value)?.[1] ?? '');

function wordsProblem(value: string): Said | null {
  const length = [...value].length;
  if (length < LEAST_CHARACTERS || length > MOST_CHARACTERS)
    return said('WORDS_OF_OTHER_LENGTH', { length, least: LEAST_CHARACTERS, most: MOST_CHARACTERS });
  if (unshownIn('value', value) !== null) return said('WORDS_WITH_CONTROL');
  return TELLING.test(value) ? null : said('NO_WORD', { value: shown(value) });
}

/** A code in the form in which what lies under it begins with it: 421200 becomes 4212. */
const prefixForm = (kind: 'INDUSTRY' | 'DISTRICT', code: string): string =>
  kind === 'DISTRICT' ? prefixUnder(code, 'REGION') : code;

const prefixesOf = (code: string): string[] => [...code].map((_, index) => code.slice(0, index + 1));

/** The key under which all who look for words are found; whether a policy holds the words is another question. */
export const WORDS_KEY = 'WORDS';

/**
 * Keys under which a subscriber to the topic is found through an index. A code lies on one line with those above it and
 * those under it, so a subscriber has a key for itself (`=`) and for each code that it lies under (`<`).
 */
export function keysOfTopic({ kind, value }: Topic): string[] {
  if (kind === 'WORDS') return [WORDS_KEY];
  if (kind !== 'INDUSTRY' && kind !== 'DISTRICT') return [`${kind}=${value}`];
  const code = prefixForm(kind, value);
  return [
    `${kind}=${code}`,
    ...prefixesOf(code)
      .slice(0, -1)
      .map((above) => `${kind}<${above}`),
  ];
}

/** Keys of the subscribers whom a code concerns that a policy names: its own, those above it, and those under it. */
export function keysOfCode(kind: 'INDUSTRY' | 'DISTRICT', named: string): string[] {
  const code = prefixForm(kind, named);
  return [...prefixesOf(code).map((one) => `${kind}=${one}`), `${kind}<${code}`];
}
