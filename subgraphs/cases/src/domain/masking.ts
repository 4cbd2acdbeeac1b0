import { usccInText } from '@zhitong/values';

/**
 * Patterns of what leads to an enterprise or a person in free Chinese text, telephone, identity and account numbers
 * aside: those are replaced before.
 */
const PERSONAL_DATA: readonly (readonly [RegExp, string])[] = [
  [usccInText(), '［统一社会信用代码］'],
  [/(?:微信|QQ)(?:账号|号码|号)?(?:是|为)?[ :：]{0,3}[A-Za-z\d][\w-]{4,19}/gi, '［网络账号］'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '［邮箱］'],
  [/[\p{Script=Han}（）()]{2,40}?(?:有限责任公司|股份有限公司|有限公司|专业合作社)/gu, '某企业'],
  [/[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·]?[A-HJ-NP-Z0-9]{5,6}/g, '［车牌］'],
];

/** Digits of a Chinese input method as plain ones, so that a number is a number however it was typed. */
const withPlainDigits = (text: string): string =>
  text.replace(/[０-９＋]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/**
 * A text without what leads to somebody: e-mail and messenger addresses, number plates and credit codes are replaced by
 * what they are, and each of `names` (the enterprise, its contact) by 某. `usecases/anonymised` takes telephone,
 * identity and account numbers out first.
 */
export function withoutPersonalData(text: string, names: readonly string[]): string {
  const anonymised = PERSONAL_DATA.reduce(
    (left, [pattern, replacement]) => left.replace(pattern, replacement),
    withPlainDigits(text),
  );
  return names
    .filter((name) => name.trim().length > 1)
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name, /公司|厂|店|合作社|中心/.test(name) ? '某企业' : '某'), anonymised);
}
