import {
  irregularCodeWords,
  sayIn,
  textFaults,
  usccFaultInChinese,
  type Said as SaidOf,
  type SaidParameters,
  type TextFault,
  type UsccProblem,
} from '@zhitong/values';
import { CODES_IN_CHINESE } from './refusals/codes-in-chinese.js';
import { WORDS_OF_APPRAISAL_AND_TASKS } from './refusals/words-of-appraisal-and-tasks.js';
import { WORDS_OF_NETWORK } from './refusals/words-of-network.js';
import { WORDS_OF_PROJECTS } from './refusals/words-of-projects.js';
import { WORDS_OF_READING } from './refusals/words-of-reading.js';
import { WORDS_OF_REGISTER } from './refusals/words-of-register.js';
import { WORDS_OF_SERVICE_ITEMS } from './refusals/words-of-service-items.js';
import { WORDS_OF_VISITS } from './refusals/words-of-visits.js';

/** All reasons for which the department refuses something, with their words in English and Chinese. */
export const REFUSAL_WORDS = {
  ...WORDS_OF_REGISTER,
  ...WORDS_OF_READING,
  ...WORDS_OF_NETWORK,
  ...WORDS_OF_VISITS,
  ...WORDS_OF_PROJECTS,
  ...WORDS_OF_SERVICE_ITEMS,
  ...WORDS_OF_APPRAISAL_AND_TASKS,
  TEXT_TOO_SHORT: {
    en: 'at least {shortest} characters, not {length}',
    zh: '内容有 {length} 个字，至少须 {shortest} 个字',
  },
  TEXT_TOO_LONG: { en: 'at most {longest} characters, not {length}', zh: '内容有 {length} 个字，最多 {longest} 个字' },
  TEXT_UNREADABLE: { en: '{fault}', zh: '内容含有控制字符或不完整的字符' },
  BAD_USCC: { en: '{fault}', zh: '统一社会信用代码不符合 GB 32100-2015：{faultInChinese}' },
} as const;

export type RefusalReason = keyof typeof REFUSAL_WORDS;
/** Why something is refused by this department. */
export type Said = SaidOf<RefusalReason>;

/** Words of a reason with its parameters; codes of the graph stand in the Chinese ones by what they are called. */
export const said = (reason: RefusalReason, parameters: SaidParameters = {}): Said =>
  sayIn(REFUSAL_WORDS, reason, { parameters, inChinese: (value) => inChinese(value.split(', ')) });

/** Codes of the graph as they stand in Chinese words. */
export const inChinese = (codes: readonly string[]): string =>
  codes.map((code) => CODES_IN_CHINESE[code] ?? code).join('、');

/** What is wrong with a free text, as {@link textFaults} says it, in both languages. */
export function saidOfText(
  text: string,
  path: readonly string[],
  limits: { longest: number; shortest: number },
): (TextFault & Said)[] {
  return textFaults(text, path, limits).map(({ message }) => {
    const length = text.length > limits.longest * 2 ? text.length : [...text.trim()].length;
    const { longest, shortest } = limits;
    if (length > longest) return { path, ...said('TEXT_TOO_LONG', { longest, length }) };
    if (length < shortest) return { path, ...said('TEXT_TOO_SHORT', { shortest, length }) };
    return { path, ...said('TEXT_UNREADABLE', { fault: message }) };
  });
}

/** What is wrong with a unified social credit code. */
export const saidOfUscc = ({ message, problem }: { message: string; problem: UsccProblem }, code: string): Said =>
  said('BAD_USCC', { fault: message, faultInChinese: usccFaultInChinese(problem, code) });

/** That no enterprise is registered under a code; of one whose check character is irregular, that it was mistyped. */
export function saidNotRegistered(uscc: string, reason: RefusalReason = 'NOT_REGISTERED', name = 'uscc'): Said {
  const words = irregularCodeWords(uscc);
  return words === null
    ? said(reason, { [name]: uscc })
    : said('IRREGULAR_NOT_REGISTERED', { fault: words.en, faultInChinese: words.zh });
}
