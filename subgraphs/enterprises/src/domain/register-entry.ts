import { checkUscc, isLegalDay, normalText, usccFaultInChinese, type LegalDay } from '@zhitong/values';
import { readIndustry } from './industries.js';
import type { NamedRegion } from './regions.js';

/** Legal forms with what registers call them; the first is the usual name. */
export const LEGAL_FORMS = {
  LIMITED_COMPANY: [
    '有限责任公司',
    '有限公司',
    '有限责任公司(自然人投资或控股)',
    '有限责任公司(自然人独资)',
    '有限责任公司(法人独资)',
    '有限责任公司(国有独资)',
    '有限责任公司(外商投资)',
    '其他有限责任公司',
    '一人有限责任公司',
  ],
  JOINT_STOCK_COMPANY: ['股份有限公司', '股份有限公司(上市)', '股份有限公司(非上市)', '其他股份有限公司(非上市)'],
  SOLE_PROPRIETORSHIP: ['个人独资企业'],
  PARTNERSHIP: ['合伙企业', '普通合伙企业', '有限合伙企业', '特殊普通合伙企业'],
  INDIVIDUAL_BUSINESS: ['个体工商户', '个体', '个体户'],
  FARMERS_COOPERATIVE: ['农民专业合作社', '农民专业合作社联合社'],
} as const;
export const SCALES = {
  LARGE: ['大型', '大型企业', '大'],
  MEDIUM: ['中型', '中型企业', '中'],
  SMALL: ['小型', '小型企业', '小'],
  MICRO: ['微型', '微型企业', '微'],
} as const;
export const STATES = {
  IN_OPERATION: [
    '存续',
    '在营',
    '开业',
    '在业',
    '在册',
    '正常',
    '存续（在营、开业、在册）',
    '在营（开业）企业',
    '在营（开业）',
  ],
  ABNORMAL_LISTED: ['经营异常', '列入经营异常名录', '异常'],
  LICENCE_REVOKED: ['吊销', '吊销未注销', '吊销，未注销', '吊销企业', '吊销营业执照'],
  DEREGISTERED: ['注销', '已注销', '吊销已注销', '吊销，已注销'],
} as const;
const MOVED_AWAY =
  '企业已迁往外地，由迁入地的登记机关登记，本市没有这一登记状态；' +
  '请从名单中去掉这一行，或在映射文件（codes）中写明按哪一种状态登记';
/**
 * What registers say beside these states, with what is to be done. An enterprise that moved out of the city is not
 * deregistered: another authority registers it, and nobody here knows how it stands there.
 */
export const NO_STATES = {
  迁出: MOVED_AWAY,
  已迁出: MOVED_AWAY,
  停业: '停业不是登记状态；仍在登记的请填“存续”，已办理注销的请填“注销”',
  歇业: '歇业的企业仍在登记，本市没有单列这一状态；请填“存续”，或在映射文件（codes）中写明按哪一种状态登记',
} as const;
export type LegalForm = keyof typeof LEGAL_FORMS;
export type Scale = keyof typeof SCALES;
export type State = keyof typeof STATES;

/**
 * States in which an enterprise carries on no business, so that nobody looks after it. Of one whose licence was revoked
 * this is a rule of the house: it may only be wound up (市场主体登记管理条例, 46, cited from memory).
 */
export const WITHOUT_BUSINESS: readonly State[] = ['LICENCE_REVOKED', 'DEREGISTERED'];

/** What a register states of an enterprise; what it does not state is absent. Money is whole fen. */
export interface RegisterEntry {
  readonly name?: string;
  readonly industry?: { readonly code: string; readonly name: string };
  readonly region?: { readonly code: string; readonly name: string };
  readonly shortName?: string;
  readonly legalForm?: LegalForm;
  readonly scale?: Scale;
  readonly registeredOn?: LegalDay;
  readonly status?: State;
  readonly registeredCapitalFen?: number;
  readonly statisticalCategory?: string;
  readonly contact?: { readonly name?: string; readonly telephone?: string; readonly address?: string };
}

/** A value that cannot be accepted. */
export interface EntryFault {
  readonly field: string;
  /** In Chinese, for the person who corrects the row. */
  readonly reason: string;
}

/** Columns as a mapping makes them. */
export type EntryValues = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

const LONGEST_NAME = 200;
const LONGEST_TEXT = 300;

class Fault extends Error {
  constructor(readonly fault: EntryFault) {
    super(fault.reason);
  }
}
const refuse = (field: string, reason: string): never => {
  throw new Fault({ field, reason });
};

/**
 * The normal form of a code that may be registered; a fault for one that may not, without repeating what may be a
 * person's number.
 * @param irregular `accept` where the registration authority itself delivers the code: there are older ones whose check
 *   character is not that of GB 32100-2015
 */
export function registrableUscc(text: string, irregular: 'accept' | 'refuse' = 'refuse'): string | EntryFault {
  const checked = checkUscc(text, { irregular });
  return checked.ok
    ? checked.uscc
    : {
        field: 'uscc',
        reason: `统一社会信用代码不符合 GB 32100-2015：${usccFaultInChinese(checked.problem, normalText(text).toUpperCase())}`,
      };
}

/** Reads a row of a register. Empty and null values are not stated. */
export function readEntry(
  values: EntryValues,
  { today, regions }: { readonly today: LegalDay; readonly regions: readonly NamedRegion[] },
): { readonly entry: RegisterEntry } | { readonly fault: EntryFault } {
  const text = (field: string, longest: number): string | undefined => {
    const value = values[field];
    if (value === undefined || value === null) return undefined;
    const normal = normalText(String(value));
    if (normal === '') return undefined;
    return [...normal].length <= longest ? normal : refuse(field, `内容超过 ${String(longest)} 个字符`);
  };
  const oneOf = <Code extends string>(field: string, codes: Readonly<Record<Code, unknown>>): Code | undefined => {
    const code = text(field, LONGEST_TEXT);
    if (code === undefined) return undefined;
    return Object.hasOwn(codes, code)
      ? (code as Code)
      : refuse(field, `“${code}”不在允许的取值之内：${Object.keys(codes).join('、')}`);
  };
  try {
    const stated = {
      name: text('name', LONGEST_NAME),
      shortName: text('shortName', LONGEST_NAME),
      industry: industryOf(text('industry', LONGEST_TEXT), text('industryName', LONGEST_TEXT)),
      region: regionOf(text('region', LONGEST_TEXT), regions),
      legalForm: oneOf('legalForm', LEGAL_FORMS),
      scale: oneOf('scale', SCALES),
      registeredOn: dayOf(text('registeredOn', LONGEST_TEXT), today),
      status: oneOf('status', STATES),
      registeredCapitalFen: capitalOf(text('registeredCapital', LONGEST_TEXT)),
      statisticalCategory: text('statisticalCategory', LONGEST_TEXT),
      contact: present({
        name: text('contactName', LONGEST_NAME),
        telephone: text('contactTelephone', LONGEST_NAME),
        address: text('contactAddress', LONGEST_TEXT),
      }),
    };
    return { entry: present(stated) ?? {} };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.fault };
    throw error;
  }
}

/** The members that have a value; undefined when none has. */
function present<Members extends object>(
  members: Members,
): { [Name in keyof Members]: NonNullable<Members[Name]> } | undefined {
  const stated = Object.entries(members).filter(([, value]) => value !== undefined);
  return stated.length === 0
    ? undefined
    : (Object.fromEntries(stated) as { [Name in keyof Members]: NonNullable<Members[Name]> });
}

function industryOf(text: string | undefined, name: string | undefined): RegisterEntry['industry'] {
  if (text === undefined) return undefined;
  const read = readIndustry(text, name);
  return 'reason' in read ? refuse('industry', read.reason) : read;
}

function regionOf(text: string | undefined, regions: readonly NamedRegion[]): RegisterEntry['region'] {
  if (text === undefined) return undefined;
  return (
    regions.find(({ code, name }) => code === text || name === text) ??
    refuse('region', `“${text}”不是本市的行政区划：${regions.map(({ code, name }) => `${name} ${code}`).join('、')}`)
  );
}

function dayOf(text: string | undefined, today: LegalDay): LegalDay | undefined {
  if (text === undefined) return undefined;
  if (!isLegalDay(text)) return refuse('registeredOn', `“${text}”不是存在的日期`);
  return text <= today ? text : refuse('registeredOn', `成立日期 ${text} 晚于今天 ${today}`);
}

function capitalOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const fen = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(fen)
    ? fen
    : refuse('registeredCapital', '注册资本不是不小于零、可精确表示的金额');
}
