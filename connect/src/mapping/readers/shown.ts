import { replacePersonalNumbers, type NumberNames } from '@zhitong/kit/personal-data';
import type { Shown } from './reading.js';

const SHOWN_CHARACTERS = 30;
/** What stands in Chinese texts in place of persons' numbers. */
const HIDDEN: NumberNames = {
  identity: '（身份证号）',
  account: '（号码）',
  mobile: '（电话）',
  landline: '（电话）',
};
/** Fifteen digits, with what people put between them: less is no identity number. Spares others the long search. */
const MAY_BE_IDENTITY = /(?:[0-9０-９][^0-9０-９]{0,3}){14}[0-9０-９]/;
const MARK = '\u0000';

/** A text with persons' numbers replaced by what they are, in Chinese. */
export const withNumbersHidden = (text: string): string => replacePersonalNumbers(text, HIDDEN);

/** Whether a text is or contains what looks like a citizen's identity number, also one with a wrong digit. */
export const holdsIdentityNumber = (text: string): boolean =>
  MAY_BE_IDENTITY.test(text) && replacePersonalNumbers(text, { ...HIDDEN, identity: MARK }).includes(MARK);

/** A text in quotes, short, with every person's number taken out. */
export const short: Shown = (text) => {
  const safe = withNumbersHidden(text);
  const characters = [...safe];
  return `“${characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : safe}”`;
};

/** Of a person's data nothing is repeated. */
export const hidden: Shown = () => '该内容（涉及个人，此处不予显示）';
