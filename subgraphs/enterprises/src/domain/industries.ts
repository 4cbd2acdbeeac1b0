import {
  EARLIER_INDUSTRY_EDITION,
  earlierEntry,
  INDUSTRIES,
  INDUSTRY_EDITION,
  industryEntry,
} from './standards/industry-classes.js';

/** An industry of the register: code and name. */
export interface NamedIndustry {
  readonly code: string;
  readonly name: string;
}

const NAME_OF = new Map<string, string>();
const CODE_OF = new Map<string, string>();
const SECTION_NAMED = new Map<string, string>();
const SECTION_OF = new Map<string, string>();
const EARLIER_SECTION_OF = new Map<string, string>();
/** Names of sections without what stands between their parts (农林牧渔业). */
const bare = (name: string): string => name.replace(/[、,\s]/g, '');
for (const section of INDUSTRIES.below(null, INDUSTRY_EDITION)) {
  NAME_OF.set(section.code, section.name);
  CODE_OF.set(section.name, section.code);
  SECTION_NAMED.set(bare(section.name), section.code);
  for (const { code, name } of INDUSTRIES.below(section.code, INDUSTRY_EDITION)) {
    SECTION_OF.set(code.slice(1), section.code);
    NAME_OF.set(code, name);
    // Three divisions have the name of their section, which says less and so cannot be wrong.
    if (!CODE_OF.has(name)) CODE_OF.set(name, code);
  }
  for (const { code } of INDUSTRIES.below(section.code, EARLIER_INDUSTRY_EDITION))
    EARLIER_SECTION_OF.set(code.slice(1), section.code);
}

/** Why a text is no industry, in Chinese, for the person who corrects the row. */
export interface IndustryFault {
  readonly reason: string;
}

const CODE = /^([A-T])?[-. ]?(\d{2})?[-. ]?(\d{0,2})$/;
const EDITION = /[([]?GB\/?T? ?4754(?:\.\d)? ?[-—–―]{0,2} ?(\d{4})?[)\]]?/i;
const OWN_EDITION = '2017';
/** The edition of which it is known what its entries became. */
const TOLD_EDITION = '2011';
/** From the section down to the class, as some systems write it. */
const STEPS = /\s*(?:\/|>|→|\\|\|)+\s*/;
const CODE_AND_NAME = /^([A-T]?[-. ]?\d{0,4})[-:.、\s]*(\p{Script=Han}.*)$/u;
/** What stands before the code is no part of one: the last four of five digits are another industry's. */
const NAME_AND_CODE = /^(\p{Script=Han}.*?)[\s:-]*[(\[]?(?<![A-Z\d])([A-T]?\d{1,4}|[A-T])[)\]]?$/u;

/**
 * Reads an industry of GB/T 4754—2017 as registers write it: a code with or without its section's letter (`C28`, `281`,
 * `c2812`), the name of a section or division, a code with a name before or behind it, or all steps from the section
 * down. The name of a group or class comes with its code. Three digits that may be a class whose leading zero a
 * spreadsheet took are refused, as is a code beside the name of another division, one that the edition does not have,
 * and one of another edition, with what it became: one that says so, one that only 2011 had, and one whose name of 2011
 * stands beside it while the edition in force has that name under another code.
 * @returns the industry, named by what was given or by the standard
 * @example readIndustry('1331') //=> { code: 'C1331', name: '食用植物油加工' }
 * @example readIndustry('C2812粘胶短纤') //=> { code: 'C2812', name: '粘胶短纤' }
 */
export function readIndustry(text: string, name?: string): NamedIndustry | IndustryFault {
  const edition = EDITION.exec(text);
  if (edition?.[1] !== undefined && edition[1] !== OWN_EDITION) {
    const became = edition[1] === TOLD_EDITION ? becameOf(earlierCode(text.replace(edition[0], ''))) : '';
    return { reason: `“${text}”是 GB/T 4754—${edition[1]} 的代码，这里要 GB/T 4754—2017 的代码${became}` };
  }
  const bare = (edition === null ? text : text.replace(edition[0], '')).trim();
  const steps = bare.split(STEPS).filter((step) => step !== '');
  const read = steps.map((step) => readStep(step, steps.length === 1 ? name : undefined));
  const fault = read.find((one) => 'reason' in one);
  if (fault !== undefined) return 'reason' in fault && steps.length === 1 ? fault : notIndustry(text);
  const found = read.filter((one) => 'code' in one);
  const last = found.at(-1);
  if (last === undefined) return notIndustry(text);
  const odd = found.find(({ code }) => !last.code.startsWith(code));
  if (odd !== undefined) return { reason: `“${text}”前后不一致：${odd.code} 不包含 ${last.code}` };
  return name === undefined ? last : { code: last.code, name };
}

const notIndustry = (text: string): IndustryFault => ({
  reason: `“${text}”不是 GB/T 4754—2017 的行业代码，也不是门类或大类的名称`,
});

/** One code, name, or code and name. */
function readStep(text: string, name: string | undefined): NamedIndustry | IndustryFault {
  const named = CODE_OF.get(text) ?? SECTION_NAMED.get(bare(text));
  if (named !== undefined) return { code: named, name: name ?? text };
  const upper = text.toUpperCase().replace(/^(\d+)\.0+$/, '$1');
  const code = readCode(upper, name);
  if (code !== null) return code;
  const before = CODE_AND_NAME.exec(upper);
  const behind = before?.[1] ? null : NAME_AND_CODE.exec(upper);
  const [digits, own] = before?.[1] ? [before[1], before[2]] : [behind?.[2], behind?.[1]];
  if (digits === undefined || own === undefined) return notIndustry(text);
  return readCode(digits, own) ?? notIndustry(text);
}

/** The code that a text of the edition of 2011 begins with, under the letter that its division had there. */
function earlierCode(text: string): string {
  const [, letter = '', code = ''] = /^([A-T])?[-. ]?(\d{2,4})?/.exec(text.trim().toUpperCase()) ?? [];
  return `${letter === '' ? (EARLIER_SECTION_OF.get(code.slice(0, 2)) ?? '') : letter}${code}`;
}

/** What an entry of 2011, or the nearest one above it, became; empty for what is none, or is what it was. */
function becameOf(code: string): string {
  const was = earlierEntry(code);
  if (was === undefined || industryEntry(was.code)?.name === was.name) return '';
  const now = was.successors.map((one) => `${one} ${industryEntry(one)?.name ?? ''}`);
  return `；2011 年版的 ${was.code} ${was.name}现为 ${now.join('、')}`;
}

/**
 * The edition has no such code: with what it is in that of 2011, or those below the nearest entry that there is.
 * @param earlier the code that it would be in the edition of 2011
 */
function unknownCode(code: string, earlier: string): IndustryFault {
  const was = INDUSTRIES.entry(earlier, EARLIER_INDUSTRY_EDITION);
  const became = was === undefined ? '' : becameOf(earlier);
  const named = was === undefined ? '' : `；2011 年版的 ${earlier} 是“${was.name}”`;
  const above = industryEntry(code.slice(0, -1)) ?? industryEntry(code.slice(0, 3));
  const below = INDUSTRIES.below(above?.code ?? null, INDUSTRY_EDITION).map((one) => `${one.code} ${one.name}`);
  const present = `${named}；${above?.code ?? ''} 之下有 ${below.join('、')}`;
  return { reason: `GB/T 4754—2017 没有代码 ${code}${became === '' ? present : became}` };
}

/** Why a code with its name of 2011 cannot be that of 2017: the edition in force has the name under another one. */
function movedFault(code: string, name: string | undefined): IndustryFault | null {
  const was = INDUSTRIES.entry(code, EARLIER_INDUSTRY_EDITION);
  const now = industryEntry(code);
  if (was === undefined || now === undefined || was.name !== name || now.name === name) return null;
  if (was.successors.length === 0 || was.successors.includes(code)) return null;
  return { reason: `GB/T 4754—2017 的 ${code} 是“${now.name}”${becameOf(code)}` };
}

/** @returns null for what has not the form of a code, or is none */
function readCode(text: string, name: string | undefined): NamedIndustry | IndustryFault | null {
  const [, letter, division = '', rest = ''] = CODE.exec(text) ?? [];
  const section = division === '' ? letter : SECTION_OF.get(division);
  if (letter !== undefined && division !== '' && letter !== section) {
    const became = becameOf(`${letter}${division}${rest}`);
    return became === '' ? null : { reason: `GB/T 4754—2017 没有代码 ${letter}${division}${rest}${became}` };
  }
  if (section === undefined || (division === '' && rest !== '')) return null;
  const short = NAME_OF.get(`${section}${division}`);
  if (short === undefined) return null;
  const code = `${section}${division}${rest}`;
  const meant = name === undefined ? undefined : CODE_OF.get(name);
  if (meant !== undefined && !code.startsWith(meant))
    return { reason: `代码 ${code} 属于“${short}”，与名称“${name ?? ''}”（${meant}）不一致` };
  if (letter === undefined && rest.length === 1 && meant === undefined && isClassWithoutZero(text))
    return {
      reason: `“${text}”可以是 ${code}，也可以是丢了前导零的 0${text}；请写明门类字母或四位数字，或在映射的 codes 里写明`,
    };
  const entry = industryEntry(code);
  if (entry === undefined) return unknownCode(code, letter === undefined ? earlierCode(text) : code);
  return movedFault(code, name) ?? { code, name: name ?? entry.name };
}

/** Whether three digits are a class of the divisions 01 to 09 that lost its zero. */
const isClassWithoutZero = (digits: string): boolean =>
  industryEntry(`${SECTION_OF.get(`0${digits.charAt(0)}`) ?? ''}0${digits.replace(/\D/g, '')}`) !== undefined;
