/** An industry of the register: code and name. */
export interface NamedIndustry {
  readonly code: string;
  readonly name: string;
}

/** The sections (门类) of GB/T 4754—2017, each with its first division and the names of its divisions (大类) in order. */
const SECTIONS: readonly (readonly [letter: string, name: string, firstDivision: number, divisions: string])[] = [
  ['A', '农、林、牧、渔业', 1, '农业 林业 畜牧业 渔业 农、林、牧、渔专业及辅助性活动'],
  [
    'B',
    '采矿业',
    6,
    '煤炭开采和洗选业 石油和天然气开采业 黑色金属矿采选业 有色金属矿采选业 非金属矿采选业 开采专业及辅助性活动 其他采矿业',
  ],
  [
    'C',
    '制造业',
    13,
    `农副食品加工业 食品制造业 酒、饮料和精制茶制造业 烟草制品业 纺织业 纺织服装、服饰业 皮革、毛皮、羽毛及其制品和制鞋业
    木材加工和木、竹、藤、棕、草制品业 家具制造业 造纸和纸制品业 印刷和记录媒介复制业 文教、工美、体育和娱乐用品制造业
    石油、煤炭及其他燃料加工业 化学原料和化学制品制造业 医药制造业 化学纤维制造业 橡胶和塑料制品业 非金属矿物制品业
    黑色金属冶炼和压延加工业 有色金属冶炼和压延加工业 金属制品业 通用设备制造业 专用设备制造业 汽车制造业
    铁路、船舶、航空航天和其他运输设备制造业 电气机械和器材制造业 计算机、通信和其他电子设备制造业 仪器仪表制造业 其他制造业
    废弃资源综合利用业 金属制品、机械和设备修理业`,
  ],
  ['D', '电力、热力、燃气及水生产和供应业', 44, '电力、热力生产和供应业 燃气生产和供应业 水的生产和供应业'],
  ['E', '建筑业', 47, '房屋建筑业 土木工程建筑业 建筑安装业 建筑装饰、装修和其他建筑业'],
  ['F', '批发和零售业', 51, '批发业 零售业'],
  [
    'G',
    '交通运输、仓储和邮政业',
    53,
    '铁路运输业 道路运输业 水上运输业 航空运输业 管道运输业 多式联运和运输代理业 装卸搬运和仓储业 邮政业',
  ],
  ['H', '住宿和餐饮业', 61, '住宿业 餐饮业'],
  ['I', '信息传输、软件和信息技术服务业', 63, '电信、广播电视和卫星传输服务 互联网和相关服务 软件和信息技术服务业'],
  ['J', '金融业', 66, '货币金融服务 资本市场服务 保险业 其他金融业'],
  ['K', '房地产业', 70, '房地产业'],
  ['L', '租赁和商务服务业', 71, '租赁业 商务服务业'],
  ['M', '科学研究和技术服务业', 73, '研究和试验发展 专业技术服务业 科技推广和应用服务业'],
  ['N', '水利、环境和公共设施管理业', 76, '水利管理业 生态保护和环境治理业 公共设施管理业 土地管理业'],
  ['O', '居民服务、修理和其他服务业', 80, '居民服务业 机动车、电子产品和日用产品修理业 其他服务业'],
  ['P', '教育', 83, '教育'],
  ['Q', '卫生和社会工作', 84, '卫生 社会工作'],
  ['R', '文化、体育和娱乐业', 86, '新闻和出版业 广播、电视、电影和录音制作业 文化艺术业 体育 娱乐业'],
  [
    'S',
    '公共管理、社会保障和社会组织',
    91,
    '中国共产党机关 国家机构 人民政协、民主党派 社会保障 群众团体、社会团体和其他成员组织 基层群众自治组织及其他组织',
  ],
  ['T', '国际组织', 97, '国际组织'],
];

const NAME_OF = new Map<string, string>();
const CODE_OF = new Map<string, string>();
const SECTION_OF = new Map<string, string>();
for (const [letter, section, first, divisions] of SECTIONS) {
  NAME_OF.set(letter, section);
  CODE_OF.set(section, letter);
  for (const [index, division] of divisions.split(/\s+/).entries()) {
    const digits = String(first + index).padStart(2, '0');
    SECTION_OF.set(digits, letter);
    NAME_OF.set(`${letter}${digits}`, division);
    // Three divisions have the name of their section, which says less and so cannot be wrong.
    if (!CODE_OF.has(division)) CODE_OF.set(division, `${letter}${digits}`);
  }
}

/** Groups (中类) of the divisions 01 to 09: with them alone a code that lost its leading zero can be mistaken. */
const GROUPS_WITH_ZERO = new Set(
  `011 012 013 014 015 016 017 018 019 021 022 023 024 025 031 032 033 039 041 042 051 052 053 054 061 062 069 071 072
  081 082 089 091 092 093`.split(/\s+/),
);

/** Why a text is no industry, in Chinese, for the person who corrects the row. */
export interface IndustryFault {
  readonly reason: string;
}

const CODE = /^([A-T])?[-. ]?(\d{2})?[-. ]?(\d{0,2})$/;
const EDITION = /[([]?GB\/?T? ?4754(?:\.\d)? ?[-—–―]{0,2} ?(\d{4})?[)\]]?/i;
const OWN_EDITION = '2017';
/** From the section down to the class, as some systems write it. */
const STEPS = /\s*(?:\/|>|→|\\|\|)+\s*/;
const CODE_AND_NAME = /^([A-T]?[-. ]?\d{0,4})[-:.、\s]*(\p{Script=Han}.*)$/u;
/** What stands before the code is no part of one: the last four of five digits are another industry's. */
const NAME_AND_CODE = /^(\p{Script=Han}.*?)[\s:-]*[(\[]?(?<![A-Z\d])([A-T]?\d{1,4}|[A-T])[)\]]?$/u;

/**
 * Reads an industry of GB/T 4754—2017 as registers write it: a code with or without its section's letter (`C28`, `286`,
 * `c2861`), the name of a section or division, a code with a name before or behind it, or all steps from the section
 * down. The name of a group or class is not in the standard's short list and comes with its code. Three digits that may
 * be a class whose leading zero a spreadsheet took are refused, as is a code beside the name of another division, and
 * one of another edition.
 * @returns the industry, named by what was given or by its division or section
 * @example readIndustry('1330') //=> { code: 'C1330', name: '农副食品加工业' }
 * @example readIndustry('C2861棉浆粕') //=> { code: 'C2861', name: '棉浆粕' }
 */
export function readIndustry(text: string, name?: string): NamedIndustry | IndustryFault {
  const edition = EDITION.exec(text);
  if (edition?.[1] !== undefined && edition[1] !== OWN_EDITION)
    return { reason: `“${text}”是 GB/T 4754—${edition[1]} 的代码，这里要 GB/T 4754—2017 的代码` };
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
  const named = CODE_OF.get(text);
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

/** @returns null for what has not the form of a code, or is none */
function readCode(text: string, name: string | undefined): NamedIndustry | IndustryFault | null {
  const [, letter, division = '', rest = ''] = CODE.exec(text) ?? [];
  const section = division === '' ? letter : SECTION_OF.get(division);
  if (section === undefined || (letter !== undefined && letter !== section) || (division === '' && rest !== ''))
    return null;
  const short = NAME_OF.get(`${section}${division}`);
  if (short === undefined) return null;
  const code = `${section}${division}${rest}`;
  const meant = name === undefined ? undefined : CODE_OF.get(name);
  if (meant !== undefined && !code.startsWith(meant))
    return { reason: `代码 ${code} 属于“${short}”，与名称“${name ?? ''}”（${meant}）不一致` };
  if (letter === undefined && rest.length === 1 && meant === undefined && GROUPS_WITH_ZERO.has(`0${division}`))
    return {
      reason: `“${text}”可以是 ${code}，也可以是丢了前导零的 0${text}；请写明门类字母或四位数字，或在映射的 codes 里写明`,
    };
  return { code, name: name ?? short };
}
