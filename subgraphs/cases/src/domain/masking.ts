import { comparableText, replaceComparable, USCC_ALPHABET } from '@zhitong/values';
import { COMPOUND_SURNAME, STYLE, withoutGivenNames } from './persons/given-names.js';

/** What people put between the characters of a code. */
const GAP = String.raw`[\s._-]{0,2}`;
/** And of a number that is known, where nothing else can be meant. */
const WIDE_GAP = String.raw`[\s._\-()\u2010-\u2015\u00B7/*]{0,4}`;
const CODE = [...Array.from({ length: 18 }, (_none, at) => (at > 1 && at < 8 ? String.raw`\d` : `[${USCC_ALPHABET}]`))];

const FIGURES = '〇零○一二三四五六七八九幺';

/**
 * Patterns of what leads to an enterprise or a person in free Chinese text, telephone, identity and account numbers
 * aside: those are replaced before. They look at the comparable form of the text, where full width is plain.
 */
const PERSONAL_DATA: readonly (readonly [RegExp, string])[] = [
  [/(?:微信|QQ|(?<![a-z])(?:wx|vx|v信))(?:账号|号码|号)?(?:是|为)?[ :]{0,3}[A-Za-z\d][\w-]{4,19}/gi, '［网络账号］'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '［邮箱］'],
  [/(?<=(?:电话|座机|手机|热线|致电|拨打)[^\d\n]{0,6})\(?\d[\d\s().-]{5,14}\d(?!\d)/g, '［电话］'],
  [/(?<!\d)[48]00[\s-]{0,2}\d{3,4}[\s-]{0,2}\d{3,4}(?!\d)/g, '［电话］'],
  [/[\p{Script=Han}()]{2,40}?(?:有限责任公司|股份有限公司|有限公司|专业合作社)/gu, '某企业'],
  [
    /\p{Script=Han}{2,8}?(?:大道|路|街|巷|弄|村)\s?[\d一二三四五六七八九十百]{1,5}(?:[-之]\d{1,4})?\s?号(?:[\p{Script=Han}A-Z\d]{0,10}?(?:楼|栋|幢|室|单元|园区))?/giu,
    '［地址］',
  ],
  // A number that is read out; no amount, year or house.
  [
    new RegExp(`(?<![${FIGURES}])[${FIGURES}](?:[\\s-]{0,2}[${FIGURES}]){6,17}(?![${FIGURES}十百千万亿])`, 'gu'),
    '［电话］',
  ],
  [
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·.\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])/gi,
    '［车牌］',
  ],
];

const CREDIT_CODE = new RegExp(`(?<![0-9A-Za-z])${CODE.join(GAP)}(?![0-9A-Za-z])`, 'gi');
/** A citizen's number has the shape of a code, and an account number, too: those have names of their own. */
const OF_A_PERSON = /^[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$|^\d{18}$/i;

/**
 * A text without credit codes, in any width, case or spacing. Before numbers are taken out of it, which would leave the
 * rest of a code whose digits look like one.
 */
export const withoutCreditCodes = (text: string): string =>
  replaceComparable(text, CREDIT_CODE, '［统一社会信用代码］', {
    keeps: ([code]) => OF_A_PERSON.test(code.replace(/[\s._-]/g, '')),
  });

/** What stands between the characters of a name without making it another one. */
const BETWEEN = /[\s·•‧・∙.\-\u2010-\u2015_()（）【】[\]「」『』{}"'“”‘’《》〈〉<>、,，*/\\|+~^=#&…:]/u;
const nameForm = (name: string): string => comparableText(name, BETWEEN).normal.toLowerCase();

/** Legal forms and kinds of establishments at the end of a name. */
const LEGAL_FORM =
  /(?:有限责任公司|股份有限公司|有限公司|股份公司|公司|集团|分公司|普通合伙|有限合伙|合伙企业|个人独资企业|专业合作社|合作社|经营部|经销部|商行|商店|超市|工作室|事务所|服务部|门市部|加工厂|养殖场|种植场|采石场|饭店|酒楼|餐馆|宾馆|药房|诊所|幼儿园|厂|店|中心|学校|医院|协会)$/u;
/** Trades at the end of what is left (行业表述, 企业名称登记管理规定 art. 6). */
const TRADE =
  /(?:机械|科技|电子|商贸|贸易|建筑|工程|农业|食品|服装|服饰|纺织|餐饮|物流|运输|实业|投资|发展|制造|技术|信息|网络|文化|传媒|咨询|服务|管理|置业|房地产|汽车|医药|化工|新材料|材料|新能源|能源|环保|装饰|家具|生态|旅游|酒店|电器|设备|智能|生物|包装|印刷|建材|五金|百货|日用品|销售|开发|产业|控股|国际)$/u;
/** Regions before the name proper. */
const PLACES = /^(?:[\p{Script=Han}]{2,7}?(?:省|自治区|市|自治州|自治县|县|区|街道|镇|乡|村))+/u;

const withoutEnd = (name: string, end: RegExp): string => {
  let left = name;
  while (end.test(left) && left.replace(end, '').length > 1) left = left.replace(end, '');
  return left;
};

/**
 * A name of an enterprise in the forms in which people write it: whole, without region, legal form and trade, down to
 * the part that tells it from others (字号). The comparable form, longest first; none of less than two characters.
 */
export function formsOfName(name: string): string[] {
  const whole = comparableText(name.replace(/[(（][^)）]*[)）]/gu, ''))
    .normal.toLowerCase()
    .replace(/\s/gu, '');
  const named = withoutEnd(whole, LEGAL_FORM);
  const isEnterprise = named !== whole || PLACES.test(whole);
  const forms = [nameForm(name), nameForm(whole)];
  if (isEnterprise) {
    for (const form of [whole, named, withoutEnd(named, TRADE)]) {
      const local = form.replace(PLACES, '');
      forms.push(form, local);
      // A place without its kind (咸宁恒达): the distinguishing part is what follows.
      if (form === withoutEnd(named, TRADE) && local.length >= 4) forms.push(local.slice(2));
    }
  }
  return [...new Set(forms.map(nameForm))].filter((form) => form.length > 1).sort((a, b) => b.length - a.length);
}

/** Where divisions down to the county end in an address; what is smaller stays. */
const UPPER_DIVISION = /^[^镇乡村路街巷园道]{2,7}?(?:省|自治区|市|自治州|自治县|县|区)/u;
const TOWNSHIP = /^\p{Script=Han}{2,5}?(?:街道办事处|街道|镇|乡)/u;
/** What is left when the number in the house, or of the house, is taken off. */
const UNIT = /(?:[\da-z#一二三四五六七八九十百-]+(?:号楼|栋|幢|楼|层|室|单元|座|组|号))+$/u;
const STREET = /(?:大道|路|街|巷|弄)$/u;
/** Too many have such an address for it to lead to one. */
const MANY = /^(?:工业|产业|科技|经济|高新|开发|创业|物流|集贸)*(?:园|园区|区|开发区|市场|新区)$/u;
const SHORTEST_ADDRESS = 4;

/**
 * An address in the forms in which people write it: whole, without the divisions above the township, without that, and
 * what stands behind the number of the street (a park, a building), each also without the unit. A street alone, and
 * what many have, is none. The comparable form, longest first.
 */
export function formsOfAddress(address: string): string[] {
  const whole = nameForm(address);
  let local = whole;
  for (let upper = UPPER_DIVISION.exec(local); upper !== null; upper = UPPER_DIVISION.exec(local)) {
    if (local.length - upper[0].length < SHORTEST_ADDRESS) break;
    local = local.slice(upper[0].length);
  }
  const within = local.replace(TOWNSHIP, '');
  const behind = /号(?!楼)(.+)$/u.exec(within)?.[1] ?? '';
  const forms = [whole, local, within, behind].flatMap((form) => [form, form.replace(UNIT, '')]);
  return [...new Set(forms)]
    .filter((form) => form.length >= SHORTEST_ADDRESS && !STREET.test(form) && !MANY.test(form))
    .filter((form) => form.replace(TOWNSHIP, '').length > 1)
    .sort((a, b) => b.length - a.length);
}

/** A text without some telephone numbers, in any width and spacing, also a landline without its area code. */
const withoutTelephones = (text: string, telephones: readonly string[]): string =>
  telephones
    .map((telephone) => telephone.replace(/\D/g, ''))
    .flatMap((digits) => [digits, ...(/^0\d{9,}$/.test(digits) ? [digits.slice(3), digits.slice(4)] : [])])
    .filter((digits) => digits.length >= SHORTEST_NUMBER)
    .sort((a, b) => b.length - a.length)
    .reduce(
      (left, digits) =>
        replaceComparable(
          left,
          new RegExp(`(?<!\\d)${[...digits].join(WIDE_GAP)}(?!\\d)`, 'gu'),
          MOBILE.test(digits) ? '［手机号］' : '［电话］',
        ),
      text,
    );
const SHORTEST_NUMBER = 7;
const MOBILE = /^1[3-9]\d{9}$/;

/** Where the code of the body itself (组织机构代码) stands in a credit code. */
const OF_THE_BODY = [8, 17] as const;

/** A text without some credit codes, and without the part of each that is the body's own, which leads to it as well. */
const withoutCodes = (text: string, codes: readonly string[]): string =>
  codes
    .flatMap((code) => [code, code.slice(...OF_THE_BODY)])
    .filter((code) => code.length >= SHORTEST_CODE)
    .reduce(
      (left, code) =>
        replaceComparable(
          left,
          new RegExp(`(?<![0-9a-z])${[...code].join(WIDE_GAP)}(?![0-9a-z])`, 'giu'),
          '［统一社会信用代码］',
        ),
      text,
    );
const SHORTEST_CODE = 9;

/** What is registered of an enterprise beside its names. */
export interface RegisteredWords {
  readonly codes: readonly string[];
  readonly telephones: readonly string[];
  readonly addresses: readonly string[];
}

/** A text without the codes, addresses and telephone numbers that are registered. */
export const withoutRegistered = (text: string, { codes, telephones, addresses }: RegisteredWords): string =>
  [...new Set(addresses.flatMap(formsOfAddress))]
    .sort((a, b) => b.length - a.length)
    .reduce(
      (left, form) => replaceComparable(left, new RegExp(escaped(form), 'giu'), '［地址］', { ignored: BETWEEN }),
      withoutTelephones(withoutCodes(text, codes), telephones),
    );

/**
 * A person's surname before a style or after what stands before surnames, as people sign and are called (张厂长, 小张);
 * null for what is no name of a person.
 */
function styledSurname(name: string): RegExp | null {
  const plain = comparableText(name, BETWEEN).normal;
  if (!/^\p{Script=Han}{2,4}$/u.test(plain) || isEnterpriseName(plain)) return null;
  const surname = COMPOUND_SURNAME.exec(plain)?.[0] ?? plain.charAt(0);
  return new RegExp(`(?<=[姓小老]\\s{0,2})${surname}|${surname}(?=\\s{0,2}副?${STYLE})`, 'gu');
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`);
const isEnterpriseName = (name: string): boolean => /公司|厂|店|合作社|中心/u.test(name) || LEGAL_FORM.test(name);

/**
 * A text without what leads to somebody: e-mail and messenger addresses, streets, number plates and credit codes are
 * replaced by what they are, and each of `names` (the enterprise, its contact), in every form in which it is usually
 * written and in any width, case or spacing, by 某, of a person the surname before a style (张厂长) and the given name
 * that stands alone (王建国: 建国), as `withoutGivenNames` says.
 * `usecases/anonymised` takes telephone, identity and account numbers out first. A help, no proof: what tells who it is
 * in other words stays, so that somebody has to read it.
 */
export function withoutPersonalData(text: string, names: readonly string[]): string {
  const forms = new Map<string, string>();
  for (const name of names.filter((given) => given.trim().length > 1))
    for (const form of formsOfName(name))
      forms.set(form, isEnterpriseName(name) && form === nameForm(name) ? '某企业' : (forms.get(form) ?? '某'));
  const longestFirst = [...forms].sort(([a], [b]) => b.length - a.length);
  const unnamed = longestFirst.reduce(
    (left, [form, replacement]) =>
      replaceComparable(left, new RegExp(escaped(form), 'giu'), replacement, { ignored: BETWEEN }),
    text,
  );
  const unstyled = names.reduce((left, name) => {
    const surname = styledSurname(name);
    return surname === null ? left : replaceComparable(left, surname, '某');
  }, unnamed);
  return PERSONAL_DATA.reduce(
    (left, [pattern, replacement]) => replaceComparable(left, pattern, replacement),
    withoutGivenNames(
      unstyled,
      names.filter((name) => !isEnterpriseName(name)),
    ),
  );
}
