/** Patterns of personal data in free Chinese text. Order matters: the longer numbers first. */
const PERSONAL_DATA: readonly (readonly [RegExp, string])[] = [
  [/(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g, '［身份证号］'],
  [/(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])/g, '［统一社会信用代码］'],
  [/(?<!\d)\d{16,19}(?!\d)/g, '［账号］'],
  [/(?<!\d)(?:(?:\+|00)?86[- .]?)?1[3-9]\d[- .]?\d{4}[- .]?\d{4}(?!\d)/g, '［手机号］'],
  [/(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g, '［电话］'],
  [/(?:微信|QQ)(?:账号|号码|号)?(?:是|为)?[ :：]{0,3}[A-Za-z\d][\w-]{4,19}/gi, '［网络账号］'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '［邮箱］'],
  [/[\p{Script=Han}（）()]{2,40}?(?:有限责任公司|股份有限公司|有限公司|专业合作社)/gu, '某企业'],
  [/[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·]?[A-HJ-NP-Z0-9]{5,6}/g, '［车牌］'],
];

/** Digits of a Chinese input method as plain ones, so that a number is a number however it was typed. */
const withPlainDigits = (text: string): string => text.replace(/[０-９＋]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** A telephone number with its middle hidden: `13812345678` → `138****5678`; a short number keeps its last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.trim();
  if (digits.length < 8) return `****${digits.slice(-2)}`;
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** A person's name with all but its first character hidden: `张三丰` → `张**`. */
export function maskName(name: string): string {
  const [first = '', ...rest] = Array.from(name.trim());
  return first + '*'.repeat(rest.length);
}

/**
 * A text for publication: telephone, identity and account numbers, e-mail and messenger addresses, number plates and credit codes
 * are replaced by what they are, and each of `names` (the enterprise, its contact) by 某. A second person still has to read it.
 */
export function withoutPersonalData(text: string, names: readonly string[]): string {
  const anonymised = PERSONAL_DATA.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), withPlainDigits(text));
  return names
    .filter((name) => name.trim().length > 1)
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name, /公司|厂|店|合作社|中心/.test(name) ? '某企业' : '某'), anonymised);
}
