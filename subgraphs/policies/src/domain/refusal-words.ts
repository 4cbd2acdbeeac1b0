import { saidWithin, sayer, type Said as SaidOf, type SaidParameters, type Words } from '@zhitong/values';
import { inChinese } from './refusals/codes-in-chinese.js';
import { WORDS_OF_FILES } from './refusals/words-of-files.js';
import { WORDS_OF_GRANTS } from './refusals/words-of-grants.js';
import { WORDS_OF_POLICIES } from './refusals/words-of-policies.js';
import { WORDS_OF_QUESTIONS } from './refusals/words-of-questions.js';
import { WORDS_OF_READING } from './refusals/words-of-reading.js';
import { WORDS_OF_VALUES } from './refusals/words-of-values.js';

/** All reasons for which the department refuses something, with their words in English and Chinese. */
export const REFUSAL_WORDS = {
  ...WORDS_OF_GRANTS,
  ...WORDS_OF_POLICIES,
  ...WORDS_OF_QUESTIONS,
  ...WORDS_OF_READING,
  ...WORDS_OF_FILES,
  ...WORDS_OF_VALUES,
} as const;

export type RefusalReason = keyof typeof REFUSAL_WORDS;
/** Why something is refused by this department. */
export type Said = SaidOf<RefusalReason>;

/** Words of a reason with its parameters; codes of the graph stand in the Chinese ones by what they are called. */
export const said = sayer(REFUSAL_WORDS, inChinese);

/** What is wrong with a part, within a sentence about the whole that has `{why}` where it stands. */
export const saidOf = (frame: Words, why: Said, parameters: SaidParameters = {}): Said =>
  saidWithin(frame, why, parameters, inChinese);

/** A value with what is wrong with it, as a sentence. */
export const VALUE_SENTENCE: Words = { en: '{value} {why}.', zh: '{value} {why}' };
/** The same within a longer one. */
export const VALUE_PHRASE: Words = { en: '{value} {why}', zh: '{value} {why}' };
