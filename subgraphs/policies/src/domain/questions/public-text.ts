import { usccInText } from '@zhitong/values';

const CREDIT_CODE = 'a social credit code';

/** Numbers that lead to a person or an enterprise, in free Chinese text. */
const PERSONAL: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an identity number', /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g],
  [CREDIT_CODE, usccInText()],
  ['an account number', /(?<!\d)\d{16,19}(?!\d)/g],
  ['a mobile number', /(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g],
  ['an e-mail address', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
];
/** What is found is called so in Chinese. */
export const FOUND_IN_CHINESE: Readonly<Record<string, string>> = {
  [CREDIT_CODE]: '统一社会信用代码',
  'an identity number': '身份证号码',
  'an account number': '银行账号',
  'a mobile number': '手机号码',
  'an e-mail address': '电子邮箱',
  'the name of the enterprise': '企业名称',
};
const LEGAL_FORM = /(?:股份有限公司|有限责任公司|有限公司|专业合作社|合伙企业|经营部|商行|商店|公司|工厂|厂|店)$/u;
const PLACE = /^(?:\p{Script=Han}{2,7}?(?:省|市|自治区|区|县))+/u;
/** A shorter rest of a name is an ordinary word. */
const LEAST_OF_NAME = 3;
/** Most places are called by two characters where 省, 市 or 县 is left out: 咸宁中安砂石. */
const SHORT_PLACE = 2;

/**
 * What in a text for the public names an enterprise or a person; empty when nothing was found. The name of the
 * enterprise is looked for as registered, without its legal form, and without its place. A second person still has to
 * read the text.
 */
export function namedIn(text: string, enterprise: { readonly uscc: string; readonly name: string }): string[] {
  const normal = text.normalize('NFKC');
  const found: string[] = [];
  // What one pattern has found is no find of the next: an identity number is as long as an account number.
  PERSONAL.reduce((left, [what, pattern]) => {
    const rest = left.replace(pattern, '');
    if (rest !== left) found.push(what);
    return rest;
  }, normal);
  const plain = normal.replace(/\s+/gu, '');
  if (plain.includes(enterprise.uscc) && !found.includes(CREDIT_CODE)) found.push(CREDIT_CODE);
  if (shortNamesOf(enterprise.name).some((name) => plain.includes(name))) found.push('the name of the enterprise');
  return found;
}

function shortNamesOf(name: string): string[] {
  const whole = name.normalize('NFKC').replace(/\s+/gu, '');
  const withoutForm = whole.replace(LEGAL_FORM, '');
  const withoutPlace = withoutForm.replace(PLACE, '');
  const shortest =
    withoutPlace === withoutForm && withoutForm.length >= SHORT_PLACE + LEAST_OF_NAME + 1
      ? withoutForm.slice(SHORT_PLACE)
      : withoutPlace;
  return [...new Set([whole, withoutForm, withoutPlace, shortest])].filter((one) => one.length >= LEAST_OF_NAME);
}
